import type { Command } from '../model/evidence';
import type { Failure } from '../model/failure';
import type { Reading } from '../model/lockStatus';
import type { Caller } from '../service/humanReview';
import type { Session } from '../service/session';
import type { CommandOptions } from './parameters';
import type { SentCommands } from './sentCommands';

/** One command to one device. */
export interface CommandJob {
	/** Under which it is remembered when it was sent. */
	key: string;
	command: Command;
	deviceId: string;
	options: CommandOptions;
	/** What is known of the device before the command; absent when it was not to be read. */
	reading: Reading | Failure | undefined;
	/** Calls that were spent on that reading. */
	readingCalls: number;
}

export interface CommandRun {
	session: Session;
	sent: SentCommands;
	/** Decides with the credential what may be unlocked. */
	caller: Caller;
}
