import { kindOfWord, unnamedPart } from '../../shared/model/partLabels';
import {
	partsFrom,
	worstOf,
	type Cause,
	type LockState,
	type Openness,
	type Parts,
	type Reading,
	type UnnamedPart,
} from '../../shared/model/reading';
import { entriesOf, recordOf } from '../../shared/basics/guards';
import {
	isoTimeOf,
	opennessOf,
	partAt,
	UNKNOWN_CABIN,
	unnamedPlace,
	vehicleName,
} from './smartcarParts';
import { signalFrom, type Signal } from './smartcarSignal';

export const NO_DATA =
	'Smartcar has no data for this vehicle yet: subscribe it to a webhook in the Smartcar Dashboard, or wait for the daily update';

const NOT_ALL =
	'Smartcar returned only part of its data for this vehicle, so something else may be open';

/**
 * A reading from v3's `GET /vehicles/{id}/signals`, which returns what Smartcar has stored. A
 * signal with an error reports nothing, even when it still carries an old body. Each value may be
 * null. Source: smartcar.com, signals "Closure" and "Charge", and recorded answers of 2026.
 * @param list `data` of the answer; empty when Smartcar has stored nothing.
 * @param totalCount The number of signals, if the answer contains it. No way to a second page is
 * documented.
 */
export function readingOfSignals(
	deviceId: string,
	list: readonly unknown[],
	vehicle: Record<string, unknown>,
	totalCount?: unknown,
): Reading {
	const signals = list.flatMap((value) => signalFrom(value) ?? []);
	const lock = signals.find(({ code }) => code === 'closure-islocked');
	const doors = grid(signals, 'doors');
	const windows = grid(signals, 'windows');
	const isPartial = typeof totalCount === 'number' && totalCount > list.length;
	return {
		service: 'smartcar',
		deviceId,
		deviceType: 'vehicle',
		name: vehicleName(vehicle) || deviceId,
		lock: lockOf(signals),
		doors: doors.parts,
		windows: windows.parts,
		openings: openingsOf(signals),
		unnamedParts: [...doors.unnamed, ...windows.unnamed, ...otherClosures(signals)],
		online: booleanOf(signals.find(({ code }) => code === 'connectivitystatus-isonline')),
		batteryLevel: null,
		observedAt: timeOf(lock),
		partTimes: partTimesOf(signals, { doors: doors.parts, windows: windows.parts }),
		causes: causesOf(signals),
		notes: signals.length === 0 ? [NO_DATA] : isPartial ? [NOT_ALL] : [],
		raw: list,
	};
}

/** The signals of an answer; `undefined` when there is no list of signals. */
export function signalsIn(data: unknown): unknown[] | undefined {
	return entriesOf(data, (value) => (signalFrom(value) === undefined ? undefined : value));
}

/** Whether Smartcar says that this user has not granted reading the lock. */
export function isLockDenied(signals: readonly unknown[]): boolean {
	return signals.some((signal) => {
		const attributes = recordOf(recordOf(signal).attributes);
		const error = recordOf(recordOf(attributes.status).error);
		return attributes.code === 'closure-islocked' && error.type === 'PERMISSION';
	});
}

/** If several disagree, the least safe one counts. */
function lockOf(signals: readonly Signal[]): LockState {
	const values = signals.filter(({ code }) => code === 'closure-islocked').map(booleanOf);
	if (values.includes(false)) return 'unlocked';
	return values.length === 0 || values.includes(null) ? 'unknown' : 'locked';
}

function booleanOf(signal: Signal | undefined): boolean | null {
	const value = signal?.isValid ? signal.body.value : undefined;
	return typeof value === 'boolean' ? value : null;
}

interface Grid {
	parts: Parts;
	unnamed: UnnamedPart[];
}

/**
 * If a signal reports no place with a name, the car still has doors, and a missing door would count
 * as closed.
 */
function grid(signals: readonly Signal[], group: 'doors' | 'windows'): Grid {
	const own = signals.filter(
		({ code, isUnsupported }) => code === `closure-${group}` && !isUnsupported,
	);
	const named: Array<[part: string, openness: Openness]> = [];
	const unnamed: UnnamedPart[] = [];
	for (const { body, isValid } of own) {
		const places = placesIn(body, group);
		const columnCount = columnsOf(body, places);
		const before = named.length;
		for (const { row, column, isOpen } of places) {
			const part = partAt(row, column, columnCount);
			const value = isValid ? isOpen : undefined;
			if (part !== undefined) named.push([part, opennessOf(value)]);
			else unnamed.push(unnamedPlace(group, { row, column, isOpen: value }, columnCount));
		}
		if (named.length === before) named.push(...Object.entries(UNKNOWN_CABIN));
	}
	return { parts: partsFrom(named), unnamed };
}

