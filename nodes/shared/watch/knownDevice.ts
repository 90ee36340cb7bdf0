import { isRecord } from '../wire';
import type { KnownState, PartPath } from './parts';

/**
 * What a trigger remembers of one device: as small as it can be, because n8n keeps it with the workflow. All
 * times are Unix time in milliseconds.
 */
export interface KnownDevice {
	name: string;
	lock?: 'locked' | 'unlocked';
	/** Paths of parts such as `doors.rearLeft`, by their value, with spaces in between. */
	closed?: string;
	ajar?: string;
	open?: string;
	/** The service's own time of the last reading. */
	at?: number;
	/**
	 * Since when the lock is unlocked, or parts are open or ajar: paths by time. One that was told to be left so
	 * stands here no longer, because each opening and each unlocking is told once.
	 */
	since?: Record<string, string>;
	/** Counts the changes for which the service told no time. */
	changes?: number;
	/** Only of pushed readings: the time of each part's value, 0 = none, and the place of the reading that told it. */
	order?: Record<PartPath, [timeMs: number, sequence: number]>;
	/** Only where lock events come from a log: as of when `lock` holds, and where it is from. */
	log?: KnownLog;
}

export interface KnownLog {
	at: number;
	from: 'log' | 'reading';
	/** Since when the readings contradict the log. */
	doubt?: number;
	/** A state that was told by a reading before the log had it; its entry is not told again. */
	ahead?: 'locked' | 'unlocked';
}

/** A copy that may be changed: only `log` is, everything else is replaced. */
export function copyOfKnown(known: KnownDevice): KnownDevice {
	return known.log === undefined ? { ...known } : { ...known, log: { ...known.log } };
}

const OPENNESS = ['closed', 'ajar', 'open'] as const;

export function statesOf(known: KnownDevice): Map<PartPath, KnownState> {
	const states = new Map<PartPath, KnownState>();
	if (known.lock !== undefined) states.set('lock', known.lock);
	for (const openness of OPENNESS) {
		for (const path of known[openness]?.split(' ') ?? []) states.set(path, openness);
	}
	return states;
}

/** Writes the states into `known`, in the order of the paths, so that the same states look the same. */
export function setStates(known: KnownDevice, states: ReadonlyMap<PartPath, KnownState>): void {
	const lock = states.get('lock');
	if (lock === 'locked' || lock === 'unlocked') known.lock = lock;
	for (const openness of OPENNESS) {
		const paths = [...states].filter(([, state]) => state === openness).map(([path]) => path);
		if (paths.length > 0) known[openness] = paths.sort().join(' ');
		else delete known[openness];
	}
}

export function sincesOf({ since = {} }: KnownDevice): Map<PartPath, number> {
	return new Map(
		Object.entries(since).flatMap(([ms, paths]) =>
			paths.split(' ').map((path): [PartPath, number] => [path, Number(ms)]),
		),
	);
}

export function setSinces(known: KnownDevice, sinces: ReadonlyMap<PartPath, number>): void {
	const since: Record<string, string> = {};
	for (const [path, ms] of [...sinces].sort(([a], [b]) => (a < b ? -1 : 1))) {
		since[ms] = since[ms] === undefined ? path : `${since[ms]} ${path}`;
	}
	if (sinces.size > 0) known.since = since;
	else delete known.since;
}

/** Whether a value that was stored is of this shape. */
export function isKnownDevice(value: unknown): value is KnownDevice {
	if (!isRecord(value) || typeof value.name !== 'string') return false;
	const { lock, log, order, since } = value;
	return (
		(order === undefined || (isRecord(order) && Object.values(order).every(isNumberPair))) &&
		(lock === undefined || lock === 'locked' || lock === 'unlocked') &&
		OPENNESS.every((openness) => isOptional(value[openness], 'string')) &&
		isOptional(value.at, 'number') &&
		isOptional(value.changes, 'number') &&
		(since === undefined || (isRecord(since) && Object.entries(since).every(isSince))) &&
		(log === undefined || isKnownLog(log))
	);
}

function isSince([ms, paths]: [string, unknown]): boolean {
	return Number.isFinite(Number(ms)) && typeof paths === 'string';
}

function isKnownLog(value: unknown): boolean {
	return (
		isRecord(value) &&
		typeof value.at === 'number' &&
		(value.from === 'log' || value.from === 'reading') &&
		isOptional(value.doubt, 'number') &&
		isOptional(value.ahead, 'string')
	);
}

export function isNumberPair(value: unknown): boolean {
	return Array.isArray(value) && value.length === 2 && value.every((n) => typeof n === 'number');
}

export function isOptional(value: unknown, type: 'boolean' | 'number' | 'string'): boolean {
	return value === undefined || typeof value === type;
}
