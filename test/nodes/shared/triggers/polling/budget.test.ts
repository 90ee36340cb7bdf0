import fc from 'fast-check';

import {
	bookCalls,
	bookReading,
	callsLeft,
	callsLeftOf,
	nextMidnight,
	planReadings,
	type CallBudget,
} from '../../../../../nodes/shared/triggers/polling/budget';
import { isPausedAt, pause } from '../../../../../nodes/shared/triggers/polling/pauses';
import type { FailureFacts } from '../../../../../nodes/shared/model/failure';
import type { DeviceRecord, TriggerState } from '../../../../../nodes/shared/triggers/triggerState';
import { budgetOf, DAY, HOUR, MINUTE, NOON, watching } from '../../../../support/callBudget';

describe('a limit of the service', () => {
	it('counts the calls of the last minute only', () => {
		const state = watching({});
		bookCalls(state, budgetOf(), undefined, 4, NOON);
		bookCalls(state, budgetOf(), undefined, 3, NOON + 20_000);
		expect(callsLeft(state, budgetOf(), NOON + 30_000)).toBe(3);
		expect(callsLeft(state, budgetOf(), NOON + MINUTE - 1)).toBe(3);
		expect(callsLeft(state, budgetOf(), NOON + MINUTE)).toBe(7);
	});

	it('adds up calls of the same moment', () => {
		const state = watching({});
		bookCalls(state, budgetOf(), undefined, 2, NOON);
		bookCalls(state, budgetOf(), undefined, 3, NOON);
		bookCalls(state, budgetOf(), undefined, 1, NOON + 1);
		expect(state.recent).toEqual([
			[NOON, 5],
			[NOON + 1, 1],
		]);
		expect(callsLeft(state, budgetOf(), NOON + 1)).toBe(4);
	});

	it('does not count what a clock that was wrong has put into the future', () => {
		const state = watching({}, { recent: [[NOON + 1, 9]] });
		expect(callsLeft(state, budgetOf(), NOON)).toBe(10);
		expect(callsLeft(state, budgetOf(), NOON + 1)).toBe(1);
	});
});

describe('the calls of a day', () => {
	const budget = budgetOf({ callsPerDay: 8 });

	it('are counted anew from midnight UTC', () => {
		const state = watching({});
		bookCalls(state, budget, undefined, 3, NOON);
		bookCalls(state, budget, undefined, 2, NOON + HOUR);
		expect(callsLeft(state, budget, NOON + 2 * HOUR)).toBe(3);
		expect(callsLeft(state, budget, nextMidnight(NOON) - 1)).toBe(3);
		expect(callsLeft(state, budget, nextMidnight(NOON))).toBe(8);
		bookCalls(state, budget, undefined, 1, nextMidnight(NOON));
		expect(callsLeft(state, budget, nextMidnight(NOON) + HOUR)).toBe(7);
	});

	it('never allow more than the limit of the service does', () => {
		expect(callsLeft(watching({}), budgetOf({ callsPerDay: 20 }), NOON)).toBe(10);
	});

	it('are not counted where there is no such budget', () => {
		const state = watching({});
		bookCalls(state, budgetOf(), undefined, 3, NOON);
		expect([state.calls, state.day]).toEqual([undefined, undefined]);
	});
});

describe('the calls of one vehicle in a month', () => {
	const budget = budgetOf({ callsPerDeviceAndMonth: 5 });

	it('are its own, and counted anew from the first of the month UTC', () => {
		const state = watching({ a: {}, b: {} });
		bookCalls(state, budget, 'a', 2, NOON);
		bookCalls(state, budget, 'a', 1, NOON + DAY);
		const [a, b] = [state.devices.get('a'), state.devices.get('b')];
		expect([callsLeftOf(a, budget, NOON + DAY), callsLeftOf(b, budget, NOON + DAY)]).toEqual([
			2, 5,
		]);
		expect(callsLeftOf(a, budget, Date.parse('2026-11-30T23:59:59.999Z'))).toBe(2);
		expect(callsLeftOf(a, budget, Date.parse('2026-12-01T00:00:00.000Z'))).toBe(5);
		expect(callsLeftOf(a, budget, Date.parse('2027-11-21T12:00:00.000Z'))).toBe(5);
	});

	it('do not hold for calls about no vehicle, or where there is no such budget', () => {
		const state = watching({ a: {} });
		bookCalls(state, budget, undefined, 2, NOON);
		bookCalls(state, budgetOf(), 'a', 2, NOON);
		expect(state.devices.get('a')).toEqual({});
		expect(callsLeftOf({}, budgetOf(), NOON)).toBe(Infinity);
	});

	it('spread what is left of them over the rest of the month', () => {
		const state = watching({ a: {} });
		bookCalls(state, budget, 'a', 1, NOON);
		bookReading(state, budget, 'a', 1, 1, NOON);
		const restOfMonth = Date.parse('2026-12-01T00:00:00.000Z') - NOON;
		// the first reading may be made good once, so the next one is due at once
		expect(state.devices.get('a')?.due).toBe(NOON);
		bookReading(state, budget, 'a', 1, 1, NOON);
		expect(state.devices.get('a')?.due).toBe(NOON + restOfMonth / 4);
	});

	it('that are used up stop the readings of the vehicle until the month ends', () => {
		const spent = watching({ a: { spent: [2026 * 12 + 10, 5] }, b: {} });
		expect(planReadings(spent, budget, ['a', 'b'], 1, NOON)).toEqual(['b']);
		expect(planReadings(spent, budget, ['b', 'a'], 1, NOON + 10 * DAY)).toEqual(['b', 'a']);
	});
});

