import { randomUUID } from 'node:crypto';
import type { JsonRecord } from '../../shared/json';
import { V2_CLIENT_ID } from '../seed';
import type { SmartcarVehicle } from '../smartcarTypes';
import type { WireChoices } from '../wireChoices';
import type { ReportedError, SignalName, SmartcarWebhook } from './webhookTypes';

const VERSION = '4.0';

/** Why a VEHICLE_STATE is sent: it is the first one, or signals have changed. */
export type Cause = 'first' | readonly SignalName[];

type DeliveryMode = 'LIVE' | 'TEST';

interface Occasion {
	webhook: SmartcarWebhook;
	vehicle: SmartcarVehicle;
	/** Rises with every event. */
	sequence: number;
	/** The vehicle's own mode unless it is a test. */
	mode?: DeliveryMode;
}

/** Only LIVE and TEST are known: a simulated vehicle counts as a test. */
const modeOf = ({ mode }: SmartcarVehicle): DeliveryMode => (mode === 'live' ? 'LIVE' : 'TEST');

function describeSource({ id, make, model, year, mode, powertrainType, userId }: SmartcarVehicle) {
	return {
		user: { id: userId },
		vehicle: { id, make, model, year, mode, powertrainType },
	};
}

const describeMeta = ({ webhook, vehicle, sequence, mode = modeOf(vehicle) }: Occasion) => ({
	version: VERSION,
	applicationId: V2_CLIENT_ID,
	webhookId: webhook.id,
	webhookName: webhook.name,
	mode,
	sequence,
});

const inOneWord = ({ group, name }: SignalName): string => `${group}.${name}`;

const TRIGGERS = {
	recorded: (signal: SignalName) => ({ type: 'SIGNAL_UPDATED', signal }),
	documented: (signal: SignalName) => signal,
	words: (signal: SignalName) => ({ type: 'SIGNAL_UPDATED', signal: inOneWord(signal) }),
} as const;

function describeTriggers(cause: Cause, { webhookForm }: WireChoices): JsonRecord[] {
	if (cause !== 'first') return cause.map((signal) => ({ ...TRIGGERS[webhookForm](signal) }));
	return [webhookForm === 'documented' ? { code: 'FIRST_DELIVERY' } : { type: 'FIRST_DELIVERY' }];
}

/** An event without the members that are new in every delivery. */
export function describeState(
	occasion: Occasion,
	cause: Cause,
	signals: readonly JsonRecord[],
	wire: WireChoices,
): JsonRecord & { eventId: string; eventType: string } {
	const event = { eventId: randomUUID(), eventType: 'VEHICLE_STATE' };
	const data = { ...describeSource(occasion.vehicle), signals };
	const triggers = describeTriggers(cause, wire);
	const meta = { ...describeMeta(occasion), signalCount: signals.length };
	if (wire.webhookForm !== 'documented') return { ...event, data, triggers, meta };
	return { ...event, vehicleId: occasion.vehicle.id, data: { ...data, triggers }, meta };
}

export type ErrorState = 'ERROR' | 'RESOLVED';

export function describeErrors(
	occasion: Occasion,
	errors: ReadonlyArray<{ error: ReportedError; state: ErrorState }>,
	{ webhookForm }: WireChoices,
): JsonRecord & { eventId: string; eventType: string } {
	return {
		eventId: randomUUID(),
		eventType: 'VEHICLE_ERROR',
		data: {
			...describeSource(occasion.vehicle),
			errors: errors.map(({ error: { description, signals }, state }) => ({
				...description,
				state,
				signals: webhookForm === 'words' ? signals.map(inOneWord) : signals,
			})),
		},
		meta: describeMeta(occasion),
	};
}

/** The event in one delivery. Both members are new in every attempt. */
export function withDelivery({ meta, ...event }: JsonRecord, deliveredAt: number): JsonRecord {
	return { ...event, meta: { ...(meta as JsonRecord), deliveryId: randomUUID(), deliveredAt } };
}

/** The challenge. Only its time is written as text. */
export const describeChallenge = (
	{ id, name }: SmartcarWebhook,
	challenge: string,
	deliveredAt: string,
): JsonRecord & { eventId: string } => ({
	eventId: randomUUID(),
	eventType: 'VERIFY',
	data: { challenge },
	meta: {
		version: VERSION,
		webhookId: id,
		webhookName: name,
		deliveryId: randomUUID(),
		deliveredAt,
	},
});
