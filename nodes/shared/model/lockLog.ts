/** An entry of a service's own log of lock events. */
export interface LoggedChange {
	/** The service's own, which a webhook has too. */
	id: string;
	deviceId: string;
	lock: 'locked' | 'unlocked';
	/** When it happened, Unix time in milliseconds. */
	atMs: number;
	method: string | null;
	accessCodeId: string | null;
}

/** How far a log was read. */
export interface LogMark {
	/** The newest time at which the service made an entry, Unix time in milliseconds. */
	cursorMs: number;
	/** The entries that may be listed once more, each in a few letters. */
	seen: string;
	/** Why the log could not be read at last; said once. */
	failing?: string;
}
