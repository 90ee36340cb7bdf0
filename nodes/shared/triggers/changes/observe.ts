import { timeOfPart, type Reading } from '../../model/lockStatus';
import { MINUTE_MS, TIME_TOLERANCE_MS } from '../../basics/times';
import type { Change } from './change';
import { FoundChanges } from './foundChanges';
import {
	decodeParts,
	encodeParts,
	isOvertaken,
	orderTime,
	type KnownDevice,
	type KnownParts,
} from './knownDevice';
import { decodeLog, encodeLog, shownLog, type KnownLog } from './knownLog';
import { leftParts } from './leftEvents';
import type { Observation, WatchRules } from './observation';
import { isOpenOrUnlocked, knownStates, type KnownState, type PartPath } from './parts';
import type { LockLogEntry } from '../../model/lockLog';

export interface Observed {
	known: KnownDevice;
	changes: Change[];
	/** Part of the observation was older than the known state. */
	isLate: boolean;
}

/** How far a reading may be behind the log. Seam asks many brands every ten minutes only. */
const LOG_LEADS_MS = 15 * MINUTE_MS;
/** How far the log may be behind a reading. It is 70 seconds in Seam's own sample. */
const LOG_LAGS_MS = 1.5 * MINUTE_MS;
/** How wrong the clock of a lock may be. It gives the time of an operation by hand. */
const LOCK_CLOCK_MS = MINUTE_MS;

