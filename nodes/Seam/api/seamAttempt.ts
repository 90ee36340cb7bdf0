import type { Command, CommandProgress } from '../../shared/model/evidence';
import { Failure, type FailureFacts } from '../../shared/model/failure';
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
		// null while it is pending, and in older answers on success too
		result: recordOf(value.result),
		error: recordOf(value.error),
	};
}

/**
 * What an action attempt proves. A success without `was_confirmed_by_device: true` only says that Seam
 * passed the command on: some models cannot report that their bolt moved.
 * Source: docs, "Lock and Unlock" and "Action Attempts"; no list of error types is published.
 */
export function progressOf(
	attempt: ActionAttempt,
	command: Command,
	requestId: string | undefined,
): CommandProgress | Failure {
	if (attempt.status === 'success') {
		const isConfirmed = attempt.result.was_confirmed_by_device === true;
		return { evidence: isConfirmed ? 'verified' : 'acknowledged' };
	}
	if (attempt.status === 'error') return new Failure({ ...refusal(attempt, command), requestId });
	return { evidence: 'sent', followUp: attempt.action_attempt_id };
}

function refusal({ error, action_attempt_id }: ActionAttempt, command: Command): FailureFacts {
	const message = shortened(textOf(error.message) ?? 'Seam gives no reason', MAX_WORDS_CHARACTERS);
	return {
		reason: 'rejected',
		what: `The lock did not carry out the ${command} command: ${message.replace(/\.$/, '')}`,
		userAction: 'Look at the lock and at its messages in the Seam Console',
		detail: `Seam says: ${textOf(error.type) ?? 'no type'}: ${message}. Action attempt ${action_attempt_id}`,
		notExecuted: true,
		ofOneDevice: true,
	};
}
