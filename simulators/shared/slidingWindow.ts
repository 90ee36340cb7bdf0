import type { SimulatorClock } from './clock';

const WINDOW_MS = 60_000;

/** Counts accepted requests for each key over a sliding minute of the simulator's clock. */
export class SlidingWindow {
	readonly #clock: SimulatorClock;
	readonly #accepted = new Map<string, number[]>();

	constructor(clock: SimulatorClock) {
		this.#clock = clock;
	}

	/** Null if one more is within the limit, else the whole seconds until it is. */
	take(key: string, limit: number): number | null {
		const now = this.#clock.now();
		const recent = (this.#accepted.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
		const blocking = recent.at(-limit);
		if (blocking !== undefined) return Math.ceil((blocking + WINDOW_MS - now) / 1000);
		this.#accepted.set(key, [...recent, now]);
		return null;
	}

	reset(): void {
		this.#accepted.clear();
	}
}
