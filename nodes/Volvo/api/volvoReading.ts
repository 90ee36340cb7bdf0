import type { LockState, Openness, Parts, Reading } from '../../shared/model/lockStatus';
import { isoOf, toldMsOf } from '../../shared/basics/times';
import { entryOf, isRecord, recordOf } from '../../shared/basics/guards';

/** Volvo renamed its fields three times in 2023, so each part is looked for under all of its names. */
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

const OPENNESS: Record<string, Openness> = { OPEN: 'open', AJAR: 'ajar', CLOSED: 'closed' };
const LOCK_STATES: Record<string, LockState> = { LOCKED: 'locked', UNLOCKED: 'unlocked' };

/** What Volvo answers for one vehicle: `data` of `/doors` and of `/windows`, where they were asked for. */
export interface VolvoState {
	doors?: Record<string, unknown>;
	windows?: Record<string, unknown>;
}

/**
 * A reading in this pack's words. Values nobody knows, such as `UNSPECIFIED`, become `unknown`.
 * `observedAt` is when Volvo last got the lock's value from the car; without the doors that of the oldest window.
 * Source: developer.volvocars.com, Connected Vehicle API v1 and v2, "Doors, windows and locks".
 */
export function toVolvoReading(vin: string, { doors, windows }: VolvoState): Reading {
	return {
		service: 'volvo',
		deviceId: vin,
		deviceType: 'vehicle',
		name: vin,
		lock: entryOf(LOCK_STATES, valueOf(doors, LOCK)) ?? 'unknown',
		doors: partsOf(doors, DOORS),
		windows: windows === undefined ? null : partsOf(windows, WINDOWS),
		openings: { ...partsOf(doors, OPENINGS), ...partsOf(windows, SUNROOF) },
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

function partsOf(
	data: Record<string, unknown> | undefined,
	names: Record<string, string[]>,
): Parts {
	return Object.fromEntries(
		Object.entries(names).flatMap(([part, wireNames]) => {
			if (data === undefined || !wireNames.some((name) => name in data)) return [];
			return [[part, entryOf(OPENNESS, valueOf(data, wireNames)) ?? 'unknown']];
		}),
	);
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

function valueOf(data: Record<string, unknown> | undefined, names: string[]): unknown {
	return memberOf(data, names).value;
}

function memberOf(data: Record<string, unknown> | undefined, names: string[]) {
	return recordOf(names.map((name) => data?.[name]).find(isRecord));
}

function oldestTime(data: Record<string, unknown> | undefined): string | null {
	const times = Object.values(data ?? {}).flatMap((member) => timeOf(recordOf(member)) ?? []);
	return times.sort()[0] ?? null;
}

/** Volvo writes seconds, milliseconds or microseconds; here it is always milliseconds. */
function timeOf(member: Record<string, unknown>): string | null {
	return isoOf(toldMsOf(member.timestamp) ?? null);
}
