/** A published limit of requests. Pure bookkeeping: the caller brings the time. */
export interface RateLimit {
	/** Unix time in milliseconds from which one more request is within the limit. */
	nextAllowedAt(nowMs: number): number;
	/** Takes a place for a request that will go out at `atMs`. */
	reserve(atMs: number): void;
}

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
			: Math.max(nowMs, oldestThatCounts + this.windowMs);
	}

	reserve(atMs: number): void {
		this.sentAtMs.push(atMs);
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
		return Math.max(nowMs, this.fullAtMs - (this.capacity - 1) * this.refillMs);
	}

	reserve(atMs: number): void {
		this.fullAtMs = Math.max(this.fullAtMs, atMs) + this.refillMs;
	}
}
