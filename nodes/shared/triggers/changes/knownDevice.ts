import { isOptionalTime, isTime } from '../../basics/times';
import { isRecord } from '../../basics/guards';
import { letterOf, pathOfLetter, type KnownState, type PartPath } from './parts';

/** What a trigger remembers of one device: as small as it can be, because n8n keeps it with the workflow. */
export interface KnownDevice {
	name: string;
	/** What is known of each part, as `textOf` writes it. */
	parts: string;
	/** Counts the observations with changes for which the service told no time. */
	changes: number;
	/** Only where lock events come from a log. */
	log?: KnownLog;
}

/** What is known of one part. All times are Unix time in milliseconds. */
export interface KnownPart {
	state: KnownState;
	/** The service's own time of the value, where it has told one. */
	at?: number;
	/** The place of the pushed reading that told it. */
	sequence?: number;
	/**
	 * Since when it is unlocked, open or ajar. What was told to be left so has none, because each opening and each
	 * unlocking is told once.
	 */
	since?: number;
}

export interface KnownLog {
	/** As of when the lock's state holds, where that is not the time of the entry that told it. */
	at?: number;
	/** The state is that of the first reading: what the log tells of the time before is not news. */
	isBaseline?: true;
	/** The log has told what no reading has shown so far, so one that contradicts is behind. */
	leads?: true;
	/** Since when the readings contradict the log. */
	doubt?: number;
	/** A state that was told by a reading before the log had it; its entry is not told again. */
	ahead?: 'locked' | 'unlocked';
	/**
	 * An entry told the other state at a time that is older, or so near that their clocks may differ: the readings that
	 * follow show which of the two holds.
	 */
	unsure?: true;
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
 * Parts that share a time stand together: `<time>.<sequence>:<part><state><how long before that time it began>`, so
 * that a car with everything open since different times stays small.
 */
export function textOf(parts: KnownParts): string {
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

export function partsOf({ parts }: Pick<KnownDevice, 'parts'>): KnownParts {
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
 * Which of two values of a part is the newer one: above 0 the first, below 0 the second. The sequence decides where the
 * times are equal or one of them is missing; 0 where it does not tell either.
 */
export function comparePlaces(
	one: Pick<KnownPart, 'at' | 'sequence'>,
	other: Pick<KnownPart, 'at' | 'sequence'>,
): number {
	if (one.at !== undefined && other.at !== undefined && one.at !== other.at) {
		return one.at - other.at;
	}
	if (one.sequence === undefined || other.sequence === undefined) return 0;
	return one.sequence - other.sequence;
}

/** As of when the lock's state holds, Unix time in milliseconds. */
export function lockHoldsFrom({ log, parts }: Pick<KnownDevice, 'log' | 'parts'>): number {
	return log?.at ?? partsOf({ parts }).get('lock')?.at ?? 0;
}

export function lockOf(known: KnownDevice): 'locked' | 'unlocked' | undefined {
	const state = partsOf(known).get('lock')?.state;
	return state === 'locked' || state === 'unlocked' ? state : undefined;
}

/** Whether a value that was stored is of this shape. */
export function isKnownDevice(value: unknown): value is KnownDevice {
	if (!isRecord(value) || typeof value.name !== 'string') return false;
	const { parts, changes, log } = value;
	return (
		typeof parts === 'string' &&
		isPartsText(parts) &&
		Number.isSafeInteger(changes) &&
		(log === undefined || isKnownLog(log))
	);
}

function isPartsText(text: string): boolean {
	const parts = partsOf({ parts: text });
	return textOf(parts) === text && [...parts].every(isKnownPart);
}

function isKnownPart([path, { state, at = 0, since = 0 }]: [PartPath, KnownPart]): boolean {
	const isOfLock = state === 'locked' || state === 'unlocked';
	return isOfLock === (path === 'lock') && isTime(at) && isTime(since);
}

function isKnownLog(value: unknown): boolean {
	if (!isRecord(value)) return false;
	const { at, doubt, ahead } = value;
	return (
		[at, doubt].every(isOptionalTime) &&
		(ahead === undefined || ahead === 'locked' || ahead === 'unlocked')
	);
}

function inText(value: number | undefined): string {
	return value === undefined ? '' : Math.round(value).toString(RADIX);
}

function numberOf(text: string): number | undefined {
	return text === '' ? undefined : Number.parseInt(text, RADIX);
}
