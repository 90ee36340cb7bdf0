import type { ServiceDefinition } from '../../../../../nodes/shared/service/lockService';
import type { WatchEvent } from '../../../../../nodes/shared/triggers/changes/change';
import type { CallBudget } from '../../../../../nodes/shared/triggers/polling/budget';
import { whyLeftIsLate } from '../../../../../nodes/shared/triggers/polling/whyLeftIsLate';

const MINUTE = 60_000;
const WATCH = {
	definition: { deviceType: 'vehicle' } as ServiceDefinition,
	events: [],
	howLeftInTime: 'Choose fewer vehicles.',
	readingFor: (events: ReadonlySet<WatchEvent>) => ({
		parts: 'lock' as const,
		calls: events.has('windowLeftOpen') ? 2 : 1,
	}),
};
/** Five minutes for each device and call. */
const BUDGET: CallBudget = {
	limit: { calls: 10, spanMs: MINUTE },
	callSpacingMs: (deviceCount) => deviceCount * 5 * MINUTE,
	quotaEndsAt: () => 0,
};
const why = (event: WatchEvent, leftMinutes: number, deviceCount: number, watch = WATCH) =>
	whyLeftIsLate(watch, { events: new Set([event]), leftMinutes }, BUDGET, deviceCount);

it('readings that are further apart than the chosen minutes are explained in full', () => {
	expect(why('doorLeftOpen', 9, 2)).toBe(
		"'Left for (Minutes)' is 9, but the budget of calls allows a reading of each vehicle every 10 minutes only: what was left open or unlocked is reported late or never. Choose fewer vehicles.",
	);
});

it.each<WatchEvent>(['doorLeftOpen', 'leftUnlocked'])(
	'for %s, readings may be just as far apart as the chosen minutes',
	(event) => {
		expect(why(event, 10, 2)).toBeUndefined();
		expect(why(event, 9, 2)).toMatch(/ every 10 minutes only/);
	},
);

it('a reading that costs two calls comes half as often', () => {
	expect(why('windowLeftOpen', 10, 1)).toBeUndefined();
	expect(why('windowLeftOpen', 10, 2)).toMatch(/ every 20 minutes only/);
});

it('a service that has no advice explains it without', () => {
	const watch = { ...WATCH, howLeftInTime: undefined as unknown as string };
	expect(why('doorLeftOpen', 9, 2, watch)).toMatch(/ is reported late or never\.\s*$/);
});

it('for other events, the time between readings does not matter', () => {
	expect(why('unlocked', 1, 100)).toBeUndefined();
});
