import { retryAfterSeconds, boundedDelaySeconds } from '../../../../nodes/shared/http/retryAfter';

const DATE = 'Sat, 28 Nov 2026 12:00:00 GMT';

it.each<[string, Record<string, string>, number | undefined]>([
	['no header', {}, undefined],
	['an empty one', { 'retry-after': ' ' }, undefined],
	['seconds', { 'retry-after': '30' }, 30],
	['seconds with spaces', { 'retry-after': ' 30 ' }, 30],
	['a part of a second, rounded up', { 'retry-after': '1.25' }, 2],
	['seconds with a unit', { 'retry-after': '30s' }, undefined],
	['seconds after a sign', { 'retry-after': '~30' }, undefined],
	['words', { 'retry-after': 'soon' }, undefined],
	[
		'a date, by the clock of the service',
		{ 'retry-after': 'Sat, 28 Nov 2026 12:01:30 GMT', date: DATE },
		90,
	],
	['a date that has passed', { 'retry-after': 'Sat, 28 Nov 2026 11:59:00 GMT', date: DATE }, 0],
])('Retry-After: %s', (_, headers, seconds) => {
	expect(retryAfterSeconds(headers)).toBe(seconds);
});

it.each([
	[-1, 0],
	[0, 0],
	[0.1, 1],
	[31 * 86_400, 31 * 86_400],
	[31 * 86_400 + 1, 31 * 86_400],
])('a wait of %d s counts as %d s', (reported, counted) => {
	expect(boundedDelaySeconds(reported)).toBe(counted);
});
