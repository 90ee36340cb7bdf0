import { isoTime } from '../shared/clock';
import type { DeviceEditor } from './deviceEditor';
import type { SeamStore } from './seamStore';
import type { SeamDevice } from './seamTypes';
import { batteryOf } from './battery';

/** The official fake's own keys. */
export const API_KEY = 'seam_apikey1_token';
export const OTHER_WORKSPACE_API_KEY = 'seam_apikey2_token';
export const PERSONAL_ACCESS_TOKEN = 'seam_at1_longtoken';

export const HOME_WORKSPACE = 'seed_workspace_1';
export const HOLIDAY_WORKSPACE = 'seed_workspace_2';

/** August; unlocked, its door closed. */
export const FRONT_DOOR = '11111111-1111-4111-8111-111111111111';
/** Schlage; locked, its door open. */
export const BACK_DOOR = '22222222-2222-4222-8222-222222222222';
/** Yale; locked, without a door sensor; never confirms a command. */
export const OFFICE_DOOR = '33333333-3333-4333-8333-333333333333';
/** August; offline. */
export const GARAGE_DOOR = '44444444-4444-4444-8444-444444444444';
/** igloohome; a keypad lock that cannot be controlled remotely and does not report its state. */
export const CELLAR_KEYPAD = '55555555-5555-4555-8555-555555555555';
/** Not a lock. */
export const HALL_THERMOSTAT = '66666666-6666-4666-8666-666666666666';
/** August, in the other workspace; locked. */
export const HOLIDAY_FLAT = '77777777-7777-4777-8777-777777777777';

/** Brands that accept a command without ever confirming that the bolt moved. */
export const UNCONFIRMING_DEVICE_TYPES: ReadonlySet<string> = new Set(['yale_lock']);

const USER = 'john_user_id';
const AUGUST_ACCOUNT = 'john_connected_account_id';
const OTHER_BRANDS_ACCOUNT = 'jane_connected_account_id';
const HOLIDAY_ACCOUNT = 'holiday_connected_account_id';

const FIRST_DEVICE_CREATED_AT_MS = Date.parse('2026-01-05T09:00:00.000Z');
const MINUTE_MS = 60_000;

interface DeviceOutline {
	id: string;
	type: string;
	name: string;
	maker: string;
	model: string;
	account?: string;
	workspace?: string;
	/** In minutes after the first device. Lists use this order. */
	addedAfterMinutes: number;
	capabilities: string[];
	properties?: Record<string, unknown>;
	more?: Record<string, unknown>;
}

function createDevice(outline: DeviceOutline): SeamDevice {
	const { maker, model, name } = outline;
	return {
		device_id: outline.id,
		device_type: outline.type,
		workspace_id: outline.workspace ?? HOME_WORKSPACE,
		connected_account_id: outline.account ?? OTHER_BRANDS_ACCOUNT,
		display_name: name,
		created_at: isoTime(FIRST_DEVICE_CREATED_AT_MS + outline.addedAfterMinutes * MINUTE_MS),
		is_managed: true,
		capabilities_supported: outline.capabilities,
		custom_metadata: {},
		space_ids: [],
		errors: [],
		warnings: [],
		device_provider: { display_name: maker, device_provider_name: maker.toLowerCase() },
		device_manufacturer: { display_name: maker, manufacturer: maker.toLowerCase() },
		...outline.more,
		properties: {
			online: true,
			name,
			appearance: { name },
			manufacturer: maker.toLowerCase(),
			model: { display_name: model, manufacturer_display_name: maker },
			...outline.properties,
		},
	};
}

const REMOTE_LOCK = {
	can_remotely_lock: true,
	can_remotely_unlock: true,
	can_program_online_access_codes: true,
};

/** What a lock's keypad accepts. Seam publishes these with each device. */
const keypadOf = (lengths: number[], places: number) => ({
	supported_code_lengths: lengths,
	max_active_codes_supported: places,
	supports_backup_access_code_pool: true,
});

const LOCK_CAPABILITIES = ['access_code', 'lock', 'battery'];

type AugustOutline = Pick<DeviceOutline, 'id' | 'name' | 'addedAfterMinutes'> & {
	account?: string;
	workspace?: string;
	properties: Record<string, unknown>;
	more?: Record<string, unknown>;
};

const createAugustLock = (outline: AugustOutline): SeamDevice =>
	createDevice({
		type: 'august_lock',
		maker: 'August',
		model: 'Wi-Fi Smart Lock',
		account: AUGUST_ACCOUNT,
		capabilities: LOCK_CAPABILITIES,
		...outline,
		properties: {
			has_native_entry_events: true,
			...keypadOf([4, 5, 6], 100),
			...outline.properties,
		},
		more: { ...REMOTE_LOCK, can_unlock_with_code: true, ...outline.more },
	});

