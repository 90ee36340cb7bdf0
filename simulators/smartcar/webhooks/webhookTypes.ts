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

/** What a person sets in Smartcar's dashboard. There is no API for it. */
export const NEW_WEBHOOK = z
	.object({
		name: z.string().min(1).default('Simulated webhook'),
		callbackUri: z.string().url(),
		/** For VEHICLE_ERROR; null: the same address. */
		errorCallbackUri: z.string().url().nullable().default(null),
		/** Codes of the signals whose changes are sent; default: the closures. */
		triggers: CODES.default(CLOSURES),
		/** Codes of the signals that every delivery contains. */
		data: CODES.default(SIGNAL_CODES),
		/**
		 * Subscribes the live vehicles whose reports v3 stores at once, and those that connect later.
		 */
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
	/** While it is disabled, nothing is sent to it or kept for it. */
	isEnabled: boolean;
	isVerified: boolean;
};

/** What a webhook last received about a vehicle. */
export interface LastSent {
	/** Bodies as JSON by the codes of their signals. Only successful reads. */
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
	/** Null: no delivery since it was subscribed, or enabled again. */
	lastSent: LastSent | null;
}

export interface SignalName {
	name: string;
	group: string;
	code: string;
}

/** An error and the signals that it prevents from being read. */
export interface ReportedError {
	/** The same for the same error of the same vehicle. */
	key: string;
	/** Its members in a VEHICLE_ERROR, without the state and the signals. */
	description: JsonRecord;
	signals: readonly SignalName[];
}
