import type { Answer } from './answer';
import { clock } from '../basics/clock';
import { isRecord } from '../basics/guards';
import { MINUTE_MS, toMsOrNull } from '../basics/times';

/** Answers whose clocks differ by less go by the same clock. */
const SAME_CLOCK_MS = MINUTE_MS;

/** A clock that answers go by. All values are Unix time in milliseconds. */
interface Reckoning {
	/** How far it is ahead of ours, within about a second. */
	estimatedAheadMs: number;
	/** The same, at most. `undefined` before an answer. */
	aheadMs: number | undefined;
	latestDateMs: number;
	/** How many answers, each later than the last, go by it. Our own clock counts as one. */
	witnesses: number;
}

/**
 * Estimates a service's clock from its answers. All values are Unix time in milliseconds. One wrong
 * `Date` must neither make a reading old nor end a guest's code, so the clock counts that most
 * answers go by.
 */
export class ServiceClock {
	/** Ours, which is usually right. */
	private readonly own: Reckoning = {
		estimatedAheadMs: 0,
		aheadMs: undefined,
		latestDateMs: -Infinity,
		witnesses: 1,
	};
	private readonly known: Reckoning[] = [this.own];
	private believed = this.own;

	/**
	 * Its time at `ourMs` on our clock, or later; `undefined` before the first answer. Of several
	 * clocks the latest counts: too late a time can delay a proof, too early a one can create it.
	 */
	latestAt(ourMs: number): number | undefined {
		const limits = this.known.flatMap(({ aheadMs }) => aheadMs ?? []);
		return limits.length === 0 ? undefined : ourMs + Math.max(...limits);
	}

	/** Its time, within about a second. Before the first answer: our time. */
	now(): number {
		return clock.now() + this.believed.estimatedAheadMs;
	}

	/**
	 * `Date` was written after the request was sent, and lacks the fraction of the second. A cached
	 * answer has an old date: it has an `Age`, or its `Date` is before one that is already known.
	 * What is no success may come from a gateway.
	 */
	note({ status, headers, json }: Answer, sentAtMs: number): void {
		const dateMs = toMsOrNull(headers.date);
		const isOfService = status >= 200 && status < 300 && isRecord(json);
		if (dateMs === null || !isOfService || headers.age !== undefined) return;
		// an answer is dated when it is written, however long the service took
		const estimatedAheadMs = dateMs + 500 - clock.now();
		const reckoning = this.reckoningOf(estimatedAheadMs);
		if (dateMs < reckoning.latestDateMs) return;
		if (dateMs > reckoning.latestDateMs) reckoning.witnesses++;
		reckoning.latestDateMs = dateMs;
		reckoning.estimatedAheadMs = estimatedAheadMs;
		reckoning.aheadMs = Math.min(reckoning.aheadMs ?? Infinity, dateMs + 1000 - sentAtMs);
		this.believed = this.mostCredible(reckoning);
	}

	private reckoningOf(estimatedAheadMs: number): Reckoning {
		const isSame = (one: Reckoning) =>
			Math.abs(one.estimatedAheadMs - estimatedAheadMs) < SAME_CLOCK_MS;
		const found = this.known.find(isSame);
		if (found !== undefined) return found;
		const added = { estimatedAheadMs, aheadMs: undefined, latestDateMs: -Infinity, witnesses: 0 };
		this.known.push(added);
		return added;
	}

	/** The first answer is believed. A later one against it only if more go by the same clock. */
	private mostCredible(latest: Reckoning): Reckoning {
		const isFirst = this.believed.aheadMs === undefined;
		return isFirst || latest.witnesses > this.believed.witnesses ? latest : this.believed;
	}
}
