import type { Reading } from '../lockStatus';
import { MINUTE_MS } from '../times';
import type { Change } from './events';
import { FoundChanges, leftEventOf } from './foundChanges';
import {
	copyOfKnown,
	setSinces,
	setStates,
	sincesOf,
	statesOf,
	type KnownDevice,
	type KnownLog,
} from './knownDevice';
import {
	TIME_TOLERANCE_MS,
	type LoggedChange,
	type Observation,
	type WatchRules,
} from './observation';
import { isOut, knownStates, timeOfPart, type KnownState, type PartPath } from './parts';

export interface Observed {
	known: KnownDevice;
	changes: Change[];
	/** Something that was pushed was older than what is known. */
	isLate: boolean;
}

/** A reading of a lock with a log may be so far behind: Seam asks many brands every ten minutes only. */
const LOG_LEADS_MS = 15 * MINUTE_MS;
/** An entry may be so much later than its reading: 70 seconds in Seam's own sample. */
const LOG_LAGS_MS = 1.5 * MINUTE_MS;

/**
 * Compares an observation with what is known of a device: what has changed, and what is known from now on. Pure: the
 * same input gives the same answer, ids included.
 *
 * The first observation is a baseline and changes nothing. A value that is not known neither changes nor
 * overwrites anything. A reading that is older than the one before is passed over.
 * @param nowMs What the service's clock shows, Unix time in milliseconds.
 */
export function observe(
	known: KnownDevice | undefined,
	observation: Observation,
	rules: WatchRules,
	nowMs: number,
): Observed {
	return new Comparison(known, observation, rules, nowMs).result();
}

class Comparison {
	private readonly known: KnownDevice;
	private readonly states: Map<PartPath, KnownState>;
	private readonly sinces: Map<PartPath, number>;
	private readonly isBaseline: boolean;
	private readonly reading: Reading;
	private readonly readingAtMs: number | null;
	private readonly found: FoundChanges;
	private readonly sequence: number | undefined;
	private isLate = false;

	constructor(
		known: KnownDevice | undefined,
		{ reading, log, sequence }: Observation,
		private readonly rules: WatchRules,
		private readonly nowMs: number,
	) {
		this.isBaseline = known === undefined;
		this.known = known === undefined ? { name: reading.name } : copyOfKnown(known);
		this.states = statesOf(this.known);
		this.sinces = sincesOf(this.known);
		this.reading = reading;
		this.found = new FoundChanges(this.known, reading, nowMs);
		this.sequence = sequence;
		const lockAtMs = timeOfPart(reading, 'lock');
		// a clock that was ahead once must not make every later reading look old
		this.readingAtMs = lockAtMs === null ? null : Math.min(lockAtMs, nowMs);
		if (
			this.isBaseline &&
			knownStates(reading).some(([path]) => timeOfPart(reading, path) === null)
		) {
			// after a new baseline the counter must not give ids a second time
			this.known.changes = Math.floor(nowMs / 1000);
		}
		if (log === undefined) delete this.known.log;
		else this.followLog(log);
		if (!this.isOlderThanKnown()) this.compareReading(log !== undefined);
		if (!this.isBaseline) this.tellWhatWasLeft();
	}

	result(): Observed {
		setStates(this.known, this.states);
		setSinces(this.known, this.sinces);
		return {
			known: { ...this.known, name: this.reading.name },
			changes: this.found.of(this.rules.events),
			isLate: this.isLate,
		};
	}

	private isOlderThanKnown(): boolean {
		const { at } = this.known;
		if (this.sequence !== undefined) return false;
		return at !== undefined && this.readingAtMs !== null && this.readingAtMs < at;
	}

	private compareReading(hasLog: boolean): void {
		for (const [path, state] of knownStates(this.reading)) {
			if (this.sequence !== undefined && this.isOvertaken(path, state, this.sequence)) {
				this.isLate = true;
			} else if (path === 'lock' && hasLog) this.compareWithLog(state);
			else this.see(path, state);
		}
		if (this.readingAtMs !== null) {
			this.known.at = Math.max(
				this.readingAtMs,
				this.sequence === undefined ? 0 : (this.known.at ?? 0),
			);
		}
	}

