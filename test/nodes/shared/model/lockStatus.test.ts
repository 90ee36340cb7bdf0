import {
	toLockStatus,
	toWindowStatus,
	type Reading,
} from '../../../../nodes/shared/model/lockStatus';

const NOW = Date.parse('2026-11-21T20:14:44.000Z');

function reading(change: Partial<Reading> = {}): Reading {
	return {
		service: 'volvo',
		deviceId: 'YV1',
		deviceType: 'vehicle',
		name: 'XC40 2023',
		lock: 'locked',
		doors: { frontLeft: 'closed', rearRight: 'closed' },
		windows: { rearRight: 'closed' },
		openings: { frontTrunk: 'closed' },
		online: null,
		batteryLevel: null,
		observedAt: '2026-11-21T20:14:03.120Z',
		raw: {},
		...change,
	};
}

describe('age', () => {
	it('counts from the time of the device and marks what is too old', () => {
		expect(toLockStatus(reading(), NOW)).toMatchObject({ ageSeconds: 41, stale: false });
		expect(toLockStatus(reading(), NOW, 0.5)).toMatchObject({ ageSeconds: 41, stale: true });
	});

	it('is null and never stale when the service gives no time', () => {
		const status = toLockStatus(reading({ observedAt: null }), NOW, 1);
		expect(status).toMatchObject({ ageSeconds: null, stale: false });
	});

	it('is never negative when the clock of the device runs ahead', () => {
		const ahead = reading({ observedAt: '2026-11-21T20:20:00.000Z' });
		expect(toLockStatus(ahead, NOW).ageSeconds).toBe(0);
	});
});

describe('the age of the windows', () => {
	const LONG_AGO = '2026-11-18T20:14:44.000Z';
	const LATER = '2026-11-20T20:14:44.000Z';
	const lock = '2026-11-21T20:14:03.120Z';

	it.each<[string, Record<string, string> | undefined, string]>([
		['is their own, not that of the lock', { lock, 'windows.rearRight': LATER }, LATER],
		[
			'is that of the oldest',
			{ lock, 'windows.rearRight': LATER, 'openings.sunroof': LONG_AGO },
			LONG_AGO,
		],
		[
			'is not that of a door or of the trunk',
			{ 'doors.rearRight': LONG_AGO, 'openings.trunk': LONG_AGO, 'windows.rearRight': LATER },
			LATER,
		],
		['is that of the reading where no part has its own', undefined, lock],
	])('%s', (_, partTimes, observedAt) => {
		const status = toWindowStatus(reading({ partTimes }), NOW, 60);
		expect(status).toMatchObject({ observedAt, stale: observedAt !== lock });
	});
});

it("leaves the service's own answer out", () => {
	expect(toLockStatus(reading(), NOW)).not.toHaveProperty('raw');
});

describe('the windows are all closed', () => {
	it.each<[string, Partial<Reading>, boolean | null, string[]]>([
		['with a sunroof', { openings: { sunroof: 'closed' } }, true, []],
		['but for one that is not known', { windows: { rearRight: 'unknown' } }, null, []],
		[
			'but for one of two that is not known',
			{ windows: { rearLeft: 'closed', rearRight: 'unknown' } },
			null,
			[],
		],
		[
			'but for a sunroof that has no name',
			{ unnamedParts: [{ kind: 'sunroof', label: 'second sunroof', openness: 'ajar' }] },
			false,
			['second sunroof'],
		],
		['but for the sunroof', { openings: { sunroof: 'ajar' } }, false, ['sunroof']],
		['or not, when none is reported', { windows: {} }, null, []],
		[
			'or not, when only the sunroof is reported',
			{ windows: {}, openings: { sunroof: 'closed' } },
			null,
			[],
		],
		[
			'but for one that has no name',
			{ unnamedParts: [{ kind: 'windows', label: 'middle window in row 2', openness: 'open' }] },
			false,
			['middle window in row 2'],
		],
		[
			'whatever the doors without a name are',
			{ unnamedParts: [{ kind: 'doors', label: 'middle door in row 2', openness: 'open' }] },
			true,
			[],
		],
	])('%s', (_, change, allClosed, open) => {
		expect(toWindowStatus(reading(change), NOW)).toMatchObject({ allClosed, open });
	});
});

it.each(['open', 'ajar', 'closed', 'unknown'] as const)(
	'a sunroof that is %s is given',
	(sunroof) => {
		expect(toWindowStatus(reading({ openings: { sunroof } }), NOW).sunroof).toBe(sunroof);
		expect(toWindowStatus(reading(), NOW).sunroof).toBeNull();
	},
);
