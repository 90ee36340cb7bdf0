import { Failure, type FailureFacts } from '../model/failure';
import { secondsIn, secondsInWords } from '../basics/times';

export function limitReached(label: string, waitMs: number): FailureFacts {
	return {
		reason: 'rateLimited',
		what: `The request limit of ${label} is reached for now, so no request was sent`,
		userAction: "Run the workflow less often or on fewer devices, or raise 'Max Wait (Seconds)'",
		retryAfterSeconds: Math.ceil(waitMs / 1000),
		notExecuted: true,
	};
}

/** Whether this client held the request back. If the service rejects one, there is a status. */
export function isOwnLimit({ reason, httpStatus }: FailureFacts): boolean {
	return reason === 'rateLimited' && httpStatus === undefined;
}

export function outOfTime(label: string): FailureFacts {
	return {
		reason: 'timeout',
		what: `There was no time left for a request to ${label}`,
		userAction: 'Try again later; a published trigger retries at its next poll',
		notExecuted: true,
	};
}

export function cancelled(): FailureFacts {
	return {
		reason: 'unknown',
		what: 'The execution was stopped',
		userAction: 'Start it again if you still need the result',
	};
}

/** The request was not sent, for these reasons or because the execution was stopped. */
export function notSent(facts: FailureFacts, cancelSignal: AbortSignal | undefined): Failure {
	return new Failure(cancelSignal?.aborted ? { ...cancelled(), notExecuted: true } : facts);
}

export function noTokenInTime(label: string, timeoutMs: number): FailureFacts {
	return {
		reason: 'timeout',
		what: `${label} returned no new access token within ${secondsInWords(secondsIn(timeoutMs))}`,
		userAction: 'Try again later',
		notExecuted: true,
		ofOneDevice: false,
	};
}

export function budgetSpent(label: string): FailureFacts {
	return {
		reason: 'rateLimited',
		what: `This trigger has used up its calls to ${label} for now, so no request was sent`,
		userAction: 'It continues when its budget refills; its options set how many calls it may make',
		notExecuted: true,
	};
}

/** The token endpoint refused to refresh the token. */
export function reconnectFacts(label: string): FailureFacts {
	return {
		reason: 'authentication',
		what: `${label} no longer accepts the sign-in of this credential`,
		userAction:
			'Open the credential and connect it again; if it has no Connect button, check its client ID and secret',
		notExecuted: true,
	};
}
