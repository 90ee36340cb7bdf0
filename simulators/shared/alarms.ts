import type { SimulatorClock } from './clock';

/** The longest delay of `setTimeout`. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Alarm {
	dueAt: number;
	ring: () => void;
}

/**
 * Alarms at a time of the simulator's clock, whether it was advanced or real time passed. They do
 * not keep the process alive.
 */
export class Alarms {
	readonly #clock: SimulatorClock;
	readonly #stopListening: () => void;
	readonly #set = new Set<Alarm>();
	#timer: NodeJS.Timeout | undefined;

	constructor(clock: SimulatorClock) {
		this.#clock = clock;
		this.#stopListening = clock.onAdvance(() => this.#ringDue());
	}

	/** Rings at that time, in milliseconds since 1970, unless it is cancelled before. */
	at(dueAt: number, ring: () => void): () => void {
		const alarm = { dueAt, ring };
		this.#set.add(alarm);
		this.#ringDue();
		return () => void this.#set.delete(alarm);
	}

	clear(): void {
		this.#set.clear();
		clearTimeout(this.#timer);
	}

	/** Cancels all alarms for good. The clock may live on. */
	stop(): void {
		this.clear();
		this.#stopListening();
	}

	#ringDue(): void {
		const now = this.#clock.now();
		const due = [...this.#set].filter(({ dueAt }) => dueAt <= now);
		due.sort((one, other) => one.dueAt - other.dueAt);
		for (const alarm of due) {
			// an alarm may cancel another one that is due at the same time
			if (this.#set.delete(alarm)) alarm.ring();
		}
		this.#wait();
	}

	#wait(): void {
		clearTimeout(this.#timer);
		if (this.#set.size === 0) return;
		const next = Math.min(...[...this.#set].map(({ dueAt }) => dueAt));
		const waitMs = Math.min(Math.max(next - this.#clock.now(), 1), LONGEST_TIMER_MS);
		this.#timer = setTimeout(() => this.#ringDue(), waitMs).unref();
	}
}
