import type { FaultSetting } from '../shared/faults';
import type { JsonRecord } from '../shared/json';
import type { NamedFault } from './faultWords';

export type LockWord = 'locked' | 'unlocked' | 'unknown';
export type PartState = 'open' | 'ajar' | 'closed' | 'unknown';
export type SettableState = Exclude<PartState, 'unknown'>;

export interface PagePart {
	/** As the nodes name it, such as `doors.frontLeft` or `openings.hood`: the drawing goes by it. */
	id: string;
	label: string;
	kind: 'door' | 'window' | 'opening';
	state: PartState;
	/** Whether the service has a word for neither open nor closed. */
	canBeAjar: boolean;
}

/** A lock or a car as it truly is, whatever the service knows of it. */
export interface PageDevice {
	id: string;
	name: string;
	kind: 'lock' | 'vehicle';
	/** Null where the service does not tell. */
	online: boolean | null;
	lock: LockWord;
	parts: PagePart[];
	/** What is special about it, in one line. */
	note?: string;
	/** Why a hand at the device cannot change it now, in one sentence. */
	fixed?: string;
}

/** A field of the form for a fault. */
export interface FaultField {
	name: string;
	kind: 'text' | 'number' | 'boolean' | 'list' | 'choice' | 'device';
	/** Of a `choice`. */
	choices?: string[];
	/** What an empty field means. */
	usual?: unknown;
	required: boolean;
	nullable: boolean;
}

export interface KnownFault extends NamedFault {
	description: string;
	fields: FaultField[];
}

export interface SetFault {
	name: string;
	/** Null: until cleared. */
	timesLeft: number | null;
	parameters: JsonRecord;
}

export interface PageCall {
	/** ISO 8601, on the simulator's clock. */
	at: string;
	method: string;
	path: string;
	/** Null where no answer was given, or not yet. */
	status: number | null;
	isCommand: boolean;
	/** The name of the device that it is about, where it is about one. */
	device?: string;
	/** Of a delivery, which the service makes itself to the address in `path`: what it tells. */
	delivery?: string;
}

export interface PageWebhook {
	id: string;
	url: string;
	/** What comes to it, in a few words. */
	note: string;
}

/** The webhooks of a service, and what a person can do with them. */
export interface PageWebhooks {
	/** How a webhook comes about, in one or two sentences. */
	hint: string;
	list(): PageWebhook[];
	/** Absent where only the API makes webhooks. */
	dashboard?: {
		create(url: string): Promise<void>;
		remove(webhookId: string): void;
	};
	/** The last delivery once more, as a service may that delivers at least once. */
	repeatLast(): Promise<void>;
}

/** The values that make one credential of n8n work. */
export interface PageCredential {
	name: string;
	fields: Array<{ field: string; value: string }>;
}

/**
 * A simulator as the page shows it. What changes something throws `InvalidInput` or `NotFound` with a
 * sentence for people.
 */
export interface PageService {
	/** In addresses: lower-case letters. */
	name: string;
	label: string;
	url: string;
	/** With a fresh token where the credential holds one. */
	credentials(): PageCredential[];
	devices(): PageDevice[];
	setLock(deviceId: string, locked: boolean): void;
	setPart(deviceId: string, partId: string, state: SettableState): void;
	setOnline(deviceId: string, online: boolean): void;
	knownFaults(): KnownFault[];
	setFaults(): SetFault[];
	setFault(setting: FaultSetting): void;
	/** Those of that name, or all. */
	clearFaults(name?: string): void;
	/** Absent where the service has none. */
	webhooks?: PageWebhooks;
	/** The latest calls and deliveries, at most so many, the newest last. */
	calls(count: number): PageCall[];
	/** Back to the beginning. */
	reset(): void;
}
