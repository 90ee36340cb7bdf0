import type { FaultSetting } from '../shared/faults';
import type { JsonRecord } from '../shared/json';
import type { NamedFault } from './faultWords';

export type LockWord = 'locked' | 'unlocked' | 'unknown';
export type PartState = 'open' | 'ajar' | 'closed' | 'unknown';
export type SettableState = Exclude<PartState, 'unknown'>;

export interface PagePart {
	/** The nodes' name, such as `doors.frontLeft` or `openings.hood`. The drawing uses it. */
	id: string;
	label: string;
	kind: 'door' | 'window' | 'opening';
	state: PartState;
	/** Whether the service reports neither open nor closed. */
	canBeAjar: boolean;
}

/** A code of a lock, with its PIN: the page is for the one who tries it. */
export interface PageCode {
	id: string;
	name: string;
	/** Null until the maker has chosen it. */
	pin: string | null;
	/** In a few words. */
	state: string;
	/** Whether the lock itself holds it now, so that it can be removed by hand. */
	isOnLock: boolean;
}

/** The true state of a lock or a car, whatever the service knows about it. */
export interface PageDevice {
	id: string;
	name: string;
	kind: 'lock' | 'vehicle';
	/** Null if the service does not report it. */
	online: boolean | null;
	lock: LockWord;
	parts: PagePart[];
	/** Absent without a keypad. */
	codes?: PageCode[];
	/** What is special about it, in one line. */
	note?: string;
	/** Why it cannot be changed by hand now, in one sentence. */
	fixed?: string;
}

/** A field of the form for a fault. */
export interface FaultField {
	name: string;
	kind: 'text' | 'number' | 'boolean' | 'list' | 'choice' | 'device';
	/** Only for a `choice`. */
	choices?: string[];
	/** The meaning of an empty field. */
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
	/** Null while there is no answer. */
	status: number | null;
	isCommand: boolean;
	/** The name of the device that it is about, if any. */
	device?: string;
	/** Only for a delivery, which the service sends to the address in `path`: its content. */
	delivery?: string;
}

export interface PageWebhook {
	id: string;
	url: string;
	/** The answer, in a few words. */
	note: string;
}

/** The webhooks of a service, and what a person can do with them. */
export interface PageWebhooks {
	/** How a webhook is created, in one or two sentences. */
	hint: string;
	list(): PageWebhook[];
	/** Absent if only the API creates webhooks. */
	dashboard?: {
		create(url: string): Promise<void>;
		remove(webhookId: string): void;
	};
	/** Repeats the last delivery, as a service that delivers at least once may. */
	repeatLast(): Promise<void>;
}

/** What a person does at the keypad of a lock. */
export interface PageKeypads {
	/** Throws `InvalidInput` if the PIN does not open. */
	enter(deviceId: string, pin: string): void;
	/** Somebody removes the code at the lock. */
	remove(deviceId: string, codeId: string): void;
}

/** The values that make one credential of n8n work. */
export interface PageCredential {
	name: string;
	fields: Array<{ field: string; value: string }>;
}

/**
 * A simulator as the page shows it. Changes throw `InvalidInput` or `NotFound` with a sentence for
 * people.
 */
export interface PageService {
	/** Used in addresses: lower-case letters. */
	name: string;
	label: string;
	url: string;
	/** With a fresh token if the credential contains one. */
	credentials(): PageCredential[];
	devices(): PageDevice[];
	setLock(deviceId: string, locked: boolean): void;
	setPart(deviceId: string, partId: string, state: SettableState): void;
	setOnline(deviceId: string, online: boolean): void;
	/** Absent if the service has no keypads. */
	keypads?: PageKeypads;
	knownFaults(): KnownFault[];
	setFaults(): SetFault[];
	setFault(setting: FaultSetting): void;
	/** Those of that name, or all. */
	clearFaults(name?: string): void;
	/** Absent if the service has none. */
	webhooks?: PageWebhooks;
	/** The latest calls and deliveries, at most so many, the newest last. */
	calls(count: number): PageCall[];
	/** Resets the simulator. */
	reset(): void;
}
