import type { CommandProgress } from '../../shared/model/evidence';
import type { FailureFacts } from '../../shared/model/failure';
import { isRecord, recordOf, textOf } from '../../shared/basics/guards';
import { shortened } from '../../shared/basics/sentences';

const MAX_WORDS_CHARACTERS = 200;

/** Seam's record of a command: `pending`, then `success` or `error`. */
export interface ActionAttempt {
	action_attempt_id: string;
	status: string;
	result: Record<string, unknown>;
	error: Record<string, unknown>;
}

export function parseActionAttempt(value: unknown): ActionAttempt | undefined {
	if (!isRecord(value)) return undefined;
	const id = textOf(value.action_attempt_id);
	const status = textOf(value.status);
	if (id === undefined || status === undefined) return undefined;
	return {
		action_attempt_id: id,
		status,
		// null while pending, and in older answers on success too
		result: recordOf(value.result),
		error: recordOf(value.error),
	};
}

/**
 * What an action attempt proves. A success without `was_confirmed_by_device: true` only says that
 * Seam passed the command on: some models cannot report that their bolt moved. An error comes after
 * Seam accepted the command. After a jam or a time-out of the provider the bolt may have moved, so
 * the outcome is unknown. Source: docs, "Lock and Unlock" and "Action Attempts"; no list of error
 * types is published.
 */
export function progressOf(attempt: ActionAttempt, requestId: string | undefined): CommandProgress {
	if (attempt.status === 'success') {
		const isConfirmed = attempt.result.was_confirmed_by_device === true;
		return { evidence: isConfirmed ? 'verified' : 'acknowledged' };
	}
	if (attempt.status === 'error') {
		return { evidence: 'unknown', unresolvedBecause: { ...reportedFailure(attempt), requestId } };
	}
	return { evidence: 'sent', followUp: attempt.action_attempt_id };
}

function reportedFailure({ error, action_attempt_id }: ActionAttempt): FailureFacts {
	const type = textOf(error.type) ?? 'no type';
	const message = shortened(textOf(error.message) ?? 'it gives no reason', MAX_WORDS_CHARACTERS);
	return {
		reason: /time_?out/i.test(type) ? 'timeout' : 'rejected',
		what: `Seam reports that the command failed: ${message.replace(/\.$/, '')}`,
		userAction: 'Look at the lock before you send the command again',
		detail: `Seam says: ${shortened(type, MAX_WORDS_CHARACTERS)}: ${message}. Action attempt ${action_attempt_id}`,
		ofOneDevice: true,
	};
}
