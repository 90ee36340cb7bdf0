import { z } from 'zod';
import type { JsonRecord } from '../../shared/json';

const NAMES_OF_PARTS = [
	'islocked',
	'doors',
	'windows',
	'sunroof',
	'fronttrunk',
	'reartrunk',
	'enginecover',
	'tailgate',
];
const CLOSURES = NAMES_OF_PARTS.map((name) => `closure-${name}`);
const SIGNAL_CODES = [
	...CLOSURES,
	'charge-ischargingportflapopen',
	'connectivitystatus-isonline',
	'odometer-traveleddistance',
	'vehicleidentification-vin',
];

const CODE = z.string().refine((code) => SIGNAL_CODES.includes(code), 'Unknown signal');
const CODES = z.array(CODE).min(1);

/** What a person sets in Smartcar's dashboard: there is no API for it. */
export const NEW_WEBHOOK = z
	.object({
		name: z.string().min(1).default('Simulated webhook'),
		callbackUri: z.string().url(),
		/** For VEHICLE_ERROR; null: the same address. */
		errorCallbackUri: z.string().url().nullable().default(null),
		/** Codes of the signals whose change is told; those of the closures unless given. */
		triggers: CODES.default(CLOSURES),
		/** Codes of the signals that every delivery contains. */
		data: CODES.default(SIGNAL_CODES),
		/** Subscribes the live vehicles whose news v3 stores at once, and those that will connect. */
		autoSubscribe: z.boolean().default(true),
	})
	.strict();
export type NewSmartcarWebhook = z.input<typeof NEW_WEBHOOK>;

export const WEBHOOK_CHANGE = z
	.object({ ...NEW_WEBHOOK.shape, isEnabled: z.boolean() })
	.omit({ autoSubscribe: true })
	.partial()
	.strict();
export type SmartcarWebhookChange = Partial<NewSmartcarWebhook> & { isEnabled?: boolean };

export type SmartcarWebhook = z.output<typeof NEW_WEBHOOK> & {
	id: string;
	/** Nothing is sent to it, nor kept for it, while it is not. */
	isEnabled: boolean;
	isVerified: boolean;
};

/** What a webhook was told last of a vehicle. */
export interface Told {
	/** Bodies as JSON by the codes of their signals; only those that were read well. */
	bodies: ReadonlyMap<string, string>;
	errors: readonly ReportedError[];
}

export interface Subscription {
	id: string;
	webhookId: string;
	vehicleId: string;
	userId: string;
	/** ISO 8601. */
	createdAt: string;
	/** Null: it has had no delivery since it was subscribed, or enabled again. */
	told: Told | null;
}

export interface SignalName {
	name: string;
	group: string;
	code: string;
}

/** An error and the signals that it keeps from being read. */
export interface ReportedError {
	/** The same for the same error of the same vehicle. */
	key: string;
	/** Its members as a VEHICLE_ERROR has them, without the state and the signals. */
	description: JsonRecord;
	signals: readonly SignalName[];
}