const frontDoor = () =>
	createAugustLock({
		id: FRONT_DOOR,
		name: 'Front door',
		addedAfterMinutes: 0,
		properties: { locked: false, door_open: false, ...batteryOf(0.82) },
		more: { location: { location_name: 'Home', time_zone: 'Europe/Stockholm' } },
	});

const backDoor = () =>
	createDevice({
		id: BACK_DOOR,
		type: 'schlage_lock',
		name: 'Back door',
		maker: 'Schlage',
		model: 'Encode Plus',
		addedAfterMinutes: 1,
		capabilities: LOCK_CAPABILITIES,
		properties: {
			locked: true,
			door_open: true,
			...batteryOf(0.41),
			appearance: { name: 'Schlage Encode' },
			...keypadOf([4, 5, 6, 7, 8], 30),
			code_constraints: [{ constraint_type: 'no_all_same_digits' }],
		},
		more: { ...REMOTE_LOCK, nickname: 'Back door', can_unlock_with_code: true },
	});

const officeDoor = () =>
	createDevice({
		id: OFFICE_DOOR,
		type: 'yale_lock',
		name: 'Office',
		maker: 'Yale',
		model: 'Assure Lock 2',
		addedAfterMinutes: 2,
		capabilities: LOCK_CAPABILITIES,
		properties: { locked: true, ...batteryOf(0.95), ...keypadOf([4, 5, 6], 100) },
		more: REMOTE_LOCK,
	});

const garageDoor = () =>
	createAugustLock({
		id: GARAGE_DOOR,
		name: 'Garage side door',
		addedAfterMinutes: 3,
		properties: { locked: true, ...batteryOf(0.66) },
	});

const cellarKeypad = () =>
	createDevice({
		id: CELLAR_KEYPAD,
		type: 'igloo_lock',
		name: 'Cellar keypad',
		maker: 'igloohome',
		model: 'Smart Keybox 3',
		addedAfterMinutes: 4,
		capabilities: ['access_code'],
		properties: batteryOf(0.54),
		more: { can_program_offline_access_codes: true },
	});

const hallThermostat = () =>
	createDevice({
		id: HALL_THERMOSTAT,
		type: 'ecobee_thermostat',
		name: 'Hallway thermostat',
		maker: 'ecobee',
		model: 'Smart Thermostat Premium',
		addedAfterMinutes: 5,
		capabilities: ['thermostat'],
		properties: { temperature_celsius: 20.5, relative_humidity: 0.38, is_fan_running: false },
	});

const holidayFlat = () =>
	createAugustLock({
		id: HOLIDAY_FLAT,
		name: 'Holiday flat',
		workspace: HOLIDAY_WORKSPACE,
		account: HOLIDAY_ACCOUNT,
		addedAfterMinutes: 6,
		properties: { locked: true, ...batteryOf(0.73) },
		more: { location: { location_name: 'Holiday flat', time_zone: 'Europe/Athens' } },
	});

/** Replaces the fake's devices and events. Its keys, workspaces and token stay. */
export function seedHome(store: SeamStore, editor: DeviceEditor): void {
	store.renameWorkspace(HOME_WORKSPACE, 'Home');
	store.renameWorkspace(HOLIDAY_WORKSPACE, 'Holiday');
	store.addMember(USER, HOLIDAY_WORKSPACE);
	store.addAccount(HOLIDAY_ACCOUNT, HOLIDAY_WORKSPACE, 'august', 'john@example.com');
	store.setEvents([]);
	store.setDevices([
		frontDoor(),
		backDoor(),
		officeDoor(),
		garageDoor(),
		cellarKeypad(),
		hallThermostat(),
		holidayFlat(),
	]);
	editor.change(GARAGE_DOOR, { properties: { online: false } });
}

const GENERATED_LOCKS_FROM_MINUTE = 60;

const NUMBERED_ID_START = '00000000-0000-4000-8000-';

const numberOf = ({ device_id: id }: SeamDevice): number =>
	id.startsWith(NUMBERED_ID_START) ? Number(id.slice(NUMBERED_ID_START.length)) : 0;

function createNumberedLock(number: number): SeamDevice {
	const digits = String(number);
	return createAugustLock({
		id: NUMBERED_ID_START + digits.padStart(12, '0'),
		name: `Lock ${digits.padStart(3, '0')}`,
		addedAfterMinutes: GENERATED_LOCKS_FROM_MINUTE + number,
		properties: { locked: number % 2 === 1, ...batteryOf(0.9) },
	});
}

/** Adds locks "Lock 001" and so on, alternately locked and unlocked. Returns their ids. */
export function addNumberedLocks(store: SeamStore, count: number): string[] {
	const last = Math.max(0, ...store.devices.map(numberOf));
	const added = Array.from({ length: count }, (_, index) => createNumberedLock(last + index + 1));
	store.setDevices([...store.devices, ...added]);
	return added.map((device) => device.device_id);
}
