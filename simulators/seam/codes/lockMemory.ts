import type { LockEntry } from './codeTypes';

const isWithin = ({ startsAt, endsAt }: LockEntry, now: number): boolean =>
	(startsAt === null || startsAt <= now) && (endsAt === null || now < endsAt);

/** What the locks themselves hold. Only this decides whether a PIN opens the door. */
export class LockMemory {
	readonly #entries = new Map<string, LockEntry[]>();

	of(deviceId: string): readonly LockEntry[] {
		return this.#entries.get(deviceId) ?? [];
	}

	find(deviceId: string, id: string): LockEntry | undefined {
		return this.of(deviceId).find((entry) => entry.id === id);
	}

	findPin(deviceId: string, pin: string): LockEntry | undefined {
		return this.of(deviceId).find((entry) => entry.pin === pin);
	}

	/** Adds the entry, or replaces the one with its id. */
	put(deviceId: string, entry: LockEntry): void {
		const others = this.of(deviceId).filter(({ id }) => id !== entry.id);
		this.#entries.set(deviceId, [...others, entry]);
	}

	remove(deviceId: string, id: string): void {
		const others = this.of(deviceId).filter((entry) => entry.id !== id);
		this.#entries.set(deviceId, others);
	}

	/** The entry that this PIN opens the door with now, and one that it would at another time. */
	match(deviceId: string, pin: string, now: number): { valid?: LockEntry; known?: LockEntry } {
		const known = this.of(deviceId).filter((entry) => entry.pin === pin);
		return { valid: known.find((entry) => isWithin(entry, now)), known: known[0] };
	}

	clear(): void {
		this.#entries.clear();
	}
}
