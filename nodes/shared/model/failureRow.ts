import type { FailureFacts, FailureReason } from './failure';

/** One row of a service's table of failures. */
export type FailureRow = Pick<
	FailureFacts,
	'reason' | 'what' | 'userAction' | 'notExecuted' | 'ofOneDevice'
>;

export function row(reason: FailureReason, what: string, userAction: string): FailureRow {
	return { reason, what, userAction };
}

/** The service says itself that it did nothing. */
export function refused(reason: FailureReason, what: string, userAction: string): FailureRow {
	return { reason, what, userAction, notExecuted: true };
}

/** Nobody knows whether it did. */
export function uncertain(reason: FailureReason, what: string, userAction: string): FailureRow {
	return { reason, what, userAction, notExecuted: false };
}
