import { badRequest } from '../../shared/n8n/parameterValues';
import { instantOf, isTimeZone, type Twice, type WallTime } from './zonedTime';

/** An instant as Unix time in milliseconds, or the time of a wall clock at the lock. */
export type WantedTime = { ms: number } | { wall: WallTime };

/** From when until when a code shall open, and where its clock hangs. */
export interface WantedTimes {
	from: WantedTime;
	until: WantedTime;
	/** The zone that the option names; `null` = that of the lock. */
	timeZone: string | null;
	/** For a lock whose zone Seam does not know. */
	workflowZone: string;
}

/** Unix times in milliseconds. */
export interface CodeWindow {
	fromMs: number;
	untilMs: number;
}

/**
 * The instants between which a code shall open a lock. Of an hour that clocks show twice, a stay
 * begins with the first and ends with the second.
 * @param lockZone `location.time_zone` of the lock, if Seam knows one.
 * @throws Failure `badRequest` when the end is not after the begin.
 */
export function windowOf(times: WantedTimes, lockZone: string | undefined): CodeWindow {
	const zone = zoneOf(times, lockZone);
	const fromMs = msOf(times.from, zone, 'earlier');
	const untilMs = msOf(times.until, zone, 'later');
	if (untilMs > fromMs) return { fromMs, untilMs };
	throw badRequest("'Until' is not after 'From'", "Give an 'Until' that is later than 'From'");
}

/** The zone of times that name none. */
export function zoneOf(
	{ timeZone, workflowZone }: Pick<WantedTimes, 'timeZone' | 'workflowZone'>,
	lockZone: string | undefined,
): string {
	const ofLock = lockZone !== undefined && isTimeZone(lockZone) ? lockZone : workflowZone;
	return timeZone ?? ofLock;
}

/** Unix time in milliseconds. */
export function msOf(time: WantedTime, zone: string, twice: Twice): number {
	return 'ms' in time ? time.ms : instantOf(time.wall, zone, twice);
}
