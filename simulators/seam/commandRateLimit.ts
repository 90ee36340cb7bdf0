import type { SimulatorClock } from '../shared/clock';
import type { SeamActionType } from './seamTypes';

/** https://docs.seam.co/latest/api/rate-limits-and-guardrails: 15 lock and 15 unlock requests a minute. */
const REQUESTS_PER_WINDOW = 15;
const WINDOW_MS = 60_000;

/** Counts lock and unlock requests of each device over a sliding minute of the simulator's clock. */
export class CommandRateLimit {
	readonly #clock: SimulatorClock;
	readonly #accepted = new Map<string, number[]>();

	constructor(clock: SimulatorClock) {
		this.#clock = clock;
	}

	/** Null where the request is within the limit, else the whole seconds until one will be. */
	take(deviceId: string, action: SeamActionType): number | null {
		const now = this.#clock.now();
		const key = `${deviceId} ${action}`;
		const recent = (this.#accepted.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
		const [oldest] = recent;
		const isFull = recent.length >= REQUESTS_PER_WINDOW;
		this.#accepted.set(key, isFull ? recent : [...recent, now]);
		return isFull && oldest !== undefined ? Math.ceil((oldest + WINDOW_MS - now) / 1000) : null;
	}

	reset(): void {
		this.#accepted.clear();
	}
}
