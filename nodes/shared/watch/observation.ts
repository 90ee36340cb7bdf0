import type { Reading } from '../lockStatus';
import type { WatchEvent } from './events';

/** What a person wants to be told. */
export interface WatchRules {
	events: ReadonlySet<WatchEvent>;
	/** How long something is unlocked or open before it counts as left so. */
	leftMinutes: number;
}

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

export interface Observation {
	reading: Reading;
	/**
	 * The place of a pushed reading among the others of its device. Pushed readings overtake each other, so the time of
	 * every part is kept, and what is older is passed over part by part.
	 */
	sequence?: number;
	/** The entries since the last poll in the order in which they happened, where the service has a log. */
	log?: readonly LoggedChange[];
	/** The log could not be read: what it will tell of the lock later must not be told from the reading. */
	isLogMissing?: boolean;
}
