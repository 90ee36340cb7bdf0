import { kindOfWord, unnamedPart } from '../../shared/model/partLabels';
import {
	partsFrom,
	type Openness,
	type Parts,
	type Reading,
	type SecurePart,
	type UnnamedPart,
} from '../../shared/model/reading';
import type { Answer } from '../../shared/http/answer';
import { entryOf, recordOf } from '../../shared/basics/guards';
import { isoTimeOf } from './smartcarParts';

const PLACES: Record<string, string> = {
	frontLeft: 'frontLeft',
	frontRight: 'frontRight',
	backLeft: 'rearLeft',
	backRight: 'rearRight',
};
/** Front is the engine hood, or the front trunk of an electric car. v2.0 does not say which. */
const STORAGE: Record<string, string> = { front: 'hood', rear: 'trunk' };
const SUNROOF: Record<string, string> = { sunroof: 'sunroof' };
const CHARGING_PORT: Record<string, string> = { chargingPort: 'chargingPort' };

/** Old examples have `LOCKED` in place of these. It does not say whether a door is closed. */
const OPENNESS: Record<string, Openness> = { OPEN: 'open', CLOSED: 'closed' };

/** Which list contains which kind of part, and under which names. */
const LISTS: Record<string, { names: Record<string, string>; kind?: SecurePart }> = {
	doors: { names: PLACES, kind: 'doors' },
	windows: { names: PLACES, kind: 'windows' },
	storage: { names: STORAGE, kind: 'trunk' },
	sunroof: { names: SUNROOF, kind: 'sunroof' },
	chargingPort: { names: CHARGING_PORT },
};

/**
 * A reading from v2.0's `GET /vehicles/{id}/security`. A part with the status `UNKNOWN` is
 * supported, but has no valid value. An empty array means that the car does not report these parts
 * at all. Source: smartcar.com, Vehicles API v2.0, "Lock Status".
 */
export function readingOfSecurity(deviceId: string, { json, headers }: Answer): Reading {
	const body = recordOf(json);
	const dataAge = isoTimeOf(headers['sc-data-age']);
	return {
		service: 'smartcar',
		deviceId,
		deviceType: 'vehicle',
		name: deviceId,
		lock: body.isLocked === true ? 'locked' : body.isLocked === false ? 'unlocked' : 'unknown',
		doors: partsOf(body, 'doors'),
		windows: partsOf(body, 'windows'),
		openings: {
			...partsOf(body, 'storage'),
			...partsOf(body, 'sunroof'),
			...partsOf(body, 'chargingPort'),
		},
		unnamedParts: [...Object.keys(LISTS).flatMap((list) => unnamedIn(body, list)), ...others(body)],
		online: null,
		batteryLevel: null,
		observedAt: dataAge ?? isoTimeOf(headers['sc-fetched-at']),
		// the time at which Smartcar fetched the values is not the car's own time
		...(dataAge === null ? { partTimes: {} } : {}),
		raw: body,
	};
}

/** Whether this can be Smartcar's answer: one of its members is present, whatever its value is. */
export function isSecurity(json: unknown): boolean {
	return ['isLocked', ...Object.keys(LISTS)].some((name) => name in recordOf(json));
}

interface Entry {
	type: unknown;
	openness: Openness;
}

/**
 * A value that is not a list counts as an entry of its own: it was reported, and must not
 * disappear.
 */
function entriesOf(value: unknown): Entry[] {
	const list: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
	return list.map((entry) => {
		const { type, status } = recordOf(entry);
		return { type, openness: entryOf(OPENNESS, status) ?? 'unknown' };
	});
}

function partsOf(body: Record<string, unknown>, list: string): Parts {
	const { names } = LISTS[list]!;
	return partsFrom(
		entriesOf(body[list]).flatMap(({ type, openness }): Array<[string, Openness]> => {
			const name = entryOf(names, type);
			return name === undefined ? [] : [[name, openness]];
		}),
	);
}

function unnamedIn(body: Record<string, unknown>, list: string): UnnamedPart[] {
	const { names, kind } = LISTS[list]!;
	if (kind === undefined) return [];
	return entriesOf(body[list])
		.filter(({ type }) => entryOf(names, type) === undefined)
		.map(({ type, openness }) => unnamedPart(kind, type, openness));
}

/**
 * Unknown members. It is only certain that one is about something that can be open when it is open.
 */
function others(body: Record<string, unknown>): UnnamedPart[] {
	return Object.entries(body).flatMap(([list, value]) => {
		const kind = kindOfWord(list, 'trunk');
		if (kind === undefined || Object.hasOwn(LISTS, list)) return [];
		return entriesOf(typeof value === 'string' ? { status: value } : value)
			.filter(({ openness }) => openness === 'open')
			.map(({ openness }) => unnamedPart(kind, list, openness));
	});
}
