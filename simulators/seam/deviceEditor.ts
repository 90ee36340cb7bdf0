import { z } from 'zod';
import type { SimulatorClock } from '../shared/clock';
import { isoTime } from '../shared/clock';
import { InvalidInput, NotFound, readInput } from '../shared/input';
import { mergePatch } from '../shared/json';
import { batteryOf } from './battery';
import type { SeamStore } from './seamStore';
import type { SeamDevice, SeamDeviceProperties } from './seamTypes';

const PROPERTIES = z
	.object({
		online: z.boolean(),
		locked: z.boolean().nullable(),
		door_open: z.boolean().nullable(),
		battery: z
			.object({
				level: z.number().min(0).max(1),
				status: z.enum(['critical', 'low', 'good', 'full']).optional(),
			})
			.nullable(),
	})
	.partial()
	.passthrough();

const CHANGE = z
	.object({
		properties: PROPERTIES,
		can_remotely_lock: z.boolean().nullable(),
		can_remotely_unlock: z.boolean().nullable(),
		errors: z.array(z.object({ error_code: z.string() }).passthrough()),
	})
	.partial()
	.passthrough();

/**
 * A JSON Merge Patch of Seam's device object: named members change, `null` removes. `{ properties:
 * { door_open: true } }` opens the door.
 */
export type SeamDeviceChange = Record<string, unknown>;
type ReadChange = z.output<typeof CHANGE>;

const IDENTITY = ['device_id', 'workspace_id', 'device_type', 'created_at'];
const HIDDEN_WHILE_OFFLINE = ['locked', 'battery', 'battery_level'];
const REMOTE_FLAGS = [
	'can_remotely_lock',
	'can_remotely_unlock',
	'can_program_online_access_codes',
];
const OFFLINE_ERROR = 'device_offline';

type Members = Record<string, unknown>;

const pick = (from: Members, names: readonly string[]): Members =>
	Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));

const omit = (from: Members, names: readonly string[]): Members =>
	Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)));

/** Changes devices the way a lock does: going offline hides what Seam can no longer know. */
export class DeviceEditor {
	readonly #store: SeamStore;
	readonly #clock: SimulatorClock;
	/** The values from before offline devices went offline, by device id. */
	#hidden = new Map<string, { properties: Members; flags: Members }>();
	#savedHidden = this.#hidden;

	constructor(store: SeamStore, clock: SimulatorClock) {
		this.#store = store;
		this.#clock = clock;
	}

	/** The device after the change. Throws `NotFound`, or `InvalidInput` for an invalid change. */
	change(deviceId: string, wanted: SeamDeviceChange): SeamDevice {
		const device = this.#store.findDevice(deviceId);
		if (!device) throw new NotFound(`There is no device ${deviceId}`);
		const change = readInput(CHANGE, wanted);
		const fixed = IDENTITY.find((name) => name in change);
		if (fixed) throw new InvalidInput(`${fixed}: cannot be changed`);
		const changed = mergePatch(this.#switchOnline(device, change), withBattery(change));
		this.#store.replaceDevice(changed as SeamDevice);
		return changed as SeamDevice;
	}

	remove(deviceId: string): void {
		this.#store.setDevices(this.#store.devices.filter((device) => device.device_id !== deviceId));
	}

	save(): void {
		this.#savedHidden = new Map(this.#hidden);
	}

	restore(): void {
		this.#hidden = new Map(this.#savedHidden);
	}

	#switchOnline(device: SeamDevice, change: ReadChange): SeamDevice {
		const online = change.properties?.online ?? device.properties.online;
		if (online === device.properties.online) return device;
		return online ? this.#bringOnline(device) : this.#takeOffline(device);
	}

	#takeOffline(device: SeamDevice): SeamDevice {
		this.#hidden.set(device.device_id, {
			properties: pick(device.properties, HIDDEN_WHILE_OFFLINE),
			flags: pick(device, REMOTE_FLAGS),
		});
		const offlineFlags = Object.keys(pick(device, REMOTE_FLAGS)).map((name) => [name, false]);
		const error = {
			error_code: OFFLINE_ERROR,
			message: 'Device is offline',
			created_at: isoTime(this.#clock.now()),
			is_device_error: true,
		};
		return {
			...device,
			...(Object.fromEntries(offlineFlags) as Members),
			errors: [...device.errors, error],
			properties: omit(device.properties, HIDDEN_WHILE_OFFLINE) as SeamDeviceProperties,
		};
	}

	#bringOnline(device: SeamDevice): SeamDevice {
		const { properties, flags } = this.#hidden.get(device.device_id) ?? {};
		this.#hidden.delete(device.device_id);
		return {
			...device,
			...flags,
			errors: device.errors.filter((error) => error.error_code !== OFFLINE_ERROR),
			properties: { ...device.properties, ...properties },
		};
	}
}

/** Keeps both battery levels, and the word for the level, in step with the change. */
function withBattery(change: ReadChange): SeamDeviceChange {
	const battery = change.properties?.battery;
	if (battery === undefined) return change;
	const reported = battery ? batteryOf(battery.level, battery.status) : { battery_level: null };
	return { ...change, properties: { ...change.properties, ...reported } };
}
