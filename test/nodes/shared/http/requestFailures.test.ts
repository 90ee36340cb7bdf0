import {
	budgetSpent,
	cancelled,
	isOwnLimit,
	limitReached,
	noTokenInTime,
	notSent,
	outOfTime,
	reconnectFacts,
} from '../../../../nodes/shared/http/requestFailures';
import {
	Failure,
	isAboutDevice,
	type FailureFacts,
	type FailureReason,
} from '../../../../nodes/shared/model/failure';

const UNSENT: Array<[string, FailureFacts, FailureReason]> = [
	['a limit', limitReached('Volvo', 1500), 'rateLimited'],
	['a deadline', outOfTime('Volvo'), 'timeout'],
	['a missing token', noTokenInTime('Volvo', 1000), 'timeout'],
	['a spent budget', budgetSpent('Volvo'), 'rateLimited'],
	['a refused sign-in', reconnectFacts('Volvo'), 'authentication'],
];

it.each(UNSENT)(
	'a request that was not sent because of %s has certainly done nothing',
	(_, facts, reason) => {
		expect([facts.notExecuted, facts.reason]).toEqual([true, reason]);
		expect(new Failure(facts).message).toMatch(/Volvo.*\. .*[^.]$/);
	},
);

it('a limit is rounded up to whole seconds, so that nobody comes back too early', () => {
	expect(limitReached('Volvo', 1001).retryAfterSeconds).toBe(2);
	expect(limitReached('Volvo', 1000).retryAfterSeconds).toBe(1);
	expect(limitReached('Volvo', 0).retryAfterSeconds).toBe(0);
});

it('our own limit has no HTTP status, and one of the service has', () => {
	const refused = { ...limitReached('Volvo', 1000), httpStatus: 429 };
	const outcomes = [limitReached('Volvo', 1000), budgetSpent('Volvo'), refused, outOfTime('Volvo')];
	expect(outcomes.map(isOwnLimit)).toEqual([true, true, false, false]);
});

it.each([
	[1000, 'Volvo returned no new access token within 1 second'],
	[20_000, 'Volvo returned no new access token within 20 seconds'],
	[1549, 'Volvo returned no new access token within 1.5 seconds'],
])('a token that did not come in %i ms is about no device', (timeoutMs, what) => {
	const facts = noTokenInTime('Volvo', timeoutMs);
	expect([facts.what, facts.reason, isAboutDevice(facts)]).toEqual([what, 'timeout', false]);
});

describe('a request that was held back', () => {
	it('fails for its own reason', () => {
		const facts = outOfTime('Volvo');
		expect(notSent(facts, undefined).facts).toBe(facts);
		expect(notSent(facts, new AbortController().signal).facts).toBe(facts);
	});

	it('fails because somebody stopped the execution, if somebody did', () => {
		const { facts, message } = notSent(outOfTime('Volvo'), AbortSignal.abort());
		expect(facts).toEqual({ ...cancelled(), notExecuted: true });
		expect(message).toBe('The execution was stopped. Start it again if you still need the result');
	});
});

it('a request that was stopped on its way may have done something', () => {
	expect(cancelled()).toMatchObject({ reason: 'unknown' });
	expect(cancelled()).not.toHaveProperty('notExecuted');
});
