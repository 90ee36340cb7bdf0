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
		what: `The time of this poll was over before ${label} could be asked`,
		userAction: 'Nothing needs to be done: the next poll begins with what was left out',
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
