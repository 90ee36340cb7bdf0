import { instantOf, isTimeZone } from '../../../../nodes/Seam/codes/zonedTime';

const wall = (text: string) => {
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/\D/).map(Number);
	return { year, month, day, hour, minute, second: 0 };
};
const iso = (text: string, zone: string, twice: 'earlier' | 'later' = 'earlier') =>
	new Date(instantOf(wall(text), zone, twice)).toISOString();

it.each([
	['2026-12-24 15:00', 'Europe/Stockholm', '2026-12-24T14:00:00.000Z'],
	['2026-07-24 15:00', 'Europe/Stockholm', '2026-07-24T13:00:00.000Z'],
	['2026-07-24 15:00', 'America/New_York', '2026-07-24T19:00:00.000Z'],
	['2026-07-24 15:00', 'Asia/Kathmandu', '2026-07-24T09:15:00.000Z'],
	['2027-01-01 00:30', 'Pacific/Kiritimati', '2026-12-31T10:30:00.000Z'],
	['2026-07-24 00:00', 'UTC', '2026-07-24T00:00:00.000Z'],
])('%s in %s is %s', (text, zone, instant) => {
	expect(iso(text, zone)).toBe(instant);
});

describe('an hour that clocks skip', () => {
	it.each([
		// 02:00 → 03:00
		['2026-03-29 02:30', 'Europe/Stockholm', '2026-03-29T01:30:00.000Z'],
		['2026-03-08 02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
		// 02:00 → 02:30
		['2026-10-04 02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
	])('%s in %s moves forward: %s', (text, zone, instant) => {
		expect(iso(text, zone)).toBe(instant);
		expect(iso(text, zone, 'later')).toBe(instant);
	});
});

describe('an hour that clocks show twice', () => {
	it.each([
		[
			'2026-10-25 02:30',
			'Europe/Stockholm',
			'2026-10-25T00:30:00.000Z',
			'2026-10-25T01:30:00.000Z',
		],
		[
			'2026-11-01 01:30',
			'America/New_York',
			'2026-11-01T05:30:00.000Z',
			'2026-11-01T06:30:00.000Z',
		],
		[
			'2026-04-05 01:45',
			'Australia/Lord_Howe',
			'2026-04-04T14:45:00.000Z',
			'2026-04-04T15:15:00.000Z',
		],
	])('%s in %s is %s, or later %s', (text, zone, earlier, later) => {
		expect(iso(text, zone, 'earlier')).toBe(earlier);
		expect(iso(text, zone, 'later')).toBe(later);
	});

	it.each(['2026-10-25 01:59', '2026-10-25 03:00'])('%s is not one of them', (text) => {
		expect(iso(text, 'Europe/Stockholm', 'earlier')).toBe(iso(text, 'Europe/Stockholm', 'later'));
	});
});

it('the clocks of a zone show each instant of a year', () => {
	const zone = 'Europe/Stockholm';
	const clock = new Intl.DateTimeFormat('sv-SE', {
		timeZone: zone,
		dateStyle: 'short',
		timeStyle: 'short',
	});
	for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 97 * 60_000) {
		const shown = clock.format(ms);
		expect([
			instantOf(wall(shown), zone, 'earlier'),
			instantOf(wall(shown), zone, 'later'),
		]).toContain(ms);
	}
});

it.each([
	['Europe/Paris', true],
	['utc', true],
	['Europe/Nowhere', false],
	['', false],
	['CEST', false],
])('%s is a time zone: %s', (zone, isOne) => {
	expect(isTimeZone(zone)).toBe(isOne);
});
