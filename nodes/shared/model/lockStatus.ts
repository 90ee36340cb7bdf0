import { isOpenOrAjar, type Openness, type Parts, type Reading, type SecurePart } from './reading';
import { judgeSecurity } from './security';
import { lockText, windowText } from './statusText';

// what a reading is made of belongs to the lock status for everyone outside this room
export { timeOfPart, withName } from './reading';
export type { DeviceType, LockState, Openness, Parts, Reading } from './reading';

/** A reading with what follows from it at the moment of the answer. */
export interface LockStatus extends Omit<
	Reading,
	'raw' | 'notes' | 'lacks' | 'partTimes' | 'causes' | 'unnamedParts'
> {
	/** `true`: locked, and every part that counts is closed. `null`: not known. */
	secure: boolean | null;
	/** One English sentence for each thing that keeps `secure` from being `true`. */
	reasons: string[];
	/** All of it in one English sentence without its full stop. */
	text: string;
	ageSeconds: number | null;
	/** Older than the caller allows; `false` when the age is not known. */
	stale: boolean;
}

/**
 * @param nowMs Unix time in milliseconds, for `ageSeconds`.
 * @param maxAgeMinutes From which age a reading is `stale`; 0 = never.
 * @param secureParts What counts, where somebody has chosen it; see {@link judgeSecurity}.
 */
export function toLockStatus(
	reading: Reading,
	nowMs: number,
	maxAgeMinutes = 0,
	secureParts?: readonly SecurePart[],
): LockStatus {
	const { secure, reasons } = judgeSecurity(reading, secureParts);
	const ageSeconds = ageOf(reading.observedAt, nowMs);
	const stale = ageSeconds !== null && maxAgeMinutes > 0 && ageSeconds > maxAgeMinutes * 60;
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

/** What `getWindows` gives: the windows and the sunroof of a vehicle. */
export interface WindowStatus {
	service: string;
	deviceId: string;
	name: string;
	windows: Parts;
	/** `null` when there is none, or the service does not tell. */
	sunroof: Openness | null;
	/** `true` only when at least one window was read and all are closed, the sunroof too; `null`: not known. */
	allClosed: boolean | null;
	/** Names of those that are open or ajar; of one without a name what it is, in words. */
	open: string[];
	/** All of it in one English sentence without its full stop. */
	text: string;
	observedAt: string | null;
	ageSeconds: number | null;
	stale: boolean;
}

/** @see toLockStatus for the parameters */
export function toWindowStatus(reading: Reading, nowMs: number, maxAgeMinutes = 0): WindowStatus {
	// how old the lock's value is says nothing about the windows
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

/** The device's own time of the oldest window, the sunroof included; `undefined` where the service tells none apart. */
function oldestPaneTime({ partTimes = {} }: Reading): string | undefined {
	const ofPanes = Object.entries(partTimes).filter(
		([path]) => path.startsWith('windows.') || path === 'openings.sunroof',
	);
	return ofPanes.map(([, time]) => time).sort()[0];
}

function ageOf(observedAt: string | null, nowMs: number): number | null {
	if (observedAt === null) return null;
	// the device's clock may run ahead of ours
	return Math.max(0, Math.round((nowMs - Date.parse(observedAt)) / 1000));
}
