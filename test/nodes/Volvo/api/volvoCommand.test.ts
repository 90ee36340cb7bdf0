import { armedUntil, progressOf } from '../../../../nodes/Volvo/api/volvoCommand';

/** What a person can do, in a sentence. */
const ADVICE = expect.stringMatching(/^[A-Z]\w+ .*\w$/) as string;
const NOW = Date.parse('2026-11-21T22:30:00Z');

it.each<[string, unknown, string | null]>([
	['seconds left', 90, '2026-11-21T22:31:30.000Z'],
	['Unix seconds', 1_795_300_300, '2026-11-21T22:31:40.000Z'],
	['Unix milliseconds', 1_795_300_300_000, '2026-11-21T22:31:40.000Z'],
	['the most seconds left', 999_999_999, '2058-07-31T00:16:39.000Z'],
	['the least Unix seconds', 1_000_000_000, '2001-09-09T01:46:40.000Z'],
	['none', 0, null],
	['less than none', -5, null],
	['nonsense', 1e300, null],
	['a text', '90', null],
	['nothing', undefined, null],
])("the end of the tailgate's unlock time: %s", (_, told, until) => {
	expect(armedUntil(told, NOW)).toBe(until);
});

describe('what a status proves', () => {
	const progress = (status: string, message?: string) => progressOf(status, message, 'lock', 'r1');

	it.each(['COMPLETED', 'DELIVERED', 'SUCCESS'])('%s is an acknowledgement', (status) => {
		expect(progress(status)).toEqual({ evidence: 'acknowledged' });
	});

	it.each(['WAITING', 'RUNNING', 'SENT'])('%s is not more than that it was sent', (status) => {
		expect(progress(status)).toEqual({ evidence: 'sent' });
	});

	it.each([
		['UNABLE_TO_LOCK_DOOR_OPEN', 'doorOpen'],
		['VEHICLE_IN_SLEEP', 'asleep'],
		['CAR_IN_SLEEP_MODE', 'asleep'],
		['NOT_ALLOWED_WRONG_USAGE_MODE', 'inUse'],
		['NOT_ALLOWED_PRIVACY_ENABLED', 'rejected'],
		['NOT_SUPPORTED', 'notSupported'],
		['UNLOCK_TIME_FRAME_PASSED', 'rejected'],
		['REJECTED', 'rejected'],
	])('after %s nothing was done (%s)', (status, reason) => {
		const failure = progress(status, 'Sorry');
		expect(failure).toMatchObject({
			facts: {
				reason,
				notExecuted: true,
				requestId: 'r1',
				detail: `Volvo says: ${status}, Sorry`,
				userAction: ADVICE,
			},
		});
		expect(failure).toHaveProperty(
			'facts.what',
			expect.stringMatching(/^The lock command was not carried out: (a|the) /),
		);
	});

	it.each([
		['CAR_ERROR', 'rejected'],
		['INVOCATION_SPECIFIC_ERROR', 'rejected'],
		['CONNECTION_FAILURE', 'offline'],
		['CAR_TIMEOUT', 'timeout'],
		['DELIVERY_TIMEOUT', 'timeout'],
		['EXPIRED', 'timeout'],
		['UNKNOWN', 'unknown'],
		['constructor', 'unknown'],
		['completed', 'unknown'],
		['', 'unknown'],
	])('after %s the outcome is unknown (%s)', (status, reason) => {
		expect(progress(status)).toMatchObject({
			evidence: 'unknown',
			unresolvedBecause: {
				reason,
				requestId: 'r1',
				detail: `Volvo says: ${status}`,
				what: expect.stringMatching(/^Volvo \w+ .*\w$/) as string,
				userAction: 'Look at the car before you send the command again',
			},
		});
		expect(progress(status)).not.toHaveProperty('unresolvedBecause.notExecuted');
	});
});
