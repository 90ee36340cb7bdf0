import type { Reading } from '../../shared/model/lockStatus';
import type { Delivery } from '../../shared/triggers/webhook/delivery';
import { toMsOrNull } from '../../shared/basics/times';
import { arrayOf, recordOf, textOf } from '../../shared/basics/guards';
import { isoTimeOf, vehicleName } from '../api/smartcarParts';
import { readingOfSignals } from '../api/smartcarSignals';

/**
 * A message of Smartcar about a vehicle, in payload version 4.0. Source: smartcar.com, "Webhooks".
 */
export interface VehicleState {
	kind: 'state';
	eventId: string;
	reading: Reading;
	/**
	 * Its position among the events of the vehicle; `undefined` if Smartcar gives no time for its
	 * values.
	 */
	sequence: number | undefined;
	/** When Smartcar sent it, by its own clock, Unix time in milliseconds. */
	deliveredAtMs: number | null;
	/** The first delivery of a vehicle, or of a webhook that was re-enabled. */
	isFirst: boolean;
	isTest: boolean;
}

export interface VehicleErrors {
	kind: 'errors';
	eventId: string;
	deviceId: string;
	name: string;
	deliveredAtMs: number | null;
	/** Its position among the events of the vehicle, if Smartcar gives it. */
	sequence: number | undefined;
	errors: VehicleErrorEntry[];
	isTest: boolean;
}

export interface VehicleErrorEntry {
	type: string;
	code: string;
	state: string;
	description: string;
	/** Codes of the affected signals; empty = the whole vehicle. */
	signals: string[];
}

/** The content of a signed delivery; `undefined` for unknown kinds. */
export function contentOf({ body }: Delivery): VehicleState | VehicleErrors | undefined {
	const data = recordOf(body.data);
	const meta = recordOf(body.meta);
	const vehicle = recordOf(data.vehicle);
	const eventId = textOf(body.eventId);
	const deviceId = textOf(vehicle.id) ?? textOf(body.vehicleId);
	if (eventId === undefined || deviceId === undefined) return undefined;
	const isSimulated = (textOf(vehicle.mode) ?? 'live').toLowerCase() !== 'live';
	const isTest = isSimulated || textOf(meta.mode)?.toUpperCase() === 'TEST';
	const sequence = isCount(meta.sequence) ? meta.sequence : undefined;
	const deliveredAtMs = toMsOrNull(isoTimeOf(meta.deliveredAt));
	if (body.eventType === 'VEHICLE_STATE') {
		const signals = arrayOf(data.signals);
		return {
			kind: 'state',
			eventId,
			reading: readingOfSignals(deviceId, signals, vehicle),
			sequence: sequence ?? fetchedAtMs(signals),
			deliveredAtMs,
			isFirst: [...arrayOf(body.triggers), ...arrayOf(data.triggers)].some(isFirstDelivery),
			isTest,
		};
	}
	if (body.eventType !== 'VEHICLE_ERROR') return undefined;
	return {
		kind: 'errors',
		eventId,
		deviceId,
		name: vehicleName(vehicle) || deviceId,
		deliveredAtMs,
		sequence,
		errors: arrayOf(data.errors).map((entry) => {
			const { type, code, state, description, signals } = recordOf(entry);
			return {
				type: textOf(type) ?? '',
				code: textOf(code) ?? '',
				state: textOf(state) ?? '',
				description: textOf(description) ?? '',
				signals: [...new Set(arrayOf(signals).flatMap(signalCode))].sort(),
			};
		}),
		isTest,
	};
}

/** `closure-doors`. Deliveries of 2025 use one word, `Closure.Doors`, for the same signal. */
function signalCode(signal: unknown): string[] {
	const { code, group, name } = recordOf(signal);
	const words = textOf(signal) ?? [group, name].filter((word) => textOf(word)).join('.');
	const found = textOf(code) ?? words.replace('.', '-').toLowerCase();
	return found === '' ? [] : [found];
}

/**
 * Whether an error prevents reading locks, doors or windows. An error of the maker's account, or
 * one that names no signal, concerns the whole vehicle.
 */
export function isAboutLocks({ type, signals }: VehicleErrorEntry): boolean {
	const isOfVehicle = type === 'CONNECTED_SERVICES_ACCOUNT' || signals.length === 0;
	return isOfVehicle || signals.some((code) => code.startsWith('closure-'));
}

/**
 * When Smartcar got the newest value. Unlike the time of the delivery, it is the same in a retry.
 * If only the car's own times are given, they are used instead.
 */
function fetchedAtMs(signals: readonly unknown[]): number | undefined {
	const metas = signals.map((signal) => recordOf(recordOf(signal).meta));
	const times = metas.flatMap(({ retrievedAt, fetchedAt }) => {
		return isoTimeOf(retrievedAt) ?? isoTimeOf(fetchedAt) ?? [];
	});
	if (times.length > 0) return Math.max(...times.map((time) => Date.parse(time)));
	return metas.some(({ oemUpdatedAt }) => isoTimeOf(oemUpdatedAt) !== null) ? 0 : undefined;
}

/** Documents name it as a code, older ones as a type. */
function isFirstDelivery(trigger: unknown): boolean {
	const { type, code } = recordOf(trigger);
	return type === 'FIRST_DELIVERY' || code === 'FIRST_DELIVERY';
}

function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value);
}
