import {
	durationInWords,
	isOptionalTime,
	isTime,
	msOf,
	secondsIn,
	secondsInWords,
	toMsOrNull,
} from '../../../../nodes/shared/basics/times';

it('seconds are shown with one decimal', () => {
	expect([secondsIn(1234), secondsIn(15_000), secondsIn(49)]).toEqual([1.2, 15, 0]);
	expect([secondsInWords(1), secondsInWords(0), secondsInWords(1.2)]).toEqual([
		'1 second',
		'0 seconds',
		'1.2 seconds',
	]);
});

it.each([
	[90, '1.5 minutes'],
	[360, '6 minutes'],
	[7199, '120 minutes'],
	[7200, '2 hours'],
	[18_720, '5.2 hours'],
	[172_799, '48 hours'],
	[172_800, '2 days'],
	[302_400, '3.5 days'],
])('%i seconds are %s in words', (seconds, words) => {
	expect(durationInWords(seconds)).toBe(words);
});

it('a stored time counts as one from 1970 up to the year 2100', () => {
	const end = Date.UTC(2100, 0);
	expect([0, 1, end - 1].map(isTime)).toEqual([true, true, true]);
	expect([-1, end, NaN, Infinity, '5', null, undefined].some(isTime)).toBe(false);
	expect([undefined, 5].map(isOptionalTime)).toEqual([true, true]);
	expect([null, '5', -1].some(isOptionalTime)).toBe(false);
});

it("a service's time counts as one from the first moment of the year 2000 on", () => {
	const first = Date.UTC(2000, 0);
	expect([toMsOrNull(first), toMsOrNull(first - 1)]).toEqual([first, null]);
});

it('a text of up to 64 characters is looked at', () => {
	const time = '2026-11-21T22:30:00Z';
	expect(msOf(time.padEnd(64))).toBe(Date.parse(time));
	expect(msOf(time.padEnd(65))).toBeNaN();
});
