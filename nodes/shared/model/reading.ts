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

/** What can count towards `secure`; `trunk` is the trunk, the front trunk and the hood. */
export const SECURE_PARTS = ['doors', 'windows', 'trunk', 'sunroof'] as const;
export type SecurePart = (typeof SECURE_PARTS)[number];

/** A part in a place that the service names and this pack does not, such as a fourth row. */
export interface UnnamedPart {
	kind: SecurePart;
	/** For sentences: `middle door in row 2`. */
	label: string;
	openness: Openness;
}

/** Why something is not known. */
export interface Cause {
	/** Goes on after a colon: `the owner has not granted this; ask for read_security`. */
	why: string;
	/** It will stay so until a person does something. */
	isLasting: boolean;
}

/** What one answer of a service says about one device, in the words of this pack. */
export interface Reading {
	service: string;
	deviceId: string;
	deviceType: DeviceType;
	name: string;
	lock: LockState;
	/** `door` of a lock; `frontLeft`, `frontRight`, `rearLeft`, `rearRight`, `row3Left`, `row3Right` of a vehicle. */
	doors: Parts;
	/** As the doors of a vehicle; `null` when the windows were not read. */
	windows: Parts | null;
	/** `hood`, `trunk`, `frontTrunk`, `sunroof`, `chargingPort`, `fuelFlap`. */
	openings: Parts;
	/** They count, but have no name that a workflow could rely on. */
	unnamedParts?: UnnamedPart[];
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
	/** Why something is not known, by `lock`, `doors`, `windows` or a path such as `openings.sunroof`. */
	causes?: Record<string, Cause>;
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
	return toldMsOf(partTimes === undefined ? observedAt : partTimes[path]);
}

export function isOpenOrAjar(openness: Openness | undefined): boolean {
	return openness === 'open' || openness === 'ajar';
}

const FROM_WORST: readonly Openness[] = ['open', 'ajar', 'unknown', 'closed'];

/** Where an answer says several things of one part, the one that is least safe holds. */
export function worstOf(values: readonly Openness[]): Openness | undefined {
	return FROM_WORST.find((openness) => values.includes(openness));
}

export function partsFrom(entries: ReadonlyArray<[part: string, openness: Openness]>): Parts {
	const parts = new Map<string, Openness>();
	for (const [part, openness] of entries) {
		parts.set(part, worstOf([parts.get(part) ?? openness, openness])!);
	}
	return Object.fromEntries(parts);
}
