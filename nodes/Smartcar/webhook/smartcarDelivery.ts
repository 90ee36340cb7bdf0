import { createHmac } from 'crypto';

import type { Reading } from '../../shared/model/lockStatus';
import { isSame, type Delivery } from '../../shared/triggers/webhook/delivery';
import { isTime } from '../../shared/basics/times';
import { recordOf, textOf } from '../../shared/basics/guards';
import { isoTimeOf, vehicleName } from '../api/smartcarParts';
import { readingOfSignals } from '../api/smartcarSignals';

/** What Smartcar says of a vehicle, in payload version 4.0. Source: smartcar.com, "Webhooks". */
export interface VehicleState {
	kind: 'state';
	eventId: string;
	reading: Reading;
	/** Its place among the events of the vehicle. */
	sequence: number;
	/** By Smartcar's clock, Unix time in milliseconds. */
	toldAtMs: number | null;
	/** The first delivery of a vehicle, or of a webhook that was switched on again. */
	isFirst: boolean;
	isTest: boolean;
}

export interface VehicleTrouble {
	kind: 'trouble';
	eventId: string;
	deviceId: string;
	name: string;
	toldAtMs: number | null;
	/** Its place among the events of the vehicle, where Smartcar tells it. */
	sequence: number | undefined;
	errors: Array<{ type: string; code: string; state: string; words: string }>;
	isTest: boolean;
}

/** `hex(HMAC-SHA256(key = application management token, raw body))`; a challenge is hashed like a body. */
export function smartcarHash(content: Buffer | string, managementToken: string): string {
	return createHmac('sha256', managementToken).update(content).digest('hex');
}

export function isSigned({ raw, header }: Delivery, managementToken: string): boolean {
	return isSame(header('sc-signature') ?? '', smartcarHash(raw, managementToken));
}

/** No JSON object is written with these alone. */
const HARMLESS_CHALLENGE = /^[\w.~+/=-]{1,256}$/;

/**
 * The challenge with which Smartcar checks an address, unsigned. Whoever can have any text hashed can sign deliveries
 * of his own, so only what cannot be a delivery is taken for a challenge.
 */
export function challengeOf({ body }: Delivery): string | undefined {
	if (body.eventType !== 'VERIFY') return undefined;
	const challenge = textOf(recordOf(body.data).challenge);
	return challenge !== undefined && HARMLESS_CHALLENGE.test(challenge) ? challenge : undefined;
}

/** What a signed delivery tells; `undefined` for kinds that nobody has seen yet. */
export function toldBy({ body }: Delivery): VehicleState | VehicleTrouble | undefined {
	const data = recordOf(body.data);
	const meta = recordOf(body.meta);
	const vehicle = recordOf(data.vehicle);
	const eventId = textOf(body.eventId);
	const deviceId = textOf(vehicle.id) ?? textOf(body.vehicleId);
	if (eventId === undefined || deviceId === undefined) return undefined;
	const isSimulated = (textOf(vehicle.mode) ?? 'live').toLowerCase() !== 'live';
	const isTest = isSimulated || textOf(meta.mode)?.toUpperCase() === 'TEST';
	const sequence = isCount(meta.sequence) ? meta.sequence : undefined;
	const toldAtMs = isTime(meta.deliveredAt) ? meta.deliveredAt : null;
	if (body.eventType === 'VEHICLE_STATE') {
		const signals = listOf(data.signals);
		return {
			kind: 'state',
			eventId,
			reading: readingOfSignals(deviceId, signals, vehicle),
			sequence: sequence ?? fetchedAtMs(signals),
			toldAtMs,
			isFirst: [...listOf(body.triggers), ...listOf(data.triggers)].some(isFirstDelivery),
			isTest,
		};
	}
	if (body.eventType !== 'VEHICLE_ERROR') return undefined;
	return {
		kind: 'trouble',
		eventId,
		deviceId,
		name: vehicleName(vehicle) || deviceId,
		toldAtMs,
		sequence,
		errors: listOf(data.errors).map((entry) => {
			const { type, code, state, description } = recordOf(entry);
			return {
				type: textOf(type) ?? '',
				code: textOf(code) ?? '',
				state: textOf(state) ?? '',
				words: textOf(description) ?? '',
			};
		}),
		isTest,
	};
}

/** When Smartcar got the newest value. Unlike the time of the delivery, a retry says the same. */
function fetchedAtMs(signals: readonly unknown[]): number {
	const times = signals.map((signal) => {
		const { retrievedAt, fetchedAt } = recordOf(recordOf(signal).meta);
		return Date.parse(isoTimeOf(retrievedAt) ?? isoTimeOf(fetchedAt) ?? '');
	});
	return Math.max(0, ...times.filter(Number.isFinite));
}

/** Documents name it as a code, older ones as a type. */
function isFirstDelivery(trigger: unknown): boolean {
	const { type, code } = recordOf(trigger);
	return type === 'FIRST_DELIVERY' || code === 'FIRST_DELIVERY';
}

function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value);
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}
