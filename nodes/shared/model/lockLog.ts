import type { IDataObject } from 'n8n-workflow';

/** An entry of a service's own log of lock events. */
export interface LockLogEntry {
	/** The service's own id, which its webhooks use too. */
	id: string;
	deviceId: string;
	lock: 'locked' | 'unlocked';
	/** When it happened, Unix time in milliseconds. */
	atMs: number;
	method: string | null;
	accessCodeId: string | null;
}

/** What a log says that is not a change of the lock. */
export interface NoticeContent {
	/** The name of the event in a trigger. */
	event: string;
	/** Extra fields of this kind of notice. */
	details: IDataObject;
	/** What happened, as a sentence about the device of that name. */
	describe(name: string): string;
}

/** An entry of the log that is not a change of the lock. */
export interface LoggedNotice extends NoticeContent {
	/** The service's own id, which its webhooks use too. */
	id: string;
	deviceId: string;
	/** When it happened, Unix time in milliseconds. */
	atMs: number;
}

/** The cursor of a log. */
export interface LogCursor {
	/** The newest time at which the service made an entry, Unix time in milliseconds. */
	cursorMs: number;
	/** Entries that may be listed again, each as a short key. */
	seen: string;
	/** The kinds of notices that were read, separated by commas. */
	notices?: string;
	/** Why the last attempt to read the log failed. It is logged once. */
	failing?: string;
}
