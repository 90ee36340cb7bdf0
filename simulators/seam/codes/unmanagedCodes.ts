import { randomUUID } from 'node:crypto';
import type { SimulatorClock } from '../../shared/clock';
import { isoTime } from '../../shared/clock';
import { NotFound } from '../../shared/input';
import type { EventLog } from '../eventLog';
import type { SeamStore } from '../seamStore';
import type { LockEntry, SeamUnmanagedCode } from './codeTypes';
import type { LockMemory } from './lockMemory';

const timeOrNull = (at: number | null): string | null => (at === null ? null : isoTime(at));

/** Codes that people made in the maker's app: they are on the lock, and Seam only lists them. */
export class UnmanagedCodes {
	readonly #store: SeamStore;
	readonly #memory: LockMemory;
	readonly #clock: SimulatorClock;
	readonly #events: EventLog;
	#createdAt = new Map<string, number>();

	constructor(store: SeamStore, memory: LockMemory, clock: SimulatorClock, events: EventLog) {
		this.#store = store;
		this.#memory = memory;
		this.#clock = clock;
		this.#events = events;
	}

	/** Somebody adds a code at the lock. Throws `NotFound`. */
	add(deviceId: string, content: Omit<LockEntry, 'id' | 'isManaged'>): LockEntry {
		if (!this.#store.findDevice(deviceId)) throw new NotFound(`There is no device ${deviceId}`);
		const entry = { ...content, id: randomUUID(), isManaged: false };
		this.#memory.put(deviceId, entry);
		this.#createdAt.set(entry.id, this.#clock.now());
		this.#tell(deviceId, entry.id, 'created');
		return entry;
	}

	remove(deviceId: string, id: string): void {
		this.#memory.remove(deviceId, id);
		this.#createdAt.delete(id);
		this.#tell(deviceId, id, 'removed');
	}

	of(deviceId: string): SeamUnmanagedCode[] {
		const device = this.#store.findDevice(deviceId);
		if (!device) return [];
		const now = this.#clock.now();
		const entries = this.#memory.of(deviceId).filter(({ isManaged }) => !isManaged);
		return entries.map(({ id, pin, name, startsAt, endsAt }) => ({
			access_code_id: id,
			device_id: deviceId,
			workspace_id: device.workspace_id,
			created_at: isoTime(this.#createdAt.get(id) ?? now),
			name,
			code: pin,
			type: endsAt === null ? 'ongoing' : 'time_bound',
			status: startsAt === null || startsAt <= now ? 'set' : 'unset',
			starts_at: timeOrNull(startsAt),
			ends_at: timeOrNull(endsAt),
			is_managed: false,
			errors: [],
			warnings: [],
		}));
	}

	reset(): void {
		this.#createdAt.clear();
	}

	#tell(device_id: string, access_code_id: string, what: string): void {
		this.#events.add({ event_type: `access_code.unmanaged.${what}`, device_id, access_code_id });
	}
}
