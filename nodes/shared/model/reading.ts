import { toMsOrNull } from '../basics/times';
import type { Failure } from './failure';

/** States that apply to cars and doors alike. */
export type Openness = 'open' | 'ajar' | 'closed' | 'unknown';
export type LockState = 'locked' | 'unlocked' | 'unknown';

export type DeviceType = 'lock' | 'vehicle';

/**
 * Parts by name. A part that the service does not report is absent. One reported without a valid
 * value is `unknown`.
 */
export type Parts = Record<string, Openness>;

/** What can count towards `secure`; `trunk` is the trunk, the front trunk and the hood. */
export const SECURE_PARTS = ['doors', 'windows', 'trunk', 'sunroof'] as const;
export type SecurePart = (typeof SECURE_PARTS)[number];

/** A part in a place that this pack has no name for, such as a fourth row. */
export interface UnnamedPart {
	kind: SecurePart;
	/** For sentences: `middle door in row 2`. */
	label: string;
	openness: Openness;
}

/** Why a value is unknown. */
export interface Cause {
	/** Continues after a colon: `the owner has not granted this; ask for read_security`. */
	why: string;
	/** It stays unknown until a person acts. */
	isLasting: boolean;
}

/** One answer of a service about one device, in this pack's terms. */
export interface Reading {
	service: string;
	deviceId: string;
	deviceType: DeviceType;
	name: string;
	lock: LockState;
	/**
	 * `door` of a lock; `frontLeft`, `frontRight`, `rearLeft`, `rearRight`, `row3Left`, `row3Right`
	 * of a vehicle.
	 */
	doors: Parts;
	/** Named like the doors of a vehicle; `null` when the windows were not read. */
	windows: Parts | null;
	/** `hood`, `trunk`, `frontTrunk`, `sunroof`, `chargingPort`, `fuelFlap`. */
	openings: Parts;
	/** These count, but have no name that a workflow could rely on. */
	unnamedParts?: UnnamedPart[];
	/** `null` if the service does not report it. */
	online: boolean | null;
	/** 0 to 1. */
	batteryLevel: number | null;
	/**
	 * The device's own time of the lock's value, else the time at which the service fetched it. The
	 * latter is for display only: see {@link timeOfPart}. ISO 8601 in UTC; `null` if the service
	 * reports none.
	 */
	observedAt: string | null;
	/**
	 * The device's own time of each part's value, by path such as `doors.rearLeft`, if the service
	 * has separate times or `observedAt` is another time. ISO 8601 in UTC.
	 */
	partTimes?: Record<string, string>;
	/** Why a value is unknown, by `lock`, `doors`, `windows` or a path such as `openings.sunroof`. */
	causes?: Record<string, Cause>;
	/** Sentences that explain an unknown value, for `reasons`. */
	notes?: string[];
	/** Why a requested part is missing; only if that was allowed. */
	missingBecause?: Failure;
	/** The service's own object, for the option 'Include Raw Answer'. */
	raw: unknown;
}

/** A name for a reading that contains only the id. */
export function withName(reading: Reading, name: string | null): Reading {
	return name === null || reading.name !== reading.deviceId ? reading : { ...reading, name };
}

/**
 * The device's own time of one value, Unix time in milliseconds; `null` if the service reports
 * none.
 */
export function timeOfPart(
	{ partTimes, observedAt }: Pick<Reading, 'partTimes' | 'observedAt'>,
	path: string,
): number | null {
	return toMsOrNull(partTimes === undefined ? observedAt : partTimes[path]);
}

export function isOpenOrAjar(openness: Openness | undefined): boolean {
	return openness === 'open' || openness === 'ajar';
}

const FROM_WORST: readonly Openness[] = ['open', 'ajar', 'unknown', 'closed'];

/** If an answer has several values for one part, the least safe one counts. */
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
