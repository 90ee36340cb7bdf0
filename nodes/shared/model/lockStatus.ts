import { toldMsOf } from '../basics/times';
import type { Failure } from './failure';

/** State words that hold for cars and for doors alike. */
export type Openness = 'open' | 'ajar' | 'closed' | 'unknown';
export type LockState = 'locked' | 'unlocked' | 'unknown';

export type DeviceType = 'lock' | 'vehicle';

/**
 * Parts by name. A part that the service does not report is absent; one that it reports without a
 * valid value is `unknown`.
 */
export type Parts = Record<string, Openness>;

/** What one answer of a service says about one device, in the words of this pack. */
export interface Reading {
	service: string;
	deviceId: string;
	deviceType: DeviceType;
	name: string;
	lock: LockState;
	/** `door` of a lock; `frontLeft`, `frontRight`, `rearLeft`, `rearRight`, `row3Left`, `row3Right` of a vehicle. */
	doors: Parts;
	/** As the doors of a vehicle; `null` when the windows were not asked for. */
	windows: Parts | null;
	/** `hood`, `trunk`, `frontTrunk`, `sunroof`, `chargingPort`, `fuelFlap`. */
	openings: Parts;
	/** `null` where the service does not tell. */
	online: boolean | null;
	/** 0 to 1. */
	batteryLevel: number | null;
	/**
	 * The device's own time of the lock's value, else when the service fetched it, which is only to be shown: see
	 * {@link timeOfPart}. ISO 8601 in UTC; `null` where the service tells none.
	 */
	observedAt: string | null;
	/**
	 * The device's own time of each part's value, by path such as `doors.rearLeft`, where the service tells them apart
	 * or `observedAt` is another time; ISO 8601 in UTC.
	 */
	partTimes?: Record<string, string>;
	/** Sentences on why something is not known, for `reasons`. */
	notes?: string[];
	/** Why a part that was asked for is not in it; only where that was allowed. */
	lacks?: Failure;
	/** The service's own object, for the option 'Include Raw Answer'. */
	raw: unknown;
}

/** A name for a reading that brought none but the id. */
export function withName(reading: Reading, name: string | null): Reading {
	return name === null || reading.name !== reading.deviceId ? reading : { ...reading, name };
}

/** The device's own time of one value, Unix time in milliseconds; `null` where the service tells none. */
export function timeOfPart(
	{ partTimes, observedAt }: Pick<Reading, 'partTimes' | 'observedAt'>,
	path: string,
): number | null {
	return toldMsOf(partTimes === undefined ? observedAt : partTimes[path]) ?? null;
}

/** A reading with what follows from it at the moment of the answer. */
export interface LockStatus extends Omit<Reading, 'raw' | 'notes' | 'lacks' | 'partTimes'> {
	/** `true`: locked, and every part that was read is closed. `null`: not known. */
	secure: boolean | null;
	/** One English sentence for each thing that keeps `secure` from being `true`. */
	reasons: string[];
	ageSeconds: number | null;
	/** Older than the caller allows; `false` when the age is not known. */
	stale: boolean;
}

/**
 * @param nowMs Unix time in milliseconds, for `ageSeconds`.
 * @param maxAgeMinutes From which age a reading is `stale`; 0 = never.
 */
export function toLockStatus(reading: Reading, nowMs: number, maxAgeMinutes = 0): LockStatus {
	const { secure, reasons } = judgeSecurity(reading);
	const ageSeconds = ageOf(reading.observedAt, nowMs);
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
		online: reading.online,
		batteryLevel: reading.batteryLevel,
		observedAt: reading.observedAt,
		ageSeconds,
		stale: ageSeconds !== null && maxAgeMinutes > 0 && ageSeconds > maxAgeMinutes * 60,
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
	/** `true` only when at least one was read and all are closed; `null`: not known. */
	allClosed: boolean | null;
	/** Names of those that are open or ajar. */
	open: string[];
	observedAt: string | null;
	ageSeconds: number | null;
	stale: boolean;
}

