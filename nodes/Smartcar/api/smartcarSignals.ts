import type { LockState, Openness, Parts, Reading } from '../../shared/model/lockStatus';
import { entriesOf, isRecord, recordOf, textOf } from '../../shared/basics/guards';
import { isoTimeOf, opennessOf, partAt, UNKNOWN_CABIN, vehicleName } from './smartcarParts';

interface Signal {
	isValid: boolean;
	/** The car has no such part, which is another thing than not knowing its state. */
	isUnsupported: boolean;
	body: Record<string, unknown>;
	meta: Record<string, unknown>;
}

export const NO_DATA =
	'Smartcar has no data of this vehicle yet: subscribe it to a webhook in the Smartcar Dashboard, or wait for the daily update';

/**
 * A reading from v3's `GET /vehicles/{id}/signals`, which gives what Smartcar has stored. A signal with an error
 * tells nothing, even when it still carries an old body; each value may be null.
 * Source: smartcar.com, signals "Closure" and "Charge", and recorded answers of 2026.
 * @param signals `data` of the answer; nothing when Smartcar has stored nothing.
 */
export function readingOfSignals(
	deviceId: string,
	signals: readonly unknown[],
	vehicle: Record<string, unknown>,
): Reading {
	const byCode = new Map(signals.flatMap(namedSignal));
	const lock = byCode.get('closure-islocked');
	const doors = grid(byCode.get('closure-doors'), 'doors');
	const windows = grid(byCode.get('closure-windows'), 'windows');
	return {
		service: 'smartcar',
		deviceId,
		deviceType: 'vehicle',
		name: vehicleName(vehicle) || deviceId,
		lock: lockOf(lock),
		doors,
		windows,
		openings: openingsOf(byCode),
		online: booleanOf(byCode.get('connectivitystatus-isonline')),
		batteryLevel: null,
		observedAt: timeOf(lock),
		partTimes: partTimesOf(byCode, { doors, windows }),
		notes: byCode.size === 0 ? [NO_DATA] : [],
		raw: signals,
	};
}

/** The signals of an answer; `undefined` when there is no list of them, or something else in it. */
export function signalsIn(data: unknown): unknown[] | undefined {
	return entriesOf(data, (signal) => (namedSignal(signal).length > 0 ? signal : undefined));
}

/** Whether Smartcar says that this user has not granted to read the lock. */
export function isLockDenied(signals: readonly unknown[]): boolean {
	return signals.some((signal) => {
		const attributes = recordOf(recordOf(signal).attributes);
		const error = recordOf(recordOf(attributes.status).error);
		return attributes.code === 'closure-islocked' && error.type === 'PERMISSION';
	});
}

function namedSignal(value: unknown): Array<[string, Signal]> {
	const signal = recordOf(value);
	// a webhook tells the same without the outer shell
	const attributes = isRecord(signal.attributes) ? signal.attributes : signal;
	const code = textOf(attributes.code) ?? textOf(signal.id);
	if (code === undefined) return [];
	const status = recordOf(attributes.status);
	// the webhook's own page shows a status only where it failed: a good signal has a body and no status
	const isGood = (attributes.status ?? null) === null && isRecord(attributes.body);
	return [
		[
			code,
			{
				isValid: isGood || status.value === 'SUCCESS',
				isUnsupported: recordOf(status.error).type === 'COMPATIBILITY',
				body: recordOf(attributes.body),
				meta: recordOf(signal.meta),
			},
		],
	];
}

function lockOf(signal: Signal | undefined): LockState {
	const isLocked = booleanOf(signal);
	if (isLocked === null) return 'unknown';
	return isLocked ? 'locked' : 'unlocked';
}

function booleanOf(signal: Signal | undefined): boolean | null {
	const value = signal?.isValid ? signal.body.value : undefined;
	return typeof value === 'boolean' ? value : null;
}

/**
 * Documents put the places under the group's own name, every recorded answer under `values`. Where no place is told
 * the car has doors all the same, and a door that is not there would count as closed.
 */
function grid(signal: Signal | undefined, group: string): Parts {
	if (signal === undefined || signal.isUnsupported) return {};
	const { body } = signal;
	const places = [body.values, body[group]].find(Array.isArray) ?? [];
	const columnCount = typeof body.columnCount === 'number' ? body.columnCount : 2;
	const parts = places.filter(isRecord).flatMap((place): Array<[string, Openness]> => {
		const part = partAt(place.row, place.column, columnCount);
		if (part === undefined) return [];
		return [[part, signal.isValid ? opennessOf(place.isOpen) : 'unknown']];
	});
	return parts.length === 0 ? { ...UNKNOWN_CABIN } : Object.fromEntries(parts);
}

/** Which signal tells of which opening, and in which field; of two for one opening the open one wins. */
const OPENINGS: Array<[code: string, part: string, field: string]> = [
	['closure-enginecover', 'hood', 'isOpen'],
	['closure-fronttrunk', 'frontTrunk', 'isOpen'],
	['closure-tailgate', 'trunk', 'isOpen'],
	['closure-reartrunk', 'trunk', 'isOpen'],
	['closure-sunroof', 'sunroof', 'isOpen'],
	['charge-ischargingportflapopen', 'chargingPort', 'value'],
];

function openingsOf(byCode: ReadonlyMap<string, Signal>): Parts {
	const openings: Parts = {};
	for (const [code, part, field] of OPENINGS) {
		const signal = byCode.get(code);
		if (signal === undefined || signal.isUnsupported) continue;
		const openness = signal.isValid ? opennessOf(signal.body[field]) : 'unknown';
		const isDecided = openings[part] === 'open' || (part in openings && openness === 'unknown');
		if (!isDecided) openings[part] = openness;
	}
	return openings;
}

function timeOf(signal: Signal | undefined): string | null {
	const { oemUpdatedAt, retrievedAt, fetchedAt } = signal?.meta ?? {};
	// documents of the webhook say `fetchedAt`
	return isoTimeOf(oemUpdatedAt) ?? isoTimeOf(retrievedAt) ?? isoTimeOf(fetchedAt);
}

/** All places of a grid share the time of their signal. */
function partTimesOf(
	byCode: ReadonlyMap<string, Signal>,
	grids: Record<'doors' | 'windows', Parts>,
): Record<string, string> {
	const sources: Array<[path: string, code: string]> = [
		['lock', 'closure-islocked'],
		...Object.entries(grids).flatMap(([group, parts]) =>
			Object.keys(parts).map((part): [string, string] => [`${group}.${part}`, `closure-${group}`]),
		),
		...OPENINGS.map(([code, part]): [string, string] => [`openings.${part}`, code]),
	];
	const times = sources.flatMap(([path, code]): Array<[path: string, time: string]> => {
		const signal = byCode.get(code);
		// when Smartcar fetched a value says nothing about when the car told it
		const time = signal?.isValid ? isoTimeOf(signal.meta.oemUpdatedAt) : null;
		return time === null ? [] : [[path, time]];
	});
	// of two signals for one opening the newer time counts
	return Object.fromEntries(times.sort(([, one], [, other]) => one.localeCompare(other)));
}
