import { isTime, TIME_TOLERANCE_MS } from '../../basics/times';
import { isRecord } from '../../basics/guards';
import { decodeLog, isStoredLog, type StoredLog } from './knownLog';
import { letterOf, pathOfLetter, type KnownState, type PartPath } from './parts';

/**
 * What a trigger remembers about one device. Kept small, because n8n stores it with the workflow.
 */
export interface KnownDevice {
	name: string;
	/** The known value of each part, in the format of {@link encodeParts}. */
	parts: string;
	/** Counts observations with changes for which the service gave no time. */
	changes: number;
	/** Only if lock events come from a log. */
	log?: StoredLog;
}

/** What is known about one part. All times are Unix time in milliseconds. */
export interface KnownPart {
	state: KnownState;
	/** The service's own time of the value, if it gave one. */
	at?: number;
	/** The sequence number of the delivered reading that it came from. */
	sequence?: number;
	/**
	 * Since when it has been unlocked, open or ajar. Removed once the "left" event has been
	 * emitted, because there is one for each opening and each unlocking.
	 */
	since?: number;
}

export type KnownParts = Map<PartPath, KnownPart>;

const STATES: Record<string, KnownState> = {
	a: 'ajar',
	c: 'closed',
	l: 'locked',
	o: 'open',
	u: 'unlocked',
};
const RADIX = 36;

/**
 * Groups parts that share a time: `<time>.<sequence>:<part><state><how long before that time it
 * began>`. This keeps a car small that has everything open since different times.
 */
export function encodeParts(parts: KnownParts): string {
	const groups = new Map<string, string[]>();
	for (const [path, { state, at, sequence, since }] of parts) {
		const group = inText(at) + (sequence === undefined ? '' : `.${inText(sequence)}`);
		const began = since === undefined ? '' : inText((at ?? 0) - since);
		const entry = `${letterOf(path)}${state.charAt(0)}${began}`;
		groups.set(group, [...(groups.get(group) ?? []), entry]);
	}
	return [...groups]
		.map(([group, entries]) => `${group}:${entries.sort().join(',')}`)
		.sort()
		.join(' ');
}

export function decodeParts({ parts }: Pick<KnownDevice, 'parts'>): KnownParts {
	const known: KnownParts = new Map();
	for (const group of parts.split(' ')) {
		const [order = '', entries = ''] = group.split(':');
		const [at, sequence] = order.split('.').map(numberOf);
		for (const entry of entries.split(',')) {
			const path = pathOfLetter(entry.charAt(0));
			const state = STATES[entry.charAt(1)];
			const began = numberOf(entry.slice(2));
			const since = began === undefined ? undefined : (at ?? 0) - began;
			if (path !== undefined && state !== undefined)
				known.set(path, { state, at, sequence, since });
		}
	}
	return known;
}

/**
 * Compares two values of a part: above 0 if the first is newer, below 0 if the second is. If the
 * times are equal or one is missing, the sequence decides. 0 if that does not decide either.
 */
export function compareOrder(
	one: Pick<KnownPart, 'at' | 'sequence'>,
	other: Pick<KnownPart, 'at' | 'sequence'>,
): number {
	if (one.at !== undefined && other.at !== undefined && one.at !== other.at) {
		return one.at - other.at;
	}
	if (one.sequence === undefined || other.sequence === undefined) return 0;
	return one.sequence - other.sequence;
}

/**
 * The time by which an observation is compared with others. A clock that was ahead once must not
 * make every later reading look old. How far it was ahead is known only within the tolerance.
 */
export function orderTime(
	reportedAtMs: number | null,
	sequence: number | undefined,
	nowMs: number,
): number | undefined {
	if (reportedAtMs === null) return undefined;
	if (reportedAtMs <= nowMs + TIME_TOLERANCE_MS) return reportedAtMs;
	return sequence === undefined ? nowMs : undefined;
}

/**
 * Whether a value is older than the known one. A copy may arrive late: a different value with the
 * same sequence is not newer.
 */
export function isOvertaken(value: Omit<KnownPart, 'since'>, known: KnownPart): boolean {
	const { state, sequence } = value;
	const order = compareOrder(value, known);
	const isSameOrder = order === 0 && sequence !== undefined && sequence === known.sequence;
	return order < 0 || (isSameOrder && state !== known.state);
}

/** The time from which the lock's state holds, Unix time in milliseconds. */
export function lockHoldsFrom({ log, parts }: Pick<KnownDevice, 'log' | 'parts'>): number {
	return log?.at ?? decodeParts({ parts }).get('lock')?.at ?? 0;
}

export function lockOf(known: KnownDevice): 'locked' | 'unlocked' | undefined {
	const state = decodeParts(known).get('lock')?.state;
	return state === 'locked' || state === 'unlocked' ? state : undefined;
}

/** Whether the lock's state comes from a log entry that no reading has shown yet. */
export function isLogAhead({ log }: KnownDevice): boolean {
	return log !== undefined && decodeLog(log).phase === 'logAhead';
}

/** Whether a stored value has this shape. */
export function isKnownDevice(value: unknown): value is KnownDevice {
	if (!isRecord(value) || typeof value.name !== 'string') return false;
	const { parts, changes, log } = value;
	return (
		typeof parts === 'string' &&
		isPartsText(parts) &&
		Number.isSafeInteger(changes) &&
		(log === undefined || isStoredLog(log))
	);
}

function isPartsText(text: string): boolean {
	const parts = decodeParts({ parts: text });
	return encodeParts(parts) === text && [...parts].every(isKnownPart);
}

function isKnownPart([path, { state, at = 0, since = 0 }]: [PartPath, KnownPart]): boolean {
	const isOfLock = state === 'locked' || state === 'unlocked';
	return isOfLock === (path === 'lock') && isTime(at) && isTime(since);
}

function inText(value: number | undefined): string {
	return value === undefined ? '' : Math.round(value).toString(RADIX);
}

function numberOf(text: string): number | undefined {
	return text === '' ? undefined : Number.parseInt(text, RADIX);
}
