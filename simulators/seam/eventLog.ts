import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SimulatorClock } from '../shared/clock';
import { isoTime } from '../shared/clock';
import { InvalidInput, NotFound, readInput } from '../shared/input';
import type { DeviceEditor, SeamDeviceChange } from './deviceEditor';
import type { SeamStore } from './seamStore';
import type { SeamDevice, SeamEvent } from './seamTypes';

const time = z.string().datetime();

const LEVEL = z.number().min(0).max(1);

const NEW_EVENT = z
	.object({
		event_type: z.string().min(1),
		device_id: z.string(),
		event_id: z.string().optional(),
		created_at: time.optional(),
		occurred_at: time.optional(),
		battery_level: LEVEL.optional(),
		/** Only of `device.low_battery`: the lock's own battery, and that of its keypad. */
		device_battery_level: LEVEL.optional(),
		accessory_keypad_battery_level: LEVEL.optional(),
	})
	.passthrough();

/**
 * An event to add: its type and device, and further members (`method`, `code`, `access_code_id`,
 * …). Both times default to the clock: ISO 8601 in UTC.
 */
export type NewSeamEvent = z.input<typeof NEW_EVENT>;
type ReadEvent = z.output<typeof NEW_EVENT>;

const changeProperty = (name: string, value: unknown): SeamDeviceChange => ({
	properties: { [name]: value },
});

const changeBattery = ({ battery_level: level }: ReadEvent): SeamDeviceChange => {
	if (level === undefined) throw new InvalidInput('battery_level: is required');
	return changeProperty('battery', { level });
};

/** The level that triggered the event is that of one of the two batteries. */
const changeLowBattery = (event: ReadEvent): SeamDeviceChange => {
	const { battery_level: level, accessory_keypad_battery_level: keypad } = event;
	if (keypad === undefined) return changeBattery(event);
	if (level === undefined) throw new InvalidInput('battery_level: is required');
	const own = event.device_battery_level;
	const accessory = { is_connected: true, battery: { level: keypad } };
	return {
		properties: {
			accessory_keypad: accessory,
			...(own === undefined ? {} : { battery: { level: own } }),
		},
	};
};

/** The device's state after an event, for event types that change it. */
const EFFECTS: Readonly<Record<string, (event: ReadEvent) => SeamDeviceChange>> = {
	'lock.locked': () => changeProperty('locked', true),
	'lock.unlocked': () => changeProperty('locked', false),
	'device.connected': () => changeProperty('online', true),
	'device.disconnected': () => changeProperty('online', false),
	'device.low_battery': changeLowBattery,
	'device.battery_status_changed': changeBattery,
};

const REMOVALS = ['device.removed', 'device.deleted'];

/** Seam requires a method on these two. */
const methodOf = (eventType: string): { method?: string } =>
	eventType === 'lock.locked' || eventType === 'lock.unlocked' ? { method: 'manual' } : {};

/** Since 2026 Seam reports the lock's own battery level beside the one that dropped. */
function batteriesOf({ event_type, battery_level: level }: ReadEvent) {
	return event_type === 'device.low_battery' ? { device_battery_level: level } : {};
}

/** Seam's event log. Adding an event also changes the device accordingly. */
export class EventLog {
	readonly #store: SeamStore;
	readonly #clock: SimulatorClock;
	readonly #editor: DeviceEditor;
	/** Called after every event. */
	onNews: () => void = () => undefined;

	constructor(store: SeamStore, clock: SimulatorClock, editor: DeviceEditor) {
		this.#store = store;
		this.#clock = clock;
		this.#editor = editor;
	}

	/** The event as Seam lists it. Throws `InvalidInput`, or `NotFound` for an unknown device. */
	add(wanted: NewSeamEvent): SeamEvent {
		const event = readInput(NEW_EVENT, wanted);
		const device = this.#store.findDevice(event.device_id);
		if (!device) throw new NotFound(`There is no device ${event.device_id}`);
		this.#affect(device, event);
		const now = isoTime(this.#clock.now());
		const added = this.#store.addEvent({
			event_id: randomUUID(),
			workspace_id: device.workspace_id,
			connected_account_id: device.connected_account_id,
			created_at: now,
			occurred_at: event.created_at ?? now,
			...methodOf(event.event_type),
			...batteriesOf(event),
			...event,
		});
		this.onNews();
		return added;
	}

	/**
	 * The bolt of an offline lock stays unknown, even when a late event reports it, and so does that
	 * of a lock which never reports it.
	 */
	#affect(device: SeamDevice, event: ReadEvent): void {
		const change = EFFECTS[event.event_type]?.(event);
		const { online, locked } = device.properties;
		const isSilent = event.event_type.startsWith('lock.') && (!online || locked === undefined);
		if (change && !isSilent) this.#editor.change(device.device_id, change);
		if (REMOVALS.includes(event.event_type)) this.#editor.remove(device.device_id);
	}
}
