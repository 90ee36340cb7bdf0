import { isOpenOrAjar, type Openness, type Parts, type Reading, type SecurePart } from './reading';
import { ageSecondsOf, isStale } from './readingAge';
import { judgeSecurity } from './security';
import { lockText, windowText } from './statusText';

// code outside this room needs only this module for readings and statuses
export { timeOfPart, withName } from './reading';
export type { DeviceType, LockState, Openness, Parts, Reading } from './reading';

/** A reading with its derived values at the time of the answer. */
export interface LockStatus extends Omit<
	Reading,
	'raw' | 'notes' | 'missingBecause' | 'partTimes' | 'causes' | 'unnamedParts'
> {
	/** `true`: locked, and every part that counts is closed. `null`: unknown. */
	secure: boolean | null;
	/** One English sentence for each thing that keeps `secure` from being `true`. */
	reasons: string[];
	/** All of it in one English sentence without its full stop. */
	text: string;
	ageSeconds: number | null;
	/** Older than the caller allows. `false` if the age is unknown. */
	stale: boolean;
}

/**
 * @param nowMs Unix time in milliseconds, for `ageSeconds`.
 * @param maxAgeMinutes A reading older than this is `stale`; 0 = never.
 * @param secureParts The parts that count, if chosen; see {@link judgeSecurity}.
 */
export function toLockStatus(
	reading: Reading,
	nowMs: number,
	maxAgeMinutes = 0,
	secureParts?: readonly SecurePart[],
): LockStatus {
	const { secure, reasons } = judgeSecurity(reading, secureParts);
	const ageSeconds = ageSecondsOf(reading, nowMs);
	const stale = isStale(ageSeconds, maxAgeMinutes);
	return {
		service: reading.service,
		deviceId: reading.deviceId,
		deviceType: reading.deviceType,
		name: reading.name,
		lock: reading.lock,
		doors: reading.doors,
		windows: reading.windows,
		openings: reading.openings,
		secure,
		reasons,
		text: lockText(reading, secure, secureParts, stale ? ageSeconds : null),
		online: reading.online,
		batteryLevel: reading.batteryLevel,
		observedAt: reading.observedAt,
		ageSeconds,
		stale,
	};
}

/** The result of `getWindows`: the windows and the sunroof of a vehicle. */
export interface WindowStatus {
	service: string;
	deviceId: string;
	name: string;
	windows: Parts;
	/** `null` when there is none, or the service does not report it. */
	sunroof: Openness | null;
	/**
	 * `true` only when at least one window was read and all are closed, including the sunroof;
	 * `null`: unknown.
	 */
	allClosed: boolean | null;
	/** Names of the windows that are open or ajar. One without a name is described in words. */
	open: string[];
	/** All of it in one English sentence without its full stop. */
	text: string;
	observedAt: string | null;
	ageSeconds: number | null;
	stale: boolean;
}

/** @see toLockStatus for the parameters */
export function toWindowStatus(reading: Reading, nowMs: number, maxAgeMinutes = 0): WindowStatus {
	// the age of the lock's value does not apply to the windows
	const ofPanes = { ...reading, observedAt: oldestPaneTime(reading) ?? reading.observedAt };
	const { service, deviceId, name, observedAt, ageSeconds, stale } = toLockStatus(
		ofPanes,
		nowMs,
		maxAgeMinutes,
	);
	const windows = reading.windows ?? {};
	const { sunroof } = reading.openings;
	const unnamed = (reading.unnamedParts ?? []).filter(
		({ kind }) => kind === 'windows' || kind === 'sunroof',
	);
	const panes: Array<[name: string, openness: Openness]> = [
		...Object.entries(windows),
		...(sunroof === undefined ? [] : [['sunroof', sunroof] as [string, Openness]]),
		...unnamed.map(({ label, openness }): [string, Openness] => [label, openness]),
	];
	const open = panes.filter(([, openness]) => isOpenOrAjar(openness)).map(([pane]) => pane);
	const hasWindows = Object.keys(windows).length > 0;
	const areClosed = hasWindows && panes.every(([, openness]) => openness === 'closed');
	const allClosed = open.length > 0 ? false : areClosed ? true : null;
	return {
		service,
		deviceId,
		name,
		windows,
		sunroof: sunroof ?? null,
		allClosed,
		open,
		text: windowText(reading, allClosed, stale ? ageSeconds : null),
		observedAt,
		ageSeconds,
		stale,
	};
}

/**
 * The device's own time of the oldest window or sunroof value; `undefined` if the service has no
 * separate times.
 */
function oldestPaneTime({ partTimes = {} }: Reading): string | undefined {
	const ofPanes = Object.entries(partTimes).filter(
		([path]) => path.startsWith('windows.') || path === 'openings.sunroof',
	);
	return ofPanes.map(([, time]) => time).sort()[0];
}
