import type { Command } from '../model/evidence';
import type { Failure } from '../model/failure';
import type { Reading } from '../model/lockStatus';
import type { Caller } from '../service/caller';
import type { Session } from '../service/session';
import type { CommandOptions } from './parameters';
import type { SentCommands } from './sentCommands';

export interface CommandJob {
	/** Key under which a sent command is remembered. */
	key: string;
	command: Command;
	deviceId: string;
	options: CommandOptions;
	/** The reading before the command. Absent if none was needed. */
	reading: Reading | Failure | undefined;
	/** Calls that this reading took. */
	readingCalls: number;
}

export interface CommandRun {
	session: Session;
	sent: SentCommands;
	/** Together with the credential, decides what may be unlocked. */
	caller: Caller;
}
