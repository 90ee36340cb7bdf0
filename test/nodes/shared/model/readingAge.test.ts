import { ageSecondsOf, isFresh, isStale } from '../../../../nodes/shared/model/readingAge';

const NOW = Date.parse('2026-11-21T22:30:00.000Z');
const MINUTE = 60_000;
const observed = (ageMs: number) => ({ observedAt: new Date(NOW - ageMs).toISOString() });

it.each([
	['of now', 0, 0],
	['of two minutes ago', 2 * MINUTE, 120],
	['whose clock is ahead', -MINUTE, 0],
])('a reading %s has an age', (_, ageMs, seconds) => {
	expect(ageSecondsOf(observed(ageMs), NOW)).toBe(seconds);
});

it('a reading without a time has no age', () => {
	expect(ageSecondsOf({ observedAt: null }, NOW)).toBeNull();
});

it.each<[seconds: number | null, maxAgeMinutes: number, expected: boolean]>([
	[60, 1, false],
	[61, 1, true],
	[31, 0.5, true],
	[1_000_000, 0, false],
	[null, 1, false],
])('after %p seconds, with %p minutes allowed, it is stale or not', (age, allowed, expected) => {
	expect(isStale(age, allowed)).toBe(expected);
});

describe('a command may be left out', () => {
	const fresh = (reading: Partial<Parameters<typeof isFresh>[0]>, readingsProve = true) =>
		isFresh({ observedAt: null, online: true, ...reading }, NOW, 5, readingsProve);

	it.each([
		['of now', 0, true],
		['as old as allowed', 5 * MINUTE, true],
		['older than allowed', 5 * MINUTE + 1, false],
		['from within the tolerance of clocks', -2000, true],
		['from the future', -2001, false],
	])('after a reading %s, or not', (_, ageMs, expected) => {
		expect(fresh(observed(ageMs))).toBe(expected);
	});

	it("only by the lock's own time", () => {
		expect(fresh({ ...observed(0), partTimes: {} })).toBe(false);
		const partTimes = { lock: observed(MINUTE).observedAt };
		expect(fresh({ ...observed(90 * MINUTE), partTimes })).toBe(true);
	});

	it('without a time only where readings never have one, and the device is online', () => {
		expect([fresh({}, false), fresh({}, true)]).toEqual([true, false]);
		expect([fresh({ online: false }, false), fresh({ online: null }, false)]).toEqual([
			false,
			false,
		]);
	});
});
