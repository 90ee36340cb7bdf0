import type { FailureFacts } from './failure';

export function limitReached(label: string, waitMs: number): FailureFacts {
	return {
		reason: 'rateLimited',
		what: `${label} allows no further request for now, and none was sent`,
		userAction: "Run the workflow less often or on fewer devices, or raise 'Max Wait (Seconds)'",
		retryAfterSeconds: Math.ceil(waitMs / 1000),
		notExecuted: true,
	};
}

export function outOfTime(label: string): FailureFacts {
	return {
		reason: 'timeout',
		what: `There was no time left to ask ${label}`,
		userAction:
			'A published trigger asks again at its next poll; a test event has to be fetched again',
		notExecuted: true,
	};
}

export function budgetSpent(label: string): FailureFacts {
	return {
		reason: 'rateLimited',
		what: `The calls that this trigger may make to ${label} are used up for now, and none was sent`,
		userAction: 'It asks again when there are new ones; its options say how many it may make',
		notExecuted: true,
	};
}

export function reconnectFacts(label: string): FailureFacts {
	return {
		reason: 'authentication',
		what: `${label} no longer accepts the sign-in of this credential`,
		userAction:
			'Open the credential and connect it again; if it has no button Connect, check its client ID and secret',
		notExecuted: true,
	};
}
