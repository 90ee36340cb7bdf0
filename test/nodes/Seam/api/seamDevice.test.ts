import {
	isLock,
	parseSeamDevice,
	toListedDevice,
	toReading,
} from '../../../../nodes/Seam/api/seamDevice';

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
		['an empty battery', { properties: { battery: { level: 0 } } }, { batteryLevel: 0 }],
		['a full battery', { properties: { battery: { level: 1 } } }, { batteryLevel: 1 }],
		['a battery below zero', { properties: { battery: { level: -1 } } }, { batteryLevel: null }],
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
		[
			'two problems',
			[error('hub_disconnected', 'The hub is away.'), error('account_disconnected')],
			'Seam says "The hub is away; account_disconnected"',
		],
		['no more than that it is offline', [error('device_offline', 'It is offline')], undefined],
		['no more than that it is away', [error('device_disconnected', 'It is away')], undefined],
		['the heating', [error('auxiliary_heat_running', 'It heats')], undefined],
		['codes for guests', [error('empty_backup_access_code_pool', 'No codes left')], undefined],
		['what is no problem in Seam’s form', [null as never, {}], undefined],
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
		['by its other ability', { device_type: 'new_thing', can_remotely_lock: false }, true],
		['by its state', { device_type: 'new_thing', properties: { locked: false } }, true],
		['a thing without a type', {}, false],
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

// Seam's types of locks and doors that are not named as locks (OpenAPI, `device_type`)
it.each([
	'avigilon_alta_entry',
	'brivo_access_point',
	'butterflymx_panel',
	'controlbyweb_device',
	'dormakaba_oracode_door',
	'four_suites_door',
	'genie_door',
	'two_n_intercom',
])('%s is a lock', (device_type) => {
	expect(isLock(parseSeamDevice({ device_id: 'd1', device_type })!)).toBe(true);
});

describe('a listed lock', () => {
	const detailsOf = (change: object) => {
		const raw = { ...DEVICE, ...change };
		return toListedDevice(parseSeamDevice(raw)!, raw).details;
	};
	const UNKNOWN = { model: null, manufacturer: null, canLock: null, canUnlock: null };

	it('says what it is, can do and suffers from', () => {
		expect(detailsOf({})).toEqual({ ...UNKNOWN, problems: [] });
		const model = { display_name: 'Smart Lock', manufacturer_display_name: 'August' };
		const errors = [{ error_code: 'x', message: 'Broken.' }, { error_code: 'y' }, 'z'];
		const able = { can_remotely_lock: true, can_remotely_unlock: false };
		expect(detailsOf({ properties: { model, manufacturer: 'Yale' }, ...able, errors })).toEqual({
			model: 'Smart Lock',
			manufacturer: 'August',
			canLock: true,
			canUnlock: false,
			problems: ['Broken.', 'y'],
		});
	});

	it('has the maker that Seam names in the old place', () => {
		expect(detailsOf({ properties: { manufacturer: 'Yale' } })).toMatchObject({
			manufacturer: 'Yale',
		});
	});
});