describe('of several devices', () => {
	it('the one that waits longest comes first, and none that is not due', () => {
		const state = watching({ a: { due: NOON - 1 }, b: {}, c: { due: NOON - 2 }, d: { due: NOON } });
		const later = watching({ a: { due: NOON + 1 }, b: { due: NOON } });
		expect(planReadings(state, budgetOf(), ['a', 'b', 'c', 'd'], 1, NOON)).toEqual([
			'b',
			'c',
			'a',
			'd',
		]);
		expect(planReadings(later, budgetOf(), ['a', 'b'], 1, NOON)).toEqual(['b']);
	});

	it('only as many are read as there are calls for', () => {
		const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
		expect(planReadings(watching({}), budgetOf(), ids, 2, NOON)).toHaveLength(5);
		expect(planReadings(watching({}), budgetOf(), ids, 4, NOON)).toHaveLength(2);
		const overdrawn = watching({}, { recent: [[NOON, 12]] });
		expect(planReadings(overdrawn, budgetOf(), ids, 1, NOON)).toEqual([]);
	});

	it('one that the service has paused is left out until its pause ends', () => {
		const state = watching({ a: { pausedAt: NOON, pausedUntil: NOON + HOUR }, b: {} });
		const planAt = (ms: number) => planReadings(state, budgetOf(), ['a', 'b'], 1, ms);
		expect(planAt(NOON + HOUR - 1)).toEqual(['b']);
		expect(planAt(NOON + HOUR)).toEqual(['a', 'b']);
	});

	it('one that was put far into the future by a wrong clock is read now', () => {
		const due = (ms: number) => watching({ a: { due: NOON + ms } });
		const [near, far] = [due(3 * MINUTE), due(3 * MINUTE + 1)];
		expect(planReadings(near, budgetOf(), ['a'], 1, NOON)).toEqual([]);
		expect(planReadings(far, budgetOf(), ['a'], 1, NOON)).toEqual(['a']);
		expect(planReadings(due(4 * MINUTE), budgetOf(), ['a'], 2, NOON)).toEqual([]);
	});
});

describe('after a reading', () => {
	const dueAfter = (record: DeviceRecord, calls: number, deviceCount = 1) => {
		const state = watching({ a: record });
		bookReading(state, budgetOf(), 'a', deviceCount, calls, NOON);
		return (state.devices.get('a')!.due! - NOON) / MINUTE;
	};

	it('a device waits for its share, which is longer where it took more calls', () => {
		expect(dueAfter({ due: NOON }, 1)).toBe(1);
		expect(dueAfter({ due: NOON }, 3)).toBe(3);
		expect(dueAfter({ due: NOON }, 0)).toBe(1);
		expect(dueAfter({ due: NOON }, 1, 4)).toBe(4);
	});

	it('what it lost by a late poll is made good, but no more than one share', () => {
		expect(dueAfter({ due: NOON - MINUTE / 2 }, 1)).toBe(0.5);
		expect(dueAfter({ due: NOON - HOUR }, 1)).toBe(0);
	});

	it('nothing is noted of a device that is not watched', () => {
		const state = watching({});
		bookReading(state, budgetOf(), 'a', 1, 1, NOON);
		expect(state.devices.size).toBe(0);
	});

	it('the time is a whole number, whatever the share is', () => {
		const state = watching({ a: { due: NOON } });
		const odd = budgetOf({ callSpacingMs: () => 1000 / 3 });
		const endOfMonth = Date.parse('2026-11-30T23:59:59.999Z');
		bookReading(state, odd, 'a', 1, 1, endOfMonth);
		expect(Number.isInteger(state.devices.get('a')!.due)).toBe(true);
	});
});

