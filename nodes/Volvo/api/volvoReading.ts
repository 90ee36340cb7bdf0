import { kindOfWord, unnamedPart } from '../../shared/model/partLabels';
import {
	isOpenOrAjar,
	worstOf,
	type LockState,
	type Openness,
	type Parts,
	type Reading,
	type SecurePart,
	type UnnamedPart,
} from '../../shared/model/reading';
import { toIsoOrNull } from '../../shared/basics/times';
import { entryOf, isRecord, recordOf } from '../../shared/basics/guards';

/**
 * Volvo renamed its fields three times in 2023, so each part is looked up under all of its names.
 */
const DOORS: Record<string, string[]> = {
	frontLeft: ['frontLeftDoor', 'frontLeft', 'frontLeftDoorOpen'],
	frontRight: ['frontRightDoor', 'frontRight', 'frontRightDoorOpen'],
	rearLeft: ['rearLeftDoor', 'rearLeft', 'rearLeftDoorOpen'],
	rearRight: ['rearRightDoor', 'rearRight', 'rearRightDoorOpen'],
};
const OPENINGS: Record<string, string[]> = {
	hood: ['hood', 'hoodOpen'],
	trunk: ['tailgate', 'tailGate', 'tailGateOpen'],
	fuelFlap: ['tankLid', 'tankLidOpen', 'cap'],
};
const WINDOWS: Record<string, string[]> = {
	frontLeft: ['frontLeftWindow', 'frontLeft', 'frontLeftWindowOpen'],
	frontRight: ['frontRightWindow', 'frontRight', 'frontRightWindowOpen'],
	rearLeft: ['rearLeftWindow', 'rearLeft', 'rearLeftWindowOpen'],
	rearRight: ['rearRightWindow', 'rearRight', 'rearRightWindowOpen'],
};
const SUNROOF: Record<string, string[]> = { sunroof: ['sunroof', 'sunRoofOpen'] };
const LOCK = ['centralLock', 'carLocked'];

const WIRE_NAMES = new Set(
	[DOORS, OPENINGS, WINDOWS, SUNROOF, { LOCK }].flatMap((names) => Object.values(names).flat()),
);

const OPENNESS: Record<string, Openness> = { OPEN: 'open', AJAR: 'ajar', CLOSED: 'closed' };
const LOCK_STATES: Record<string, LockState> = { LOCKED: 'locked', UNLOCKED: 'unlocked' };

/**
 * Volvo's answers for one vehicle: `data` of `/doors` and of `/windows`, if they were requested.
 */
export interface VolvoState {
	doors?: Record<string, unknown>;
	windows?: Record<string, unknown>;
}

/**
 * A reading in this pack's terms. Values such as `UNSPECIFIED` become `unknown`. `observedAt` is
 * when Volvo last got the lock's value from the car. Without the doors it is that of the oldest
 * window. Source: developer.volvocars.com, Connected Vehicle API v1 and v2, "Doors, windows and
 * locks".
 */
export function toVolvoReading(vin: string, { doors, windows }: VolvoState): Reading {
	return {
		service: 'volvo',
		deviceId: vin,
		deviceType: 'vehicle',
		name: vin,
		lock: lockOf(doors),
		doors: partsOf(doors, DOORS),
		windows: windows === undefined ? null : partsOf(windows, WINDOWS),
		openings: { ...partsOf(doors, OPENINGS), ...partsOf(windows, SUNROOF) },
		unnamedParts: [
			...othersIn(doors, [{ lock: LOCK }, DOORS, OPENINGS], 'doors'),
			...othersIn(windows, [WINDOWS, SUNROOF], 'windows'),
		],
		online: null,
		batteryLevel: null,
		observedAt: doors === undefined ? oldestTime(windows) : timeOf(memberOf(doors, LOCK)),
		partTimes: {
			...timesOf(doors, { lock: LOCK }),
			...timesOf(doors, DOORS, 'doors.'),
			...timesOf(windows, WINDOWS, 'windows.'),
			...timesOf(doors, OPENINGS, 'openings.'),
			...timesOf(windows, SUNROOF, 'openings.'),
		},
		raw: { ...(doors && { doors }), ...(windows && { windows }) },
	};
}

/**
 * Whether this can be Volvo's answer for the doors or the windows: it has a known member, whatever
 * its value is, or one of Volvo's shape under a new name. Anything else comes from a proxy or a
 * sign-in page.
 */
export function isVolvoState(data: Record<string, unknown>): boolean {
	return Object.entries(data).some(
		([name, member]) => WIRE_NAMES.has(name) || (isRecord(member) && 'value' in member),
	);
}

/** If two names disagree, the less safe value counts. */
function lockOf(doors: Record<string, unknown> | undefined): LockState {
	const states = valuesOf(doors, LOCK).map((value) => entryOf(LOCK_STATES, value) ?? 'unknown');
	if (states.includes('unlocked')) return 'unlocked';
	return states.length === 0 || states.includes('unknown') ? 'unknown' : 'locked';
}

function partsOf(
	data: Record<string, unknown> | undefined,
	names: Record<string, string[]>,
): Parts {
	return Object.fromEntries(
		Object.entries(names).flatMap(([part, wireNames]) => {
			if (data === undefined || !wireNames.some((name) => name in data)) return [];
			return [[part, worstOf(valuesOf(data, wireNames).map(opennessOf)) ?? 'unknown']];
		}),
	);
}

function opennessOf(value: unknown): Openness {
	return entryOf(OPENNESS, value) ?? 'unknown';
}

/**
 * Unknown fields: Volvo has renamed its fields before. It is only certain that one is about
 * something that can be open when it is open.
 */
function othersIn(
	data: Record<string, unknown> = {},
	known: ReadonlyArray<Record<string, string[]>>,
	usual: SecurePart,
): UnnamedPart[] {
	const names = new Set(known.flatMap((table) => Object.values(table).flat()));
	return Object.entries(data).flatMap(([word, member]) => {
		const openness = opennessOf(recordOf(member).value);
		const kind = kindOfWord(word, usual);
		if (names.has(word) || kind === undefined || !isOpenOrAjar(openness)) return [];
		return [unnamedPart(kind, word, openness)];
	});
}

function timesOf(
	data: Record<string, unknown> | undefined,
	names: Record<string, string[]>,
	group = '',
): Record<string, string> {
	const times = Object.entries(names).flatMap(([part, wireNames]) => {
		const time = timeOf(memberOf(data, wireNames));
		return time === null ? [] : [[group + part, time]];
	});
	return Object.fromEntries(times) as Record<string, string>;
}

function valuesOf(data: Record<string, unknown> | undefined, names: string[]): unknown[] {
	return names
		.map((name) => data?.[name])
		.filter(isRecord)
		.map(({ value }) => value);
}

function memberOf(data: Record<string, unknown> | undefined, names: string[]) {
	return recordOf(names.map((name) => data?.[name]).find(isRecord));
}

function oldestTime(data: Record<string, unknown> | undefined): string | null {
	const times = Object.values(data ?? {}).flatMap((member) => timeOf(recordOf(member)) ?? []);
	return times.sort()[0] ?? null;
}

/** Converts Volvo's seconds, milliseconds or microseconds to milliseconds. */
function timeOf(member: Record<string, unknown>): string | null {
	return toIsoOrNull(member.timestamp);
}
