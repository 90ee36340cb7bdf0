import type { FailureFacts, FailureReason } from './failure';

/** One row of a service's failure table. */
export type FailureRow = Pick<
	FailureFacts,
	'reason' | 'what' | 'userAction' | 'notExecuted' | 'ofOneDevice'
>;

export function row(reason: FailureReason, what: string, userAction: string): FailureRow {
	return { reason, what, userAction };
}

/** The service itself says that it did nothing. */
export function refused(reason: FailureReason, what: string, userAction: string): FailureRow {
	return { reason, what, userAction, notExecuted: true };
}

/** Unknown whether the service did anything. */
export function uncertain(reason: FailureReason, what: string, userAction: string): FailureRow {
	return { reason, what, userAction, notExecuted: false };
}