/** @see toLockStatus for the parameters */
export function toWindowStatus(reading: Reading, nowMs: number, maxAgeMinutes = 0): WindowStatus {
	const { service, deviceId, name, observedAt, ageSeconds, stale } = toLockStatus(
		reading,
		nowMs,
		maxAgeMinutes,
	);
	const windows = reading.windows ?? {};
	const { sunroof } = reading.openings;
	const panes = Object.entries({ ...windows, ...(sunroof === undefined ? {} : { sunroof }) });
	const open = panes.filter(([, openness]) => isOpenOrAjar(openness)).map(([pane]) => pane);
	const areClosed = panes.length > 0 && panes.every(([, openness]) => openness === 'closed');
	return {
		service,
		deviceId,
		name,
		windows,
		sunroof: sunroof ?? null,
		allClosed: open.length > 0 ? false : areClosed ? true : null,
		open,
		observedAt,
		ageSeconds,
		stale,
	};
}

function ageOf(observedAt: string | null, nowMs: number): number | null {
	if (observedAt === null) return null;
	// the device's clock may run ahead of ours
	return Math.max(0, Math.round((nowMs - Date.parse(observedAt)) / 1000));
}

/** An open flap lets nobody in. */
const PARTS_THAT_DO_NOT_SECURE = new Set(['chargingPort', 'fuelFlap']);

/** Judges whether a device is locked and shut; an unknown value never counts as locked or closed. */
export function judgeSecurity(
	reading: Pick<
		Reading,
		'deviceType' | 'lock' | 'doors' | 'windows' | 'openings' | 'online' | 'notes'
	>,
): { secure: boolean | null; reasons: string[] } {
	const parts = securingParts(reading);
	const reasons = [
		...lockReasons(reading),
		...parts.filter(([, openness]) => openness !== 'closed').map(partReason),
		...(reading.notes ?? []),
	];
	const isInsecure =
		reading.lock === 'unlocked' || parts.some(([, openness]) => isOpenOrAjar(openness));
	if (isInsecure) return { secure: false, reasons };
	return { secure: reasons.length === 0 ? true : null, reasons };
}

export function isOpenOrAjar(openness: Openness | undefined): boolean {
	return openness === 'open' || openness === 'ajar';
}

function securingParts(reading: Pick<Reading, 'doors' | 'windows' | 'openings'>) {
	return [
		...labelled(reading.doors, doorLabel),
		...labelled(reading.windows ?? {}, windowLabel),
		...labelled(reading.openings, openingLabel, PARTS_THAT_DO_NOT_SECURE),
	];
}

type LabelledPart = [label: string, openness: Openness];

function labelled(
	parts: Parts,
	label: (part: string) => string,
	ignored: ReadonlySet<string> = new Set(),
): LabelledPart[] {
	return Object.entries(parts)
		.filter(([part]) => !ignored.has(part))
		.map(([part, openness]) => [label(part), openness]);
}

function lockReasons(reading: Pick<Reading, 'deviceType' | 'lock' | 'online'>): string[] {
	if (reading.lock === 'locked') return [];
	if (reading.lock === 'unlocked') return [`The ${reading.deviceType} is unlocked`];
	return reading.online === false
		? [`The ${reading.deviceType} is offline, so it is not known whether it is locked`]
		: [`It is not known whether the ${reading.deviceType} is locked`];
}

function partReason([label, openness]: LabelledPart): string {
	if (openness === 'unknown') return `It is not known whether the ${label} is closed`;
	return `The ${label} is ${openness}`;
}

/** `rearLeft` → `rear left door`; the one door of a lock is `door`. */
export function doorLabel(part: string): string {
	return part === 'door' ? 'door' : `${position(part)} door`;
}

export function windowLabel(part: string): string {
	return `${position(part)} window`;
}

/** `frontTrunk` → `front trunk`. */
export function openingLabel(part: string): string {
	return position(part);
}

/** Longer than any part is called; a service may have named it. */
const MAX_PART_CHARACTERS = 100;

function position(part: string): string {
	return part
		.slice(0, MAX_PART_CHARACTERS)
		.replace(/^row3/, 'third row ')
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.replace(/\s+/g, ' ')
		.toLowerCase();
}
