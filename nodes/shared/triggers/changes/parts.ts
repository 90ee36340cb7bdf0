import type { LockState, Openness, Reading } from '../../model/lockStatus';
import { doorLabel, openingLabel, windowLabel } from '../../model/partLabels';

/** The path of a part in the lock status: `lock`, `doors.rearLeft`, `openings.trunk`. */
export type PartPath = string;

/** A state that is not unknown. */
export type KnownState = Exclude<LockState | Openness, 'unknown'>;

export type PartKind = 'lock' | 'door' | 'window';

/**
 * The watched parts: the path, the kind that names its events, and the letter in a trigger's state.
 */
const WATCHED: ReadonlyArray<[path: PartPath, kind: PartKind, letter: string]> = [
	['lock', 'lock', 'l'],
	['doors.door', 'door', 'd'],
	['doors.frontLeft', 'door', 'a'],
	['doors.frontRight', 'door', 'b'],
	['doors.rearLeft', 'door', 'c'],
	['doors.rearRight', 'door', 'e'],
	['doors.row3Left', 'door', 'f'],
	['doors.row3Right', 'door', 'g'],
	['openings.hood', 'door', 'h'],
	['openings.trunk', 'door', 't'],
	['openings.frontTrunk', 'door', 'u'],
	['openings.sunroof', 'window', 's'],
	['windows.frontLeft', 'window', 'm'],
	['windows.frontRight', 'window', 'n'],
	['windows.rearLeft', 'window', 'o'],
	['windows.rearRight', 'window', 'p'],
	['windows.row3Left', 'window', 'q'],
	['windows.row3Right', 'window', 'r'],
];
const KINDS = new Map(WATCHED.map(([path, kind]) => [path, kind]));
const LETTERS = new Map(WATCHED.map(([path, , letter]) => [path, letter]));
const PATHS = new Map(WATCHED.map(([path, , letter]) => [letter, path]));

/**
 * The kind that names the events of a part. `undefined` for a flap that gives no access to the car.
 */
export function kindOf(path: PartPath): PartKind | undefined {
	return KINDS.get(path);
}

export function letterOf(path: PartPath): string | undefined {
	return LETTERS.get(path);
}

export function pathOfLetter(letter: string): PartPath | undefined {
	return PATHS.get(letter);
}

/** The watched parts of a reading that have a known value. */
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

/** Unlocked, open or ajar. */
export function isOpenOrUnlocked(state: KnownState): boolean {
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

/** A reading with every value unknown. */
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
