/** A published request limit. It only does the arithmetic: the caller supplies the time. */
export interface RateLimit {
	/** Unix time in milliseconds from which one more request is within the limit. */
	nextAllowedAt(nowMs: number): number;
	/** Reserves a slot for a request that will be sent at `atMs`. */
	reserve(atMs: number): void;
}

/** Unix time in milliseconds from which one more request is within all of these limits. */
export function nextSlotMs(limits: readonly RateLimit[], nowMs: number): number {
	return Math.max(nowMs, ...limits.map((limit) => limit.nextAllowedAt(nowMs)));
}

/**
 * A service counts a request when it arrives. One request may take this many milliseconds longer
 * than another, so a later one must not arrive too early.
 */
const ARRIVAL_MS = 1000;

/** At most `limit` requests in any `windowMs` milliseconds. */
export class RateWindow implements RateLimit {
	private readonly sentAtMs: number[] = [];

	constructor(
		private readonly limit: number,
		private readonly windowMs: number,
	) {}

	nextAllowedAt(nowMs: number): number {
		const oldestThatCounts = this.sentAtMs.at(-this.limit);
		return oldestThatCounts === undefined
			? nowMs
			: Math.max(nowMs, oldestThatCounts + this.windowMs + ARRIVAL_MS);
	}

	reserve(atMs: number): void {
		this.sentAtMs.push(atMs);
		// a request that also waits for another limit reserves a later slot than the next one
		this.sentAtMs.sort((a, b) => a - b);
	}
}

/** A bucket of `capacity` requests that refills by one every `refillMs` milliseconds. */
export class RateBucket implements RateLimit {
	/** When the bucket was, or will be, full again. */
	private fullAtMs = 0;

	constructor(
		private readonly capacity: number,
		private readonly refillMs: number,
	) {}

	nextAllowedAt(nowMs: number): number {
		const allowedAtMs = this.fullAtMs - (this.capacity - 1) * this.refillMs;
		return allowedAtMs <= nowMs ? nowMs : allowedAtMs + ARRIVAL_MS;
	}

	reserve(atMs: number): void {
		this.fullAtMs = Math.max(this.fullAtMs, atMs) + this.refillMs;
	}
}
