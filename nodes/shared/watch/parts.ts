import {
	doorLabel,
	openingLabel,
	windowLabel,
	type LockState,
	type Openness,
	type Reading,
} from '../lockStatus';

/** A part of a device by its place in the lock status: `lock`, `doors.rearLeft`, `openings.trunk`. */
export type PartPath = string;

/** A value that is known. */
export type KnownState = Exclude<LockState | Openness, 'unknown'>;

export type PartKind = 'lock' | 'door' | 'window';

const OPENINGS_AS: Record<string, PartKind> = {
	hood: 'door',
	trunk: 'door',
	frontTrunk: 'door',
	sunroof: 'window',
};

/** What the events about a part are called after; `undefined` for a flap that nobody gets in by. */
export function kindOf(path: PartPath): PartKind | undefined {
	const [group, part = ''] = split(path);
	if (group === 'lock' || group === 'doors') return group === 'lock' ? 'lock' : 'door';
	return group === 'windows' ? 'window' : OPENINGS_AS[part];
}

/** The watched parts of a reading whose value is known. */
export function knownStates(reading: Reading): Array<[PartPath, KnownState]> {
	const { lock, doors, windows, openings } = reading;
	const all: Array<[PartPath, LockState | Openness]> = [
		['lock', lock],
		...grouped('doors', doors),
		...grouped('windows', windows ?? {}),
		...grouped('openings', openings),
	];
	return all.filter(
		(entry): entry is [PartPath, KnownState] =>
			entry[1] !== 'unknown' && kindOf(entry[0]) !== undefined,
	);
}

/** The service's own time of one value, Unix time in milliseconds; `null` where it tells none. */
export function timeOfPart({ partTimes, observedAt }: Reading, path: PartPath): number | null {
	const time = Date.parse((partTimes === undefined ? observedAt : partTimes[path]) ?? '');
	return Number.isNaN(time) ? null : time;
}

/** Unlocked, open or ajar. */
export function isOut(state: KnownState): boolean {
	return state !== 'locked' && state !== 'closed';
}

/** `doors.rearLeft` → `rear left door`. */
export function partLabel(path: PartPath): string {
	const [group, part = ''] = split(path);
	if (group === 'doors') return doorLabel(part);
	return group === 'windows' ? windowLabel(part) : openingLabel(part);
}

function split(path: PartPath): string[] {
	return path.split('.');
}

function grouped(group: string, parts: Record<string, Openness>): Array<[PartPath, Openness]> {
	return Object.entries(parts).map(([part, openness]) => [`${group}.${part}`, openness]);
}

/** A reading in which nothing is known. */
export function nothingRead(
	{ service, deviceType }: Pick<Reading, 'service' | 'deviceType'>,
	deviceId: string,
	name: string,
): Reading {
	return {
		service,
		deviceId,
		deviceType,
		name,
		lock: 'unknown',
		doors: {},
		windows: {},
		openings: {},
		online: null,
		batteryLevel: null,
		observedAt: null,
		raw: {},
	};
}
