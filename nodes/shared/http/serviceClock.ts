import type { Answer } from './answer';
import { clock } from '../basics/clock';
import { toldMsOf } from '../basics/times';

/** What the answers of a service tell of its clock. All values are Unix time in milliseconds. */
export class ServiceClock {
	/** How far it is ahead of ours at the most. */
	private aheadMs: number | undefined;
	/** How far it is ahead, within a second or so. */
	private estimatedAheadMs = 0;
	private latestToldMs = -Infinity;

	/** What it shows at `ourMs` of ours, or later; `undefined` before the service has told its time. */
	latestAt(ourMs: number): number | undefined {
		return this.aheadMs === undefined ? undefined : ourMs + this.aheadMs;
	}

	/** What it shows at `ourMs` of ours, to a second or so; ours before the service has told its time. */
	estimatedAt(ourMs: number): number {
		return ourMs + this.estimatedAheadMs;
	}

	/**
	 * `Date` was written after the request left, and leaves out the fraction of the second. That of an answer
	 * which was kept on the way is an old one: with an `Age`, or before a `Date` that is known already.
	 */
	note({ headers }: Answer, sentAtMs: number): void {
		const toldMs = toldMsOf(headers.date);
		if (toldMs === undefined || headers.age !== undefined || toldMs < this.latestToldMs) return;
		this.latestToldMs = toldMs;
		// an answer gets its date when it is written, however long the service took
		this.estimatedAheadMs = toldMs + 500 - clock.now();
		this.aheadMs = Math.min(this.aheadMs ?? Infinity, toldMs + 1000 - sentAtMs);
	}
}
