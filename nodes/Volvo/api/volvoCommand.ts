import type { Command, CommandProgress } from '../../shared/model/evidence';
import { Failure, type FailureFacts } from '../../shared/model/failure';
import { row, type FailureRow } from '../../shared/model/failureRow';
import { withLowerCase } from '../../shared/basics/sentences';
import { toIsoOrNull } from '../../shared/basics/times';
import { entryOf } from '../../shared/basics/guards';

/** Done, as far as Volvo knows. HTTP 200 alone proves nothing: the status in the body counts. */
const DONE = new Set(['COMPLETED', 'DELIVERED', 'SUCCESS']);
const UNDER_WAY = new Set(['WAITING', 'RUNNING', 'SENT']);

const START_IT = 'Start the car once, then try again; cars sleep after three to five days unused';
const LOOK_AT_IT = 'Check the car, and its messages in the Volvo Cars app';

/**
 * These statuses themselves say that the car did nothing. Source: enum `invokeStatus` of Volvo's
 * API v2, which is published without definitions.
 */
const REFUSED: Record<string, FailureRow> = {
	UNABLE_TO_LOCK_DOOR_OPEN: row(
		'doorOpen',
		'A door or the tailgate is open',
		'Close the car and lock again',
	),
	VEHICLE_IN_SLEEP: row('asleep', 'The car is asleep', START_IT),
	CAR_IN_SLEEP_MODE: row('asleep', 'The car is asleep', START_IT),
	NOT_ALLOWED_WRONG_USAGE_MODE: row(
		'inUse',
		'The car is in use',
		'Try again when it is parked and switched off',
	),
	NOT_ALLOWED_PRIVACY_ENABLED: row(
		'rejected',
		'The car is in privacy mode',
		'Allow remote services in the car, under Privacy',
	),
	NOT_SUPPORTED: row(
		'notSupported',
		'The car does not support this command',
		'Use the Volvo Cars app to see what this model can do',
	),
	UNLOCK_TIME_FRAME_PASSED: row(
		'rejected',
		'The time for opening the tailgate has passed',
		'Unlock again and open the tailgate in time',
	),
	REJECTED: row('rejected', 'The car refused the command', LOOK_AT_IT),
};

type OpenRow = Pick<FailureFacts, 'reason' | 'what'>;

const NOT_KNOWN: OpenRow = { reason: 'unknown', what: 'Volvo does not know the outcome' };
const TOO_LATE: OpenRow = { ...NOT_KNOWN, reason: 'timeout' };
const FAILED: OpenRow = {
	reason: 'rejected',
	what: 'Volvo reports that the command failed, but not that the car did nothing',
};

/** These do not say whether the car did something first. Neither does an unknown status. */
const OPEN: Record<string, OpenRow> = {
	CAR_ERROR: FAILED,
	INVOCATION_SPECIFIC_ERROR: FAILED,
	// the connection may have failed before or after the car got the command
	CONNECTION_FAILURE: { reason: 'offline', what: 'Volvo lost the connection to the car' },
};

function openRow(status: string): OpenRow {
	return entryOf(OPEN, status) ?? (/TIMEOUT|EXPIRED/.test(status) ? TOO_LATE : NOT_KNOWN);
}

/**
 * What an `invokeStatus` proves. One with an unknown outcome is not final: the command was sent,
 * and a reading has to show its outcome.
 * @param message Volvo's own text, which may be empty.
 */
export function progressOf(
	status: string,
	message: string | undefined,
	command: Command,
	requestId: string | undefined,
): CommandProgress | Failure {
	if (DONE.has(status)) return { evidence: 'acknowledged' };
	if (UNDER_WAY.has(status)) return { evidence: 'sent' };
	const detail = `Volvo says: ${[status, message].filter(Boolean).join(', ')}`;
	const refused = entryOf(REFUSED, status);
	if (refused === undefined) {
		const unresolvedBecause: FailureFacts = {
			...openRow(status),
			userAction: 'Look at the car before you send the command again',
			detail,
			requestId,
		};
		return { evidence: 'unknown', unresolvedBecause };
	}
	return new Failure({
		...refused,
		what: `The ${command} command was not carried out: ${withLowerCase(refused.what, 'Volvo')}`,
		detail,
		requestId,
		notExecuted: true,
	});
}

const SECONDS_BELOW = 1e9;
const MILLISECONDS_ABOVE = 1e11;

/**
 * When the tailgate stops being unlocked. Volvo's `readyToUnlockUntil` is documented as seconds
 * left and shown as a time elsewhere, so its size decides: seconds left, Unix seconds or Unix
 * milliseconds.
 */
export function armedUntil(readyToUnlockUntil: unknown, nowMs: number): string | null {
	if (typeof readyToUnlockUntil !== 'number' || readyToUnlockUntil <= 0) return null;
	if (readyToUnlockUntil < SECONDS_BELOW) return toIsoOrNull(nowMs + readyToUnlockUntil * 1000);
	return toIsoOrNull(
		readyToUnlockUntil > MILLISECONDS_ABOVE ? readyToUnlockUntil : readyToUnlockUntil * 1000,
	);
}
