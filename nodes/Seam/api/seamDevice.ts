import type { ListedDevice } from '../../shared/service/lockService';
import { causeFrom } from '../../shared/model/cause';
import type { Openness, Parts, Reading } from '../../shared/model/lockStatus';
import { arrayOf, isRecord, recordOf, textOf } from '../../shared/basics/guards';

/**
 * The parts of Seam's device object that this pack reads. Seam often adds fields and device types,
 * so everything but the id may be missing or of an unexpected type. Source: OpenAPI of Seam, schema
 * `device` (August 2026); docs, "Lock and Unlock", "Capability Guides".
 */
export interface SeamDevice {
	device_id: string;
	device_type: string;
	display_name: string;
	properties: Record<string, unknown>;
	/**
	 * `undefined`: the model cannot do it. `false`: it can, but not now (for example without its
	 * bridge).
	 */
	can_remotely_lock: boolean | undefined;
	can_remotely_unlock: boolean | undefined;
	capabilities_supported: string[];
	/** Seam's own sentences about problems of the device or its account. */
	errors: string[];
	/** The same problems as Seam's codes, such as `device_removed`. */
	errorCodes: string[];
	/** The sentences that explain an unknown state. */
	causes: string[];
}

export function parseSeamDevice(value: unknown): SeamDevice | undefined {
	if (!isRecord(value)) return undefined;
	const deviceId = textOf(value.device_id);
	if (deviceId === undefined) return undefined;
	const properties = recordOf(value.properties);
	return {
		device_id: deviceId,
		device_type: textOf(value.device_type) ?? '',
		display_name: textOf(value.display_name) ?? textOf(properties.name) ?? deviceId,
		properties,
		can_remotely_lock: booleanOf(value.can_remotely_lock),
		can_remotely_unlock: booleanOf(value.can_remotely_unlock),
		capabilities_supported: arrayOf(value.capabilities_supported).filter(
			(capability) => typeof capability === 'string',
		),
		errors: arrayOf(value.errors).flatMap(wordsOf),
		errorCodes: arrayOf(value.errors).flatMap((error) => textOf(recordOf(error).error_code) ?? []),
		causes: arrayOf(value.errors).filter(isCause).flatMap(wordsOf),
	};
}

function wordsOf(error: unknown): string | [] {
	return textOf(recordOf(error).message) ?? textOf(recordOf(error).error_code) ?? [];
}

/**
 * These codes say only that the device is offline, or nothing about its state. Source: OpenAPI of
 * Seam, `errors` of a device.
 */
const NO_CAUSES = new Set([
	'auxiliary_heat_running',
	'device_disconnected',
	'device_offline',
	'empty_backup_access_code_pool',
]);

function isCause(error: unknown): boolean {
	return !NO_CAUSES.has(textOf(recordOf(error).error_code) ?? '');
}

/** Lock types in Seam's list whose names do not end in `_lock`. */
const OTHER_LOCK_TYPES = new Set([
	'avigilon_alta_entry',
	'brivo_access_point',
	'butterflymx_panel',
	'controlbyweb_device',
	'dormakaba_oracode_door',
	'four_suites_door',
	'genie_door',
	'two_n_intercom',
]);

/** Seam also lists thermostats, sensors and phones, and adds lock types every few weeks. */
export function isLock(device: SeamDevice): boolean {
	return (
		device.device_type.endsWith('_lock') ||
		OTHER_LOCK_TYPES.has(device.device_type) ||
		device.capabilities_supported.includes('lock') ||
		device.can_remotely_lock !== undefined ||
		device.can_remotely_unlock !== undefined ||
		typeof device.properties.locked === 'boolean'
	);
}

/** Seam reports no time for a device's state, so `observedAt` stays `null`. */
export function toReading(device: SeamDevice, raw: unknown): Reading {
	const { properties } = device;
	const online = booleanOf(properties.online) ?? null;
	// the last state of an offline lock says nothing about its current one
	const isKnown = online !== false;
	const locked = isKnown ? booleanOf(properties.locked) : undefined;
	return {
		service: 'seam',
		deviceId: device.device_id,
		deviceType: 'lock',
		name: device.display_name,
		lock: locked === undefined ? 'unknown' : locked ? 'locked' : 'unlocked',
		doors: doorOf(properties, isKnown),
		windows: {},
		openings: {},
		online,
		batteryLevel: batteryLevelOf(properties),
		observedAt: null,
		...(locked === undefined && device.causes.length > 0
			? { causes: { lock: causeFrom(saidBySeam(device.causes), 'Seam') } }
			: {}),
		raw,
	};
}

function saidBySeam(causes: readonly string[]) {
	const words = causes.map((cause) => cause.replace(/\.$/, '')).join('; ');
	return { reason: 'offline', what: `Seam says "${words}"`, userAction: '' } as const;
}

/** Only a lock that senses its door reports `door_open`. */
function doorOf(properties: Record<string, unknown>, isKnown: boolean): Parts {
	if (!('door_open' in properties)) return {};
	const open = isKnown ? booleanOf(properties.door_open) : undefined;
	const door: Openness = open === undefined ? 'unknown' : open ? 'open' : 'closed';
	return { door };
}

function batteryLevelOf(properties: Record<string, unknown>): number | null {
	const level = recordOf(properties.battery).level ?? properties.battery_level;
	return typeof level === 'number' && level >= 0 && level <= 1 ? level : null;
}

/** Additional fields of `getMany`. `null` = Seam says that the model cannot do it. */
export function toListedDevice(device: SeamDevice, raw: unknown): ListedDevice {
	const model = recordOf(device.properties.model);
	return {
		deviceId: device.device_id,
		name: device.display_name,
		reading: toReading(device, raw),
		raw,
		details: {
			model: textOf(model.display_name) ?? null,
			manufacturer:
				textOf(model.manufacturer_display_name) ?? textOf(device.properties.manufacturer) ?? null,
			canLock: device.can_remotely_lock ?? null,
			canUnlock: device.can_remotely_unlock ?? null,
			problems: device.errors,
		},
	};
}

function booleanOf(value: unknown): boolean | undefined {
	return typeof value === 'boolean' ? value : undefined;
}