/**
 * Compares an observation with the known state of a device. Returns the changes and the new known
 * state. Pure: the same input gives the same output, ids included.
 *
 * The first observation is the baseline and has no changes. An unknown value neither changes nor
 * overwrites anything. A part that is older than its known value is skipped.
 * @param nowMs The time on the service's clock, Unix time in milliseconds.
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
	private readonly known: Omit<KnownDevice, 'log'>;
	private log: KnownLog | undefined;
	private readonly before: KnownParts;
	private readonly parts: KnownParts;
	private readonly reading: Reading;
	private readonly found: FoundChanges;
	private readonly sequence: number | undefined;
	private readonly isLogMissing: boolean;
	/**
	 * Parts whose known state this reading confirms. Only these can be reported as left open or
	 * unlocked.
	 */
	private readonly confirmed = new Set<PartPath>();
	private isLate = false;
	/** An entry of this observation appears older than the known state. */
	private hasOlderEntry = false;

	constructor(
		known: KnownDevice | undefined,
		{ reading, log, sequence, isLogMissing = false }: Observation,
		private readonly rules: WatchRules,
		private readonly nowMs: number,
	) {
		// starts from the time, so no number repeats after a new baseline
		const baseline = { parts: '', changes: Math.floor(nowMs / 1000) };
		const { log: knownLog, ...rest }: Omit<KnownDevice, 'name'> = known ?? baseline;
		this.known = { ...rest, name: reading.name };
		this.before = decodeParts(this.known);
		this.parts = new Map(this.before);
		this.reading = reading;
		this.found = new FoundChanges(this.known, reading, nowMs);
		this.sequence = sequence;
		this.isLogMissing = isLogMissing;
		if (log !== undefined) this.log = this.followLog(log, knownLog && decodeLog(knownLog));
		this.compareReading();
		if (known !== undefined) this.addLeftEvents();
	}

	result(): Observed {
		return {
			known: {
				...this.known,
				parts: encodeParts(this.parts),
				...(this.log && { log: encodeLog(this.log) }),
			},
			changes: this.found.of(this.rules.events),
			isLate: this.isLate,
		};
	}

	private compareReading(): void {
		const { log } = this;
		for (const [path, state] of knownStates(this.reading)) {
			if (path !== 'lock' || log === undefined) this.see(path, state);
			else if (this.isLogMissing) this.noteContradiction(state, log);
			else this.compareWithLog(state, log);
		}
	}

	/** Takes a value from a reading, with the service's own time. */
	private see(path: PartPath, state: KnownState): void {
		const before = this.parts.get(path);
		const reportedAtMs = timeOfPart(this.reading, path);
		const { sequence } = this;
		const at = orderTime(reportedAtMs, sequence, this.nowMs);
		if (before !== undefined && isOvertaken({ state, at, sequence }, before)) {
			this.isLate = true;
			return;
		}
		const isSame =
			before !== undefined && isOpenOrUnlocked(before.state) === isOpenOrUnlocked(state);
		if (before !== undefined && !isSame) this.found.addRead(path, before, state, reportedAtMs);
		const start = isOpenOrUnlocked(state) ? (at ?? this.nowMs) : undefined;
		this.confirmed.add(path);
		this.parts.set(path, {
			state,
			at: sequence === undefined ? (at ?? before?.at) : at,
			sequence,
			since: isSame ? before.since : start,
		});
	}

	/**
	 * Every entry is emitted, because a lock that reports only one of the two states may report it
	 * often.
	 */
	private followLog(entries: readonly LockLogEntry[], known: KnownLog | undefined): KnownLog {
		// entries from before the baseline are not news
		if (known === undefined) return { phase: 'baseline', at: this.nowMs - TIME_TOLERANCE_MS };
		return entries.reduce((log, entry) => this.followEntry(entry, log), known);
	}

	private followEntry(entry: LockLogEntry, log: KnownLog): KnownLog {
		const { lock } = entry;
		// a clock that is ahead must not make later entries look old
		const atMs = Math.min(entry.atMs, this.nowMs);
		const before = this.parts.get('lock');
		const holdsFromMs = log.at ?? before?.at ?? 0;
		if (log.phase === 'baseline' && atMs <= holdsFromMs) {
			this.holdLock(lock, atMs, log);
			return log;
		}
		const isEmitted = log.phase === 'readingAhead' && log.lock === lock;
		if (isEmitted && atMs <= holdsFromMs + LOCK_CLOCK_MS) return { phase: 'agreed', at: atMs };
		const isOther = before !== undefined && before.state !== lock;
		if (atMs < holdsFromMs) {
			// it happened, but does not change the known state
			this.found.addLogged(entry, undefined);
			this.isLate = true;
			this.hasOlderEntry = true;
			return { ...log, isOrderUnclear: isOther || undefined };
		}
		this.found.addLogged(entry, before);
		this.holdLock(lock, atMs, log);
		const isNear = isOther && log.phase !== 'baseline' && atMs <= holdsFromMs + LOCK_CLOCK_MS;
		return { phase: 'logAhead', isOrderUnclear: isNear || undefined };
	}

	/**
	 * A lock may lock itself without a log entry. If no reading has shown it unlocked, this is a
	 * new unlocking.
	 */
	private holdLock(lock: LockLogEntry['lock'], atMs: number, log: KnownLog): void {
		const before = this.parts.get('lock');
		const start = isOpenOrUnlocked(lock) ? atMs : undefined;
		const isShown = log.phase !== 'logAhead' && log.contradictedSinceMs === undefined;
		const isSame = before?.state === lock && isShown;
		this.parts.set('lock', { state: lock, at: atMs, since: isSame ? before.since : start });
	}

	/**
	 * Takes a reading of a lock whose events come from the log. The reading may be ahead of the log
	 * or far behind it. So it counts only if it keeps contradicting the log.
	 */
	private compareWithLog(state: KnownState, log: KnownLog): void {
		const before = this.parts.get('lock');
		if (before === undefined) this.see('lock', state);
		const sinceMs = this.noteContradiction(state, log);
		if (before === undefined || sinceMs === undefined) {
			this.confirmed.add('lock');
			// the log is read after the locks, so this reading may predate the entry that looks older
			this.log = shownLog(log, this.hasOlderEntry);
			return;
		}
		const patienceMs = log.phase === 'logAhead' ? LOG_LEADS_MS : LOG_LAGS_MS;
		if (this.nowMs - sinceMs < patienceMs) return;
		if (log.isOrderUnclear) {
			// already emitted, and it was the latest state after all
			this.confirmed.add('lock');
			const since = isOpenOrUnlocked(state) ? sinceMs : undefined;
			this.parts.set('lock', { ...before, state, since });
			this.log = { phase: 'agreed', at: sinceMs };
			return;
		}
		this.see('lock', state);
		const lock = state === 'locked' ? state : 'unlocked';
		this.log = { phase: 'readingAhead', at: sinceMs, lock };
	}

	/**
	 * Notes since when the readings have contradicted the log. A reading that agrees ends that. The
	 * lock may have locked itself in between without a log entry, so its time unlocked then counts
	 * from this reading.
	 */
	private noteContradiction(state: KnownState, log: KnownLog): number | undefined {
		const known = this.parts.get('lock');
		const isContradicted = known !== undefined && known.state !== state;
		const { contradictedSinceMs: beforeMs } = log;
		if (known && !isContradicted && beforeMs !== undefined && isOpenOrUnlocked(state)) {
			this.parts.set('lock', { ...known, since: this.nowMs });
		}
		const contradictedSinceMs = isContradicted ? (beforeMs ?? this.nowMs) : undefined;
		this.log = { ...log, contradictedSinceMs };
		return contradictedSinceMs;
	}

	private addLeftEvents(): void {
		for (const left of leftParts(this.confirmed, this.parts, this.rules, this.nowMs)) {
			const { part } = left;
			this.parts.set(part, { ...this.parts.get(part)!, since: undefined });
			this.found.addLeft(left, this.before.get(part)?.at ?? null);
		}
	}
}