describe('a pause', () => {
	const facts = (change: Partial<FailureFacts> = {}): FailureFacts => ({
		reason: 'rateLimited',
		what: 'Too many',
		userAction: 'Wait',
		...change,
	});
	const minutesOf = (change: Partial<FailureFacts>, budget: CallBudget | undefined = budgetOf()) =>
		(pause(watching({}), budget, facts(change), null, NOON) - NOON) / MINUTE;

	it.each<[string, Partial<FailureFacts>, number]>([
		['lasts as long as the service says', { retryAfterSeconds: 90 }, 1.5],
		['of a limit lasts a minute where it does not say', {}, 1],
		['of a limit lasts a day at most', { retryAfterSeconds: 1e9 }, 24 * 60],
		['of a quota lasts until there is a new one', { reason: 'quotaExceeded' }, 12 * 60],
		[
			'of a quota lasts a month at most',
			{ reason: 'quotaExceeded', retryAfterSeconds: 1e9 },
			31 * 24 * 60,
		],
	])('%s', (_, change, minutes) => {
		expect(minutesOf(change)).toBe(minutes);
	});

	it('of a quota lasts a minute where nothing is known of quotas', () => {
		const state = watching({});
		const quota = facts({ reason: 'quotaExceeded' });
		expect(pause(state, undefined, quota, null, NOON)).toBe(NOON + MINUTE);
	});

	it('of one device stops this device only', () => {
		const state: TriggerState = watching({ a: {}, b: {} });
		pause(state, budgetOf(), facts({ ofOneDevice: true }), 'a', NOON);
		expect(state.pausedUntil).toBeUndefined();
		expect(state.devices.get('a')).toEqual({ pausedAt: NOON, pausedUntil: NOON + MINUTE });
		expect(state.devices.get('b')).toEqual({});
	});

	it.each<[string, Partial<FailureFacts>, string | null]>([
		['an answer about no device', {}, 'a'],
		['a question about no device', { ofOneDevice: true }, null],
		['a device that is not watched', { ofOneDevice: true }, 'x'],
	])('after %s stops everything', (_, change, deviceId) => {
		const state: TriggerState = watching({ a: {} });
		pause(state, budgetOf(), facts(change), deviceId, NOON);
		expect(state.pausedUntil).toBe(NOON + MINUTE);
		expect(state.devices.get('a')).toEqual({});
	});

	it('is not cut short by another answer', () => {
		const state: TriggerState = watching({});
		pause(state, budgetOf(), facts({ retryAfterSeconds: 3600 }), null, NOON);
		expect(pause(state, budgetOf(), facts(), null, NOON + 1)).toBe(NOON + 1 + MINUTE);
		expect(state).toMatchObject({ pausedAt: NOON, pausedUntil: NOON + HOUR });
		pause(state, budgetOf(), facts({ retryAfterSeconds: 7200 }), null, NOON + 1);
		expect(state).toMatchObject({ pausedAt: NOON + 1, pausedUntil: NOON + 1 + 2 * HOUR });
	});

	it('gives way when it was set by a clock that was ahead', () => {
		const state: TriggerState = watching({}, { pausedAt: NOON + DAY, pausedUntil: NOON + 2 * DAY });
		pause(state, budgetOf(), facts(), null, NOON);
		expect(state).toMatchObject({ pausedAt: NOON, pausedUntil: NOON + MINUTE });
	});

	it('holds from its beginning to its end', () => {
		const paused = { pausedAt: NOON, pausedUntil: NOON + 2 };
		const moments = [NOON - 1, NOON, NOON + 1, NOON + 2];
		expect(moments.map((ms) => isPausedAt(paused, ms))).toEqual([false, true, true, false]);
		expect(isPausedAt({}, NOON)).toBe(false);
	});
});

it('however polls come, no more calls are planned in a minute than the limit allows', () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 40 }),
			fc.integer({ min: 1, max: 20 }),
			(pauses, deviceCount) => {
				const budget = budgetOf({ callSpacingMs: () => 1 });
				const ids = Array.from({ length: deviceCount }, (_, index) => `d${index}`);
				const state: TriggerState = watching(Object.fromEntries(ids.map((id) => [id, {}])));
				const made: number[] = [];
				let nowMs = NOON;
				for (const pauseMs of pauses) {
					nowMs += pauseMs;
					for (const id of planReadings(state, budget, ids, 1, nowMs)) {
						bookCalls(state, budget, id, 1, nowMs);
						bookReading(state, budget, id, deviceCount, 1, nowMs);
						made.push(nowMs);
					}
					const inLastMinute = made.filter((ms) => ms > nowMs - MINUTE);
					expect(inLastMinute.length).toBeLessThanOrEqual(10);
				}
			},
		),
	);
});
