import { isRecord } from '../../basics/guards';
import { isOptionalTime } from '../../basics/times';
import type { LockLogEntry } from '../../model/lockLog';

type LogPhase =
	/** The state comes from the first reading. Older log entries are not news. */
	| { phase: 'baseline' }
	/** The readings show the state of the log. */
	| { phase: 'agreed' }
	/** No reading has shown the log's state yet. A reading that contradicts it is behind. */
	| { phase: 'logAhead' }
	/** `lock` was emitted from a reading before the log had it. Its entry is not emitted again. */
	| { phase: 'readingAhead'; lock: LockLogEntry['lock'] };

/**
 * How the log of a lock's events and the readings of the lock relate. Times are Unix time in
 * milliseconds.
 */
export type KnownLog = LogPhase & {
	/** The time from which the lock's state holds, if that is not the time of its log entry. */
	at?: number;
	/** In any phase: since when the readings have contradicted the log. */
	contradictedSinceMs?: number;
	/**
	 * In any phase: an entry had the other state, but its time is older or so close that the clocks
	 * may differ. The next readings show which of the two is right.
	 */
	isOrderUnclear?: true;
};

/** The stored form. Its names are older than those of {@link KnownLog}, and stay as they are. */
export interface StoredLog {
	at?: number;
	isBaseline?: true;
	leads?: true;
	doubt?: number;
	ahead?: LockLogEntry['lock'];
	unsure?: true;
}

/** It is stored as JSON, which leaves out what is undefined. */
export function encodeLog(log: KnownLog): StoredLog {
	const { phase, at, contradictedSinceMs: doubt, isOrderUnclear: unsure } = log;
	return {
		at,
		...(phase === 'baseline' && { isBaseline: true }),
		...(phase === 'logAhead' && { leads: true }),
		doubt,
		...(phase === 'readingAhead' && { ahead: log.lock }),
		...(unsure && { unsure }),
	};
}

export function decodeLog({ at, isBaseline, leads, doubt, ahead, unsure }: StoredLog): KnownLog {
	return {
		...phaseOf(isBaseline, leads, ahead),
		...(at !== undefined && { at }),
		...(doubt !== undefined && { contradictedSinceMs: doubt }),
		...(unsure && { isOrderUnclear: true }),
	};
}

function phaseOf(
	isBaseline: true | undefined,
	leads: true | undefined,
	ahead: StoredLog['ahead'],
): LogPhase {
	if (ahead !== undefined) return { phase: 'readingAhead', lock: ahead };
	if (leads) return { phase: 'logAhead' };
	return { phase: isBaseline ? 'baseline' : 'agreed' };
}

/**
 * The log after a reading has shown its state.
 * @param isOrderStillUnclear The reading does not decide which of two entries is the later one.
 */
export function shownLog(log: KnownLog, isOrderStillUnclear: boolean): KnownLog {
	const shown = { ...log };
	delete shown.contradictedSinceMs;
	if (!isOrderStillUnclear) delete shown.isOrderUnclear;
	return shown.phase === 'logAhead' ? { ...shown, phase: 'agreed' } : shown;
}

/** Whether a stored value has this shape. */
export function isStoredLog(value: unknown): boolean {
	if (!isRecord(value)) return false;
	const { at, doubt, ahead } = value;
	return (
		[at, doubt].every(isOptionalTime) &&
		(ahead === undefined || ahead === 'locked' || ahead === 'unlocked')
	);
}
