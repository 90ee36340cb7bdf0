import { isLock, parseSeamDevice, toReading } from '../../../../nodes/Seam/api/seamDevice';

const DEVICE = {
	device_id: 'd1',
	device_type: 'august_lock',
	display_name: 'Front door',
	properties: { online: true, locked: true },
};

function readingOf(change: object) {
	const raw = { ...DEVICE, ...change };
	return toReading(parseSeamDevice(raw)!, raw);
}

describe('a reading never claims more than Seam reports', () => {
	it.each<[string, object, object]>([
		['no properties', { properties: undefined }, { lock: 'unknown', online: null, doors: {} }],
		['no state', { properties: { online: true } }, { lock: 'unknown', online: true }],
		['a state of another kind', { properties: { locked: 'yes' } }, { lock: 'unknown' }],
		[
			'offline, with its last state',
			{ properties: { online: false, locked: true } },
			{ lock: 'unknown' },
		],
		[
			'offline, with its last door',
			{ properties: { online: false, door_open: false } },
			{ doors: { door: 'unknown' } },
		],
		[
			'a door sensor without a value',
			{ properties: { door_open: null } },
			{ doors: { door: 'unknown' } },
		],
		['the battery in its old place', { properties: { battery_level: 0.3 } }, { batteryLevel: 0.3 }],
		['a battery out of range', { properties: { battery: { level: 30 } } }, { batteryLevel: null }],
		['no name', { display_name: undefined }, { name: 'd1' }],
		['only an old name', { display_name: '', properties: { name: 'Old' } }, { name: 'Old' }],
	])('%s', (_, change, expected) => {
		expect(readingOf(change)).toMatchObject(expected);
	});
});

describe('why the state is unknown', () => {
	const error = (error_code: string, message?: string) => ({ error_code, message });
	it.each<[string, object[], string | undefined]>([
		['an account', [error('account_disconnected', 'Log in again.')], 'Seam says "Log in again"'],
		['a code without words', [error('hub_disconnected')], 'Seam says "hub_disconnected"'],
		['no more than that it is offline', [error('device_offline', 'It is offline')], undefined],
		['codes for guests', [error('empty_backup_access_code_pool', 'No codes left')], undefined],
		['nothing', [], undefined],
	])('is reported for %s', (_, errors, why) => {
		const offline = readingOf({ properties: { online: false }, errors });
		expect(offline.causes?.lock?.why).toBe(why);
		// a reported state needs no cause
		expect(readingOf({ errors }).causes).toBeUndefined();
	});
});

it.each([null, 'device', [], {}, { device_id: 7 }])('%j is no device', (value) => {
	expect(parseSeamDevice(value)).toBeUndefined();
});

describe('which devices are locks', () => {
	it.each<[string, object, boolean]>([
		['a known type', { device_type: 'august_lock' }, true],
		['a type that nobody has seen yet', { device_type: 'acme_lock' }, true],
		['a lock type with another name', { device_type: 'genie_door' }, true],
		['by its ability', { device_type: 'new_thing', can_remotely_unlock: false }, true],
		['by its capability', { device_type: 'new_thing', capabilities_supported: ['lock'] }, true],
		[
			'a thermostat',
			{ device_type: 'ecobee_thermostat', capabilities_supported: ['thermostat'] },
			false,
		],
		['a phone', { device_type: 'ios_phone', capabilities_supported: ['phone'] }, false],
	])('%s', (_, change, expected) => {
		const device = parseSeamDevice({ device_id: 'd1', properties: {}, ...change })!;
		expect(isLock(device)).toBe(expected);
	});
});
