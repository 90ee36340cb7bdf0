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

/** The cursor of a log. */
export interface LogCursor {
	/** The newest time at which the service made an entry, Unix time in milliseconds. */
	cursorMs: number;
	/** Entries that may be listed again, each as a short key. */
	seen: string;
	/** Why the last attempt to read the log failed. It is logged once. */
	failing?: string;
}
