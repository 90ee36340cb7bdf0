import type { FailureFacts } from '../../../../../nodes/shared/model/failure';
import {
	bookCalls,
	bookReading,
	callsLeftOf,
	nextMidnight,
	planReadings,
	type CallBudget,
} from '../../../../../nodes/shared/triggers/polling/budget';
import { pauseEnd } from '../../../../../nodes/shared/triggers/polling/pauses';
import { budgetOf, DAY, HOUR, MINUTE, NOON, watching } from '../../../../support/callBudget';

const NOVEMBER = 2026 * 12 + 10;

describe('the calls of a day', () => {
	const budget = budgetOf({ callsPerDay: 6 });

	it('are enough for as many readings as they pay in full', () => {
		const state = watching({}, { day: '2026-11-21', calls: 3 });
		expect(planReadings(state, budget, ['a', 'b', 'c'], 2, NOON)).toEqual(['a']);
		expect(planReadings(state, budget, ['a', 'b', 'c', 'd'], 1, NOON)).toEqual(['a', 'b', 'c']);
	});

	it('that are used up stop every reading until midnight UTC', () => {
		const state = watching({}, { day: '2026-11-21', calls: 6 });
		const midnight = Date.parse('2026-11-22T00:00:00.000Z');
		expect(planReadings(state, budget, ['a', 'b'], 1, midnight - 1)).toEqual([]);
		expect(planReadings(state, budget, ['a', 'b'], 1, midnight)).toEqual(['a', 'b']);
	});

	it('of the day before are not added to those of today', () => {
		const state = watching({}, { day: '2026-11-20', calls: 6 });
		bookCalls(state, budget, undefined, 1, NOON);
		expect([state.day, state.calls]).toEqual(['2026-11-21', 1]);
	});

	it.each([
		['2026-11-21T00:00:00.000Z', '2026-11-22T00:00:00.000Z'],
		['2026-11-21T23:59:59.999Z', '2026-11-22T00:00:00.000Z'],
		['2026-12-31T12:00:00.000Z', '2027-01-01T00:00:00.000Z'],
	])('at %s are counted anew from %s', (now, midnight) => {
		expect(nextMidnight(Date.parse(now))).toBe(Date.parse(midnight));
	});
});

describe('the calls of a month', () => {
	const budget = budgetOf({ callsPerDeviceAndMonth: 5 });

	it('leave out a device whose rest does not pay a whole reading', () => {
		const state = watching({ a: { spent: [NOVEMBER, 4] }, b: { spent: [NOVEMBER, 3] } });
		expect(planReadings(state, budget, ['a', 'b'], 2, NOON)).toEqual(['b']);
		expect(planReadings(state, budget, ['a', 'b'], 1, NOON)).toEqual(['a', 'b']);
	});

	it('of December are spread until the new year', () => {
		const atMs = Date.parse('2026-12-31T00:00:00.000Z');
		const state = watching({ a: { due: atMs, spent: [NOVEMBER + 1, 1] } });
		bookReading(state, budget, 'a', 1, 1, atMs);
		expect(state.devices.get('a')?.due).toBe(atMs + DAY / 4);
	});

	it('that are overdrawn do not make the next reading due earlier', () => {
		const state = watching({ a: { due: NOON, spent: [NOVEMBER, 9] } });
		bookReading(state, budget, 'a', 1, 1, NOON);
		expect(state.devices.get('a')?.due).toBe(Date.parse('2026-12-01T00:00:00.000Z'));
		expect(callsLeftOf(state.devices.get('a'), budget, NOON)).toBe(-4);
	});

	it('never bring readings closer together than the spacing for all devices', () => {
		const plenty = budgetOf({ callsPerDeviceAndMonth: 1e9 });
		const state = watching({ a: { due: NOON } });
		bookReading(state, plenty, 'a', 3, 2, NOON);
		expect(state.devices.get('a')?.due).toBe(NOON + 6 * MINUTE);
	});
});

it('a pause counts in the order of the devices: one that waited for less comes first', () => {
	const state = watching({
		a: { due: NOON - HOUR, pausedAt: NOON - 2 * HOUR, pausedUntil: NOON - 1 },
		b: { due: NOON - 2 * HOUR },
	});
	expect(planReadings(state, budgetOf(), ['a', 'b'], 1, NOON)).toEqual(['b', 'a']);
});

it('a pause from a clock that was ahead keeps no device from being read', () => {
	const state = watching({ a: { pausedAt: NOON + 1, pausedUntil: NOON + DAY } });
	expect(planReadings(state, budgetOf(), ['a'], 1, NOON)).toEqual(['a']);
});

it('a pause that ends before a device is due does not make it due', () => {
	const state = watching({ a: { due: NOON + 1, pausedAt: NOON - DAY, pausedUntil: NOON } });
	expect(planReadings(state, budgetOf(), ['a'], 1, NOON)).toEqual([]);
});

it('calls that are too old for the limit are forgotten, so that the state stays small', () => {
	const state = watching(
		{},
		{
			recent: [
				[NOON - MINUTE, 3],
				[NOON - MINUTE + 1, 2],
			],
		},
	);
	bookCalls(state, budgetOf(), undefined, 1, NOON);
	expect(state.recent).toEqual([
		[NOON - MINUTE + 1, 2],
		[NOON, 1],
	]);
});

describe('the end of a pause', () => {
	const end = (change: Partial<FailureFacts>, budget?: CallBudget) =>
		pauseEnd({ reason: 'rateLimited', what: '', userAction: '', ...change }, budget, NOON);

	it('is what the service says, also for a quota', () => {
		const quota = { reason: 'quotaExceeded', retryAfterSeconds: 90 } as const;
		expect(end(quota, budgetOf())).toBe(NOON + 90_000);
		expect(end({ retryAfterSeconds: 0 }, budgetOf())).toBe(NOON);
	});

	it.each<[FailureFacts['reason'], number]>([
		['rateLimited', DAY],
		['quotaExceeded', 31 * DAY],
	])('of %s is at most so far away as such a limit can last', (reason, longestMs) => {
		const inSeconds = longestMs / 1000;
		expect(end({ reason, retryAfterSeconds: inSeconds - 1 })).toBe(NOON + longestMs - 1000);
		expect(end({ reason, retryAfterSeconds: inSeconds + 1 })).toBe(NOON + longestMs);
	});

	it('of a quota is when the service starts a new one', () => {
		const monthly = budgetOf({ quotaEndsAt: (nowMs) => nowMs + 9 * DAY });
		expect(end({ reason: 'quotaExceeded' }, monthly)).toBe(NOON + 9 * DAY);
		expect(end({ reason: 'rateLimited' }, monthly)).toBe(NOON + MINUTE);
	});
});
