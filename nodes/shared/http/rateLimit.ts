/** A published limit of requests. Pure bookkeeping: the caller brings the time. */
export interface RateLimit {
	/** Unix time in milliseconds from which one more request is within the limit. */
	nextAllowedAt(nowMs: number): number;
	/** Takes a place for a request that will go out at `atMs`. */
	reserve(atMs: number): void;
}

/** Unix time in milliseconds from which one more request is within all of these limits. */
export function timeOfPlace(limits: readonly RateLimit[], nowMs: number): number {
	return Math.max(nowMs, ...limits.map((limit) => limit.nextAllowedAt(nowMs)));
}

/**
 * A service counts a request when it arrives. Milliseconds by which one may be on its way for longer than
 * another, so that a later one does not come too early.
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
		// a request that also waits for another limit takes a place that is later than the next one's
		this.sentAtMs.sort((a, b) => a - b);
	}
}

/** A bucket of `capacity` requests that gets one back every `refillMs` milliseconds. */
export class RateBucket implements RateLimit {
	/** When the bucket was or will be full again. */
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
