import type { CodeState } from './codeState';
import type { WantedTimes } from './codeWindow';

/** The locks of an item; `null` = every lock of the workspace. Never empty. */
export type WantedLocks = readonly string[] | null;

/** Which code an item is about: that of a booking on some locks, or one by Seam's ID. */
export type CodeChoice =
	| { by: 'bookingReference'; reference: string; deviceIds: WantedLocks }
	| { by: 'accessCodeId'; accessCodeId: string };

/** The checked parameters of one item of Set. */
export interface WantedCode extends WantedTimes {
	itemIndex: number;
	deviceIds: WantedLocks;
	reference: string;
	/** `null` = none was given: an existing code keeps its name. */
	guestName: string | null;
	/** 4 to 12 digits. `null` = an existing code keeps its PIN, and a new one gets any. */
	pin: string | null;
	/** Whether the items of the result carry the PIN. */
	includePin: boolean;
	/** How long to wait until a code that is due now is on its lock. 0 = not at all. */
	waitSeconds: number;
	dryRun: boolean;
}

/** The checked parameters of one item of Remove. */
export interface WantedRemoval {
	itemIndex: number;
	code: CodeChoice;
	/** How long to wait until the code is gone from its lock. 0 = not at all. */
	waitSeconds: number;
	dryRun: boolean;
}

/** The checked parameters of one item of Get. */
export interface WantedReading {
	itemIndex: number;
	code: CodeChoice;
	includePin: boolean;
}

/** The checked parameters of one item of Get Many. */
export interface WantedCodes {
	itemIndex: number;
	deviceIds: WantedLocks;
	/** `null` = codes of all bookings, and those of none. */
	reference: string | null;
	/** `null` = any. */
	states: readonly CodeState[] | null;
}
