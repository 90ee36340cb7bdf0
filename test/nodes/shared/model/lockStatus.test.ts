import {
	judgeSecurity,
	toLockStatus,
	toWindowStatus,
	type Parts,
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

describe('secure and its reasons', () => {
	it.each<[string, Partial<Reading>, boolean | null, string[]]>([
		['locked and all shut', {}, true, []],
		['unlocked', { lock: 'unlocked' }, false, ['The vehicle is unlocked']],
		['a window ajar', { windows: { rearRight: 'ajar' } }, false, ['The rear right window is ajar']],
		['a door open', { doors: { frontLeft: 'open' } }, false, ['The front left door is open']],
		['an opening', { openings: { frontTrunk: 'open' } }, false, ['The front trunk is open']],
		['the third row', { doors: { row3Left: 'open' } }, false, ['The third row left door is open']],
		[
			'lock not known',
			{ lock: 'unknown' },
			null,
			['It is not known whether the vehicle is locked'],
		],
		[
			'a part not known',
			{ doors: { frontLeft: 'unknown' } },
			null,
			['It is not known whether the front left door is closed'],
		],
		[
			'open counts more than not known',
			{ lock: 'unknown', doors: { frontLeft: 'open' } },
			false,
			['It is not known whether the vehicle is locked', 'The front left door is open'],
		],
		[
			'an offline lock',
			{ lock: 'unknown', online: false, deviceType: 'lock' },
			null,
			['The lock is offline, so it is not known whether it is locked'],
		],
		['flaps do not count', { openings: { fuelFlap: 'open', chargingPort: 'unknown' } }, true, []],
		['windows that were not asked for', { windows: null }, true, []],
		['no parts at all', { doors: {}, windows: {}, openings: {} }, true, []],
		["a lock's own door", { doors: { door: 'open' } }, false, ['The door is open']],
	])('%s', (_, change, secure, reasons) => {
		expect(judgeSecurity(reading(change))).toEqual({ secure, reasons });
	});
});

describe('age', () => {
	it('counts from the time of the device and marks what is too old', () => {
		expect(toLockStatus(reading(), NOW)).toMatchObject({ ageSeconds: 41, stale: false });
		expect(toLockStatus(reading(), NOW, 0.5)).toMatchObject({ ageSeconds: 41, stale: true });
	});

	it('is null and never stale when the service tells no time', () => {
		const status = toLockStatus(reading({ observedAt: null }), NOW, 1);
		expect(status).toMatchObject({ ageSeconds: null, stale: false });
	});

	it('is never negative when the clock of the device runs ahead', () => {
		const ahead = reading({ observedAt: '2026-11-21T20:20:00.000Z' });
		expect(toLockStatus(ahead, NOW).ageSeconds).toBe(0);
	});
});

it("leaves the service's own answer out", () => {
	expect(toLockStatus(reading(), NOW)).not.toHaveProperty('raw');
});

describe('window status', () => {
	const allClosed = (windows: Parts | null, openings: Parts = {}) =>
		toWindowStatus(reading({ windows, openings }), NOW).allClosed;

	it('is closed only where at least one window was read', () => {
		expect(allClosed({})).toBeNull();
		expect(allClosed(null)).toBeNull();
		expect(allClosed({}, { hood: 'closed' })).toBeNull();
		expect(allClosed({ rearLeft: 'closed' })).toBe(true);
		expect(allClosed({}, { sunroof: 'closed' })).toBe(true);
	});

	it('is not closed with one that is open, and not known with one that is unknown', () => {
		expect(allClosed({ rearLeft: 'ajar', rearRight: 'unknown' })).toBe(false);
		expect(allClosed({ rearLeft: 'closed' }, { sunroof: 'open' })).toBe(false);
		expect(allClosed({ rearLeft: 'closed', rearRight: 'unknown' })).toBeNull();
	});
});
