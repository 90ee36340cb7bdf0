import type { Openness, Parts, Reading } from '../../shared/model/lockStatus';
import type { Answer } from '../../shared/http/answer';
import { entryOf, recordOf } from '../../shared/basics/guards';
import { isoTimeOf } from './smartcarParts';

const PLACES: Record<string, string> = {
	frontLeft: 'frontLeft',
	frontRight: 'frontRight',
	backLeft: 'rearLeft',
	backRight: 'rearRight',
};
/** Front is the engine hood, or the front trunk of an electric car; v2.0 does not tell which. */
const STORAGE: Record<string, string> = { front: 'hood', rear: 'trunk' };
const SUNROOF: Record<string, string> = { sunroof: 'sunroof' };
const CHARGING_PORT: Record<string, string> = { chargingPort: 'chargingPort' };

const MEMBERS = ['isLocked', 'doors', 'windows', 'sunroof', 'storage', 'chargingPort'];

/** `LOCKED` stood in old examples in place of these; it does not say whether a door is shut. */
const OPENNESS: Record<string, Openness> = { OPEN: 'open', CLOSED: 'closed' };

/**
 * A reading from v2.0's `GET /vehicles/{id}/security`. A part with the status `UNKNOWN` is supported, but told
 * no valid value; an empty array means that the car does not tell these parts at all.
 * Source: smartcar.com, Vehicles API v2.0, "Lock Status".
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
		doors: partsOf(body.doors, PLACES),
		windows: partsOf(body.windows, PLACES),
		openings: {
			...partsOf(body.storage, STORAGE),
			...partsOf(body.sunroof, SUNROOF),
			...partsOf(body.chargingPort, CHARGING_PORT),
		},
		online: null,
		batteryLevel: null,
		observedAt: dataAge ?? isoTimeOf(headers['sc-fetched-at']),
		// when Smartcar fetched the values says nothing about when the car told them
		...(dataAge === null ? { partTimes: {} } : {}),
		raw: body,
	};
}

/** Whether this can be what Smartcar answers: one of its members is there, whatever it holds. */
export function isSecurity(json: unknown): boolean {
	return MEMBERS.some((name) => name in recordOf(json));
}

function partsOf(list: unknown, names: Record<string, string>): Parts {
	if (!Array.isArray(list)) return {};
	const parts = list.flatMap((entry: unknown): Array<[string, Openness]> => {
		const { type, status } = recordOf(entry);
		const name = entryOf(names, type);
		return name === undefined ? [] : [[name, entryOf(OPENNESS, status) ?? 'unknown']];
	});
	return Object.fromEntries(parts);
}