/** Documents have the places under the group's own name, all recorded answers under `values`. */
function placesIn(body: Record<string, unknown>, group: string): Array<Record<string, unknown>> {
	return [body.values, body[group]].filter(Array.isArray).flat().map(recordOf);
}

/** If it is not reported, the rightmost place is the right one. */
function columnsOf(
	{ columnCount }: Record<string, unknown>,
	places: ReadonlyArray<Record<string, unknown>>,
): number {
	if (typeof columnCount === 'number') return columnCount;
	const columns = places.map(({ column }) => (typeof column === 'number' ? column + 1 : 0));
	return Math.max(2, ...columns);
}

/**
 * Which signal reports which opening, and in which field. If two report one opening, the least safe
 * value counts.
 */
const OPENINGS: Array<[code: string, part: string, field: string]> = [
	['closure-enginecover', 'hood', 'isOpen'],
	['closure-fronttrunk', 'frontTrunk', 'isOpen'],
	['closure-tailgate', 'trunk', 'isOpen'],
	['closure-reartrunk', 'trunk', 'isOpen'],
	['closure-sunroof', 'sunroof', 'isOpen'],
	['charge-ischargingportflapopen', 'chargingPort', 'value'],
];

function openingsOf(signals: readonly Signal[]): Parts {
	return partsFrom(
		OPENINGS.flatMap(([code, part, field]) =>
			signals
				.filter((signal) => signal.code === code && !signal.isUnsupported)
				.map(({ isValid, body }): [string, Openness] => [
					part,
					isValid ? opennessOf(body[field]) : 'unknown',
				]),
		),
	);
}

const KNOWN_CLOSURES = new Set([
	'closure-islocked',
	'closure-doors',
	'closure-windows',
	...OPENINGS.map(([code]) => code),
]);

/**
 * Smartcar adds signals. A new one about something that can be open counts, even without a name in
 * this pack.
 */
function otherClosures(signals: readonly Signal[]): UnnamedPart[] {
	return signals.flatMap(({ code, isValid, body }) => {
		if (!isValid || !code.startsWith('closure-') || KNOWN_CLOSURES.has(code)) return [];
		const word = code.slice('closure-'.length);
		const kind = kindOfWord(word, 'trunk');
		// `charge-ischargingportflapopen` has one value
		const ofAll = word.endsWith('open') ? body.value : undefined;
		const states = [body, ...placesIn(body, word), { isOpen: ofAll }].map(({ isOpen }) =>
			opennessOf(isOpen),
		);
		// it is only certain that it is about something that can be open when it is open
		return kind !== undefined && worstOf(states) === 'open'
			? [unnamedPart(kind, word, 'open')]
			: [];
	});
}

function causesOf(signals: readonly Signal[]): Record<string, Cause> {
	const paths: Array<[code: string, path: string]> = [
		['closure-islocked', 'lock'],
		['closure-doors', 'doors'],
		['closure-windows', 'windows'],
		...OPENINGS.map(([code, part]): [string, string] => [code, `openings.${part}`]),
	];
	const found = paths.flatMap(([code, path]) => {
		const failing = signals.find((signal) => signal.code === code && !signal.isValid);
		return failing?.cause === undefined ? [] : [[path, failing.cause] as const];
	});
	return Object.fromEntries(found);
}

function timeOf(signal: Signal | undefined): string | null {
	const { oemUpdatedAt, retrievedAt, fetchedAt } = signal?.meta ?? {};
	// the webhook documentation says `fetchedAt`
	return isoTimeOf(oemUpdatedAt) ?? isoTimeOf(retrievedAt) ?? isoTimeOf(fetchedAt);
}

/** All places of a grid share the time of their signal. */
function partTimesOf(
	signals: readonly Signal[],
	grids: Record<'doors' | 'windows', Parts>,
): Record<string, string> {
	const sources: Array<[path: string, code: string]> = [
		['lock', 'closure-islocked'],
		...Object.entries(grids).flatMap(([group, parts]) =>
			Object.keys(parts).map((part): [string, string] => [`${group}.${part}`, `closure-${group}`]),
		),
		...OPENINGS.map(([code, part]): [string, string] => [`openings.${part}`, code]),
	];
	const times = sources.flatMap(([path, wanted]) =>
		signals.flatMap(({ code, isValid, meta }): Array<[path: string, time: string]> => {
			if (code !== wanted || !isValid) return [];
			// the time at which Smartcar fetched a value is not the car's own time
			const time = isoTimeOf(meta.oemUpdatedAt);
			return time === null ? [] : [[path, time]];
		}),
	);
	// if two signals report one opening, the newer time counts
	return Object.fromEntries(times.sort(([, one], [, other]) => one.localeCompare(other)));
}
