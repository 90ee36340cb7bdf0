import type { Reading } from '../../model/lockStatus';
import type { WatchEvent } from './change';
import type { LoggedChange } from '../../model/lockLog';

/** What a person wants to be told. */
export interface WatchRules {
	events: ReadonlySet<WatchEvent>;
	/** How long something is unlocked or open before it counts as left so. */
	leftMinutes: number;
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
