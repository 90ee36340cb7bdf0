import { causeFrom } from '../../../../nodes/shared/model/cause';
import type { FailureReason } from '../../../../nodes/shared/model/failure';

const facts = (reason: FailureReason, what = 'The car sleeps', userAction = 'Start it once') => ({
	reason,
	what,
	userAction,
});

it('after a colon follows why something is not known and what can be done', () => {
	expect(causeFrom(facts('asleep'), 'Volvo').why).toBe('the car sleeps; start it once');
	const named = facts('asleep', 'Volvo does not tell', '');
	expect(causeFrom(named, 'Volvo').why).toBe('Volvo does not tell');
});

it("a service's own message is cut after a few lines", () => {
	const { why } = causeFrom(facts('upstream', 'x'.repeat(500), ''), 'Volvo');
	expect(why).toBe(`${'x'.repeat(200)}…`);
});

it.each<[FailureReason, boolean]>([
	['authentication', true],
	['permission', true],
	['notFound', true],
	['notSupported', true],
	['asleep', false],
	['offline', false],
	['upstream', false],
	['timeout', false],
	['rateLimited', false],
])('whether the reason %s needs a person before the state can be known', (reason, isLasting) => {
	expect(causeFrom(facts(reason), 'Volvo').isLasting).toBe(isLasting);
});
