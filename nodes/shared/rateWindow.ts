/**
 * A published limit of `limit` requests in any `windowMs` milliseconds. Pure bookkeeping: the caller
 * brings the time.
 */
export class RateWindow {
	private readonly sentAtMs: number[] = [];

	constructor(
		private readonly limit: number,
		private readonly windowMs: number,
	) {}

	/** Unix time in milliseconds from which one more request is within the limit. */
	nextAllowedAt(nowMs: number): number {
		const oldestThatCounts = this.sentAtMs.at(-this.limit);
		return oldestThatCounts === undefined
			? nowMs
			: Math.max(nowMs, oldestThatCounts + this.windowMs);
	}

	/** Takes a place for a request that will go out at `atMs`. */
	reserve(atMs: number): void {
		this.sentAtMs.push(atMs);
	}
}