	/**
	 * Keeps the place of a value, unless a newer one is known. The sequence decides where the times are equal or one of
	 * them is missing, and another value in the same place is no newer one.
	 */
	private isOvertaken(path: PartPath, state: KnownState, sequence: number): boolean {
		const toldMs = timeOfPart(this.reading, path) ?? 0;
		// a clock that was ahead once must not make every later delivery look old
		const atMs = toldMs > this.nowMs ? 0 : toldMs;
		const known = this.known.order?.[path];
		if (known !== undefined) {
			const [knownAtMs, knownSequence] = known;
			const later = (atMs > 0 && knownAtMs > 0 && atMs - knownAtMs) || sequence - knownSequence;
			if (later < 0 || (later === 0 && this.states.get(path) !== state)) return true;
		}
		this.known.order = { ...this.known.order, [path]: [atMs, sequence] };
		return false;
	}

	/** A value from a reading, at the service's own time of it. */
	private see(path: PartPath, state: KnownState): void {
		const before = this.states.get(path);
		this.states.set(path, state);
		if (before !== undefined && isOut(before) === isOut(state)) return;
		const observedAtMs = timeOfPart(this.reading, path);
		if (before !== undefined) {
			if (!isOut(state) && observedAtMs !== null) this.tellIfLeft(path, before, observedAtMs);
			this.found.addRead(path, before, state, observedAtMs);
		}
		this.beginOrEnd(path, state, this.startOf(observedAtMs));
	}

	/** What changed between two readings cannot have changed before the first of them. */
	private startOf(observedAtMs: number | null): number {
		if (observedAtMs === null) return this.nowMs;
		return Math.max(Math.min(observedAtMs, this.nowMs), this.known.at ?? 0);
	}

	private beginOrEnd(path: PartPath, state: KnownState, atMs: number): void {
		if (isOut(state)) this.sinces.set(path, atMs);
		else this.sinces.delete(path);
	}

	/** Every entry is told, for a lock that reports only one of the two states may report it often. */
	private followLog(entries: readonly LoggedChange[]): void {
		if (this.known.log === undefined) {
			// what happened before the baseline is not news
			this.known.log = { at: this.nowMs - TIME_TOLERANCE_MS, from: 'reading' };
			return;
		}
		for (const entry of entries) this.followEntry(entry, this.known.log);
	}

	private followEntry(entry: LoggedChange, log: KnownLog): void {
		const before = this.states.get('lock');
		const isLatest = entry.atMs >= log.at;
		const wasInReading = log.from === 'reading' && entry.atMs <= log.at;
		if (entry.atMs <= log.at && log.ahead === entry.lock) {
			this.known.log = { at: entry.atMs, from: 'log' };
			return;
		}
		if (!wasInReading) {
			if (isLatest && entry.lock === 'locked') this.tellIfLeft('lock', 'unlocked', entry.atMs);
			this.found.addLogged(entry, before, !isLatest);
			this.isLate ||= !isLatest;
		}
		if (!isLatest && !wasInReading) return;
		this.states.set('lock', entry.lock);
		if (before !== entry.lock) this.beginOrEnd('lock', entry.lock, entry.atMs);
		if (wasInReading) return;
		this.known.log = { at: entry.atMs, from: 'log' };
		this.known.at = entry.atMs;
	}

	/**
	 * A reading of a lock whose events come from the log. It may be ahead of the log, or far behind, so it counts only
	 * when it goes on to say something else.
	 */
	private compareWithLog(state: KnownState): void {
		const before = this.states.get('lock');
		const log = this.known.log!;
		if (before === state || before === undefined) {
			if (before === undefined) this.see('lock', state);
			delete log.doubt;
			return;
		}
		log.doubt ??= this.nowMs;
		// a lock whose last change never came up in the log may not log at all
		const isLogged = log.from === 'log' && log.ahead === undefined;
		if (this.nowMs - log.doubt < (isLogged ? LOG_LEADS_MS : LOG_LAGS_MS)) return;
		this.see('lock', state);
		this.known.log = { at: log.doubt, from: 'log', ahead: state as LoggedChange['lock'] };
	}

	/** Only what is read now; of a lock with a log, the log knows better what the reading should say. */
	private tellWhatWasLeft(): void {
		for (const [path, read] of knownStates(this.reading)) {
			const isLogged = path === 'lock' && this.known.log !== undefined;
			const state = isLogged ? (this.states.get(path) ?? read) : read;
			if (isOut(state) && this.states.get(path) === state) this.tellIfLeft(path, state, this.nowMs);
		}
	}

	/** @param untilMs Until when it is known to have been so. */
	private tellIfLeft(path: PartPath, state: KnownState, untilMs: number): void {
		const since = this.sinces.get(path);
		if (since === undefined || !this.rules.events.has(leftEventOf(path))) return;
		const leftAtMs = since + this.rules.leftMinutes * MINUTE_MS;
		if (untilMs < leftAtMs) return;
		this.sinces.delete(path);
		this.found.addLeft(path, state, since, leftAtMs);
	}
}
