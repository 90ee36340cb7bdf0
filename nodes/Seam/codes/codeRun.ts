import type { SentCommands } from '../../shared/actions/sentCommands';
import { textOf } from '../../shared/basics/guards';
import type { CallMeter } from '../../shared/http/request';
import type { Caller } from '../../shared/service/caller';
import type { Session } from '../../shared/service/session';
import type { BookingPins } from './bookingPins';
import type { CodeLocks } from './codeLocks';
import type { CodeRequests } from './codeRequests';

/** One run of the operations of guest codes. */
export interface CodeRun {
	session: Session;
	/** The locks that this run has read. */
	locks: CodeLocks;
	pins: BookingPins;
	/** All requests about codes, which share their limits. */
	requests: CodeRequests;
	/** What an earlier try of this run wrote, so that Retry On Fail writes nothing twice. */
	sent: SentCommands;
	/** Together with the credential, decides who may make codes. */
	caller: Caller;
	meter: CallMeter;
}

/** What PINs are computed with, so that nobody else can. */
export function secretOf({ session }: CodeRun): string {
	return textOf(session.credentials.apiKey) ?? '';
}
