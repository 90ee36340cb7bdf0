import type { Reading } from '../../model/lockStatus';
import type { WatchEvent } from './change';
import type { LockLogEntry, LoggedNotice } from '../../model/lockLog';

/** What the user chose to be notified about. */
export interface WatchRules {
	events: ReadonlySet<WatchEvent>;
	/** How long something is unlocked or open before it counts as left unlocked or left open. */
	leftMinutes: number;
}

export interface Observation {
	reading: Reading;
	/**
	 * The sequence number of a delivered reading among the others of its device. Deliveries
	 * overtake each other. So the time of every part is kept, and older values are skipped part by
	 * part.
	 */
	sequence?: number;
	/** The log entries since the last poll, oldest first, if the service has a log. */
	log?: readonly LockLogEntry[];
	/** What else the log says, oldest first. */
	notices?: readonly LoggedNotice[];
	/**
	 * The log could not be read. Its lock events come later, so none is emitted from the reading.
	 */
	isLogMissing?: boolean;
}
