import type { Answer } from './answer';
import { clock } from '../basics/clock';
import { isRecord } from '../basics/guards';
import { toMsOrNull } from '../basics/times';

/** Estimates a service's clock from its answers. All values are Unix time in milliseconds. */
export class ServiceClock {
	/** How far it is ahead of ours at most. */
	private aheadMs: number | undefined;
	/** How far it is ahead, within about a second. */
	private estimatedAheadMs = 0;
	private latestDateMs = -Infinity;

	/** Its time at `ourMs` on our clock, or later; `undefined` before the first answer. */
	latestAt(ourMs: number): number | undefined {
		return this.aheadMs === undefined ? undefined : ourMs + this.aheadMs;
	}

	/** Its time, within about a second. Before the first answer: our time. */
	now(): number {
		return clock.now() + this.estimatedAheadMs;
	}

	/**
	 * `Date` was written after the request was sent, and lacks the fraction of the second. A cached
	 * answer has an old date: it has an `Age`, or its `Date` is before one that is already known.
	 * What is no successful JSON may come from a gateway, which has another clock.
	 */
	note({ status, headers, json }: Answer, sentAtMs: number): void {
		const isOfService = status < 300 && isRecord(json);
		if (!isOfService || headers.age !== undefined) return;
		const dateMs = toMsOrNull(headers.date);
		if (dateMs === null || dateMs < this.latestDateMs) return;
		this.latestDateMs = dateMs;
		// an answer is dated when it is written, however long the service took
		this.estimatedAheadMs = dateMs + 500 - clock.now();
		this.aheadMs = Math.min(this.aheadMs ?? Infinity, dateMs + 1000 - sentAtMs);
	}
}
