import { timeOfPart, type Reading } from '../../model/lockStatus';
import { MINUTE_MS, TIME_TOLERANCE_MS } from '../../basics/times';
import type { Change } from './change';
import { FoundChanges, leftEventOf } from './foundChanges';
import {
	comparePlaces,
	partsOf,
	textOf,
	type KnownDevice,
	type KnownLog,
	type KnownPart,
	type KnownParts,
} from './knownDevice';
import type { Observation, WatchRules } from './observation';
import { isOut, knownStates, type KnownState, type PartPath } from './parts';
import type { LoggedChange } from '../../model/lockLog';

export interface Observed {
	known: KnownDevice;
	changes: Change[];
	/** Something was older than what is known. */
	isLate: boolean;
}

/** A reading of a lock with a log may be so far behind: Seam asks many brands every ten minutes only. */
const LOG_LEADS_MS = 15 * MINUTE_MS;
/** An entry may be so much later than its reading: 70 seconds in Seam's own sample. */
const LOG_LAGS_MS = 1.5 * MINUTE_MS;
/** The clock of a lock, which tells when it was turned by hand, may be so far off. */
const LOCK_CLOCK_MS = MINUTE_MS;

/**
 * Compares an observation with what is known of a device: what has changed, and what is known from now on. Pure: the
 * same input gives the same answer, ids included.
 *
 * The first observation is a baseline and changes nothing. A value that is not known neither changes nor
 * overwrites anything. A part that is older than what is known of it is passed over.
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
	private readonly before: KnownParts;
	private readonly parts: KnownParts;
	private readonly reading: Reading;
	private readonly found: FoundChanges;
	private readonly sequence: number | undefined;
	private readonly isLogMissing: boolean;
	/** Parts of which this reading says the same as what is known: only these can be called left so. */
	private readonly confirmed = new Set<PartPath>();
	private isLate = false;
	/** An entry of this observation seems older than what was known. */
	private hasOlderEntry = false;

	constructor(
		known: KnownDevice | undefined,
		{ reading, log, sequence, isLogMissing = false }: Observation,
		private readonly rules: WatchRules,
		private readonly nowMs: number,
	) {
		// counted from the time on: after a new baseline no number may come again
		const baseline = { parts: '', changes: Math.floor(nowMs / 1000) };
		this.known = { ...(known ?? baseline), name: reading.name };
		this.before = partsOf(this.known);
		this.parts = new Map(this.before);
		this.reading = reading;
		this.found = new FoundChanges(this.known, reading, nowMs);
		this.sequence = sequence;
		this.isLogMissing = isLogMissing;
		if (log === undefined) delete this.known.log;
		else this.followLog(log);
		this.compareReading();
		if (known !== undefined) this.tellWhatWasLeft();
	}

	result(): Observed {
		return {
			known: { ...this.known, parts: textOf(this.parts) },
			changes: this.found.of(this.rules.events),
			isLate: this.isLate,
		};
	}

	private compareReading(): void {
		const { log } = this.known;
		for (const [path, state] of knownStates(this.reading)) {
			if (path !== 'lock' || log === undefined) this.see(path, state);
			else if (this.isLogMissing) this.noteDoubt(state, log);
			else this.compareWithLog(state, log);
		}
	}

	/** A value from a reading, at the service's own time of it. */
	private see(path: PartPath, state: KnownState): void {
		const before = this.parts.get(path);
		const toldAtMs = timeOfPart(this.reading, path);
		const at = this.placeOf(toldAtMs);
		if (before !== undefined && this.isOvertaken(before, state, at)) {
			this.isLate = true;
			return;
		}
		const isSame = before !== undefined && isOut(before.state) === isOut(state);
		if (before !== undefined && !isSame) this.found.addRead(path, before, state, toldAtMs);
		const start = isOut(state) ? (at ?? this.nowMs) : undefined;
		this.confirmed.add(path);
		this.parts.set(path, {
			state,
			at: this.sequence === undefined ? (at ?? before?.at) : at,
			sequence: this.sequence,
			since: isSame ? before.since : start,
		});
	}

	/**
	 * A clock that was ahead once must not make every later reading look old; by how much is known within the
	 * tolerance only.
	 */
	private placeOf(toldAtMs: number | null): number | undefined {
		if (toldAtMs === null) return undefined;
		if (toldAtMs <= this.nowMs + TIME_TOLERANCE_MS) return toldAtMs;
		return this.sequence === undefined ? this.nowMs : undefined;
	}

	/** Copies may be older than what they come after, and another value in the same place is no newer one. */
	private isOvertaken(known: KnownPart, state: KnownState, at: number | undefined): boolean {
		const { sequence } = this;
		const order = comparePlaces({ at, sequence }, known);
		const isSamePlace = order === 0 && sequence !== undefined && sequence === known.sequence;
		return order < 0 || (isSamePlace && state !== known.state);
	}

	/** Every entry is told, for a lock that reports only one of the two states may report it often. */
	private followLog(entries: readonly LoggedChange[]): void {
		if (this.known.log === undefined) {
			// what happened before the baseline is not news
			this.known.log = { at: this.nowMs - TIME_TOLERANCE_MS, isBaseline: true };
			return;
		}
		for (const entry of entries) this.known.log = this.followEntry(entry, this.known.log);
	}

	private followEntry(entry: LoggedChange, log: KnownLog): KnownLog {
		const { lock } = entry;
		// a clock that is ahead must not make what comes after it look old
		const atMs = Math.min(entry.atMs, this.nowMs);
		const before = this.parts.get('lock');
		const holdsFromMs = log.at ?? before?.at ?? 0;
		if (log.isBaseline && atMs <= holdsFromMs) {
			this.holdLock(lock, atMs, log);
			return log;
		}
		if (log.ahead === lock && atMs <= holdsFromMs + LOCK_CLOCK_MS) return { at: atMs };
		const isOther = before !== undefined && before.state !== lock;
		if (atMs < holdsFromMs) {
			// it happened, but is no change of what is known
			this.found.addLogged(entry, undefined);
			this.isLate = true;
			this.hasOlderEntry = true;
			return { ...log, unsure: isOther || undefined };
		}
		this.found.addLogged(entry, before);
		this.holdLock(lock, atMs, log);
		const isNear = isOther && !log.isBaseline && atMs <= holdsFromMs + LOCK_CLOCK_MS;
		return { leads: true, unsure: isNear || undefined };
	}

	/** A lock may lock itself without an entry: one that no reading has shown unlocked was unlocked anew. */
	private holdLock(lock: LoggedChange['lock'], atMs: number, { leads, doubt }: KnownLog): void {
		const before = this.parts.get('lock');
		const start = isOut(lock) ? atMs : undefined;
		const isSame = before?.state === lock && !leads && doubt === undefined;
		this.parts.set('lock', { state: lock, at: atMs, since: isSame ? before.since : start });
	}

	/**
	 * A reading of a lock whose events come from the log. It may be ahead of the log, or far behind, so it counts only
	 * when it goes on to say something else.
	 */
	private compareWithLog(state: KnownState, log: KnownLog): void {
		const before = this.parts.get('lock');
		if (before === undefined) this.see('lock', state);
		const { doubt } = this.noteDoubt(state, log);
		if (before === undefined || doubt === undefined) {
			this.confirmed.add('lock');
			// the log is asked after the locks, so this reading may be from before the entry that looks older
			const unsure = this.hasOlderEntry ? log.unsure : undefined;
			this.known.log = { ...log, unsure, leads: undefined, doubt: undefined };
			return;
		}
		if (this.nowMs - doubt < (log.leads ? LOG_LEADS_MS : LOG_LAGS_MS)) return;
		if (log.unsure) {
			// it has been told, and was the last after all
			this.confirmed.add('lock');
			this.parts.set('lock', { ...before, state, since: isOut(state) ? doubt : undefined });
			this.known.log = { at: doubt };
			return;
		}
		this.see('lock', state);
		this.known.log = { at: doubt, ahead: state === 'locked' ? state : 'unlocked' };
	}

	/**
	 * Since when the readings contradict the log, unless this one agrees. A lock that agrees again may have locked
	 * itself in between without an entry, so how long it has been unlocked then counts from this reading on.
	 */
	private noteDoubt(state: KnownState, log: KnownLog): KnownLog {
		const known = this.parts.get('lock');
		const isContradicted = known !== undefined && known.state !== state;
		if (known !== undefined && !isContradicted && log.doubt !== undefined && isOut(state)) {
			this.parts.set('lock', { ...known, since: this.nowMs });
		}
		this.known.log = { ...log, doubt: isContradicted ? (log.doubt ?? this.nowMs) : undefined };
		return this.known.log;
	}

	private tellWhatWasLeft(): void {
		for (const path of this.confirmed) this.tellIfLeft(path);
	}

	private tellIfLeft(path: PartPath): void {
		const part = this.parts.get(path);
		if (part?.since === undefined || !this.rules.events.has(leftEventOf(path))) return;
		const leftAtMs = part.since + this.rules.leftMinutes * MINUTE_MS;
		if (this.nowMs < leftAtMs) return;
		const { since, ...rest } = part;
		this.parts.set(path, rest);
		this.found.addLeft(path, part.state, since, leftAtMs, this.before.get(path)?.at ?? null);
	}
}
