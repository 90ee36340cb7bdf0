import { missingCommand, unreachable } from '../../../../nodes/Volvo/api/volvoPreflight';

/** What a dry run finds out about a car before anything is sent. */

describe('a command', () => {
	const list = (...commands: unknown[]) => commands.map((command) => ({ command }));

	it.each<[string, unknown]>([
		['lock', list('UNLOCK', 'LOCK')],
		['lock-reduced-guard', list('LOCK_REDUCED_GUARD')],
		// a list that cannot be read is no reason against the command
		['lock', {}],
		['lock', undefined],
	])('%s is not missing in %j', (name, data) => {
		expect(missingCommand(data, name)).toBeUndefined();
	});

	it.each<[string, unknown, string, string]>([
		['lock', list('UNLOCK', 'HONK'), 'LOCK', 'It has: UNLOCK, HONK'],
		['lock-reduced-guard', list('LOCK'), 'LOCK_REDUCED_GUARD', 'It has: LOCK'],
	])('%s that is missing in %j is named, with those that the car has', (...row) => {
		const [name, data, wanted, detail] = row;
		expect(missingCommand(data, name)).toEqual({
			reason: 'notSupported',
			what: `The car does not have the command ${wanted}`,
			userAction: 'Use the Volvo Cars app to see what this model can do',
			detail,
			notExecuted: true,
		});
	});
});

describe('a car', () => {
	const withReason = (unavailableReason?: string) => ({
		availabilityStatus: { value: 'UNAVAILABLE', unavailableReason },
	});

	it.each<[string, unknown]>([
		['is available', { availabilityStatus: { value: 'AVAILABLE' } }],
		['is accessible', { accessible: true }],
		['is in no form that is known', null],
	])('that %s can be reached', (_, data) => {
		expect(unreachable(data)).toBeUndefined();
	});

	it.each<[string, unknown, string, string, string]>([
		['without a reason', withReason(), 'offline', 'The car cannot be reached', 'no reason'],
		['of v1', { accessible: false }, 'offline', 'The car cannot be reached', 'no reason'],
		['with a new reason', withReason('FLYING'), 'offline', 'The car cannot be reached', 'FLYING'],
		[
			'without a connection',
			withReason('NO_INTERNET'),
			'offline',
			'The car has no connection',
			'NO_INTERNET',
		],
		['in use', withReason('CAR_IN_USE'), 'inUse', 'The car is in use', 'CAR_IN_USE'],
		[
			'whose reason is beside the status',
			{ ...withReason(), unavailableReason: { value: 'POWER_SAVING_MODE' } },
			'asleep',
			'The car is saving power',
			'POWER_SAVING_MODE',
		],
	])('%s cannot be reached, and Volvo is quoted', (_, data, reason, what, said) => {
		expect(unreachable(data)).toMatchObject({
			reason,
			what,
			userAction: expect.stringMatching(/^(Try again|Start it once)/) as string,
			detail: `Volvo says: ${said}`,
			notExecuted: true,
		});
	});
});
