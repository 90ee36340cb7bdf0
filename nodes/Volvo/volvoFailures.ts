import { excerptOf } from '../shared/excerpt';
import type { FailureFacts, FailureReason } from '../shared/failure';
import { retryAfterSeconds, toldPause, type Answer } from '../shared/answer';
import { recordOf, textOf } from '../shared/wire';

interface FailureRow {
	reason: FailureReason;
	what: string;
	userAction: string;
	notExecuted: boolean;
}

const CHECK_HOST = "Check the credential's Environment and Host";

/** Rows that only Volvo's words tell apart from others of the same status. */
const BY_WORDS: Array<{ status: number; words: RegExp; row: FailureRow }> = [
	{
		status: 401,
		words: /VCC-API-KEY/i,
		row: {
			reason: 'authentication',
			what: 'Volvo does not accept the VCC API key of this credential',
			userAction:
				'Copy the key of an active application from developer.volvocars.com into the credential',
			notExecuted: true,
		},
	},
	{
		status: 403,
		words: /call volume quota/i,
		row: {
			reason: 'quotaExceeded',
			what: 'The calls that Volvo allows for this VCC API key in a day (10,000) are used up',
			userAction: 'Wait until the quota is replenished, and let workflows ask less often',
			notExecuted: true,
		},
	},
	{
		status: 403,
		words: /relationship/i,
		row: {
			reason: 'notFound',
			what: 'Volvo does not connect this vehicle with the account that signed in',
			userAction: 'Choose the vehicle from the list, or connect the credential with its account',
			notExecuted: true,
		},
	},
	{
		status: 404,
		words: /allowed markets/i,
		row: {
			reason: 'notSupported',
			what: "Volvo's API does not serve the market of this vehicle",
			userAction: 'See developer.volvocars.com for the markets that it serves',
			notExecuted: true,
		},
	},
	{
		status: 503,
		words: /in use or asleep/i,
		row: {
			reason: 'inUse',
			what: 'The car is in use or asleep, and Volvo did not allow the request',
			userAction: 'Try again when it is parked and switched off, or start it once if it slept',
			notExecuted: true,
		},
	},
];

/** Sources: Volvo's developer portal and recorded answers, as docs/volvo.md lists them. */
const BY_STATUS: Record<number, FailureRow> = {
	400: {
		reason: 'badRequest',
		what: 'Volvo did not understand the request',
		userAction: 'Check the parameters of the node',
		notExecuted: true,
	},
	401: {
		reason: 'authentication',
		what: 'Volvo does not accept the access token of this credential',
		userAction: 'Open the credential and connect it again, or paste a new access token',
		notExecuted: true,
	},
	404: {
		reason: 'notFound',
		what: 'Volvo does not know the vehicle, or the vehicle does not have this',
		userAction: 'Choose the vehicle from the list, with the credential of its account',
		notExecuted: true,
	},
	409: {
		reason: 'rejected',
		what: 'Volvo refused this because of the state of the car',
		userAction: 'Look at the car, and at its messages in the Volvo Cars app',
		notExecuted: true,
	},
	422: {
		reason: 'rejected',
		what: 'Volvo refused this; often the car is asleep',
		userAction: 'Start the car once, then try again',
		notExecuted: true,
	},
	429: {
		reason: 'rateLimited',
		what: 'Volvo is receiving too many requests; it allows 100 readings and 10 commands a minute',
		userAction: 'Try again in a minute, or run the workflow less often',
		notExecuted: true,
	},
};

const WRONG_FORM: FailureRow = {
	reason: 'badRequest',
	what: 'The host does not take requests as Volvo does',
	userAction: `${CHECK_HOST}, and the API version`,
	notExecuted: true,
};

const UPSTREAM: FailureRow = {
	reason: 'upstream',
	what: 'Volvo, or the car, could not process the request',
	userAction: 'Try again later',
	notExecuted: false,
};

const INCOMPLETE: FailureRow = {
	reason: 'upstream',
	what: 'The answer is not one of Volvo (no JSON, or without the expected content)',
	userAction: `${CHECK_HOST}, and any proxy between n8n and Volvo`,
	notExecuted: false,
};

const UNFAMILIAR: FailureRow = {
	reason: 'unknown',
	what: 'Volvo gave an answer that this node does not know',
	userAction: CHECK_HOST,
	notExecuted: false,
};

/** A wrong VCC key is a 401 too, and no new token mends it. */
export function namesTheVccKey(answer: Answer): boolean {
	return /VCC-API-KEY/i.test(answer.text);
}

/**
 * What an answer without the thing that was asked for means.
 * @param scopes Without which Volvo refuses what was asked.
 */
export function volvoFailure(answer: Answer, scopes: readonly string[]): FailureFacts {
	const words = wordsOf(answer);
	return {
		...rowOf(answer, words, scopes),
		detail: words === '' ? excerptOf(answer) : `Volvo says: ${words}`,
		httpStatus: answer.status,
		requestId: requestIdOf(answer),
		retryAfterSeconds: retryAfterSeconds(answer.headers) ?? countdownSeconds(words),
	};
}

/** v2 gives it in a header, v1 in its envelope. */
export function requestIdOf({ headers, json }: Answer): string | undefined {
	return headers['vcc-api-operationid'] ?? textOf(recordOf(json).operationId);
}

function rowOf({ status }: Answer, words: string, scopes: readonly string[]): FailureRow {
	const byWords = BY_WORDS.find((entry) => entry.status === status && entry.words.test(words));
	const row = byWords?.row ?? BY_STATUS[status];
	if (row !== undefined) return row;
	if (status === 403) return withoutScope(scopes);
	if ([405, 406, 415].includes(status)) return WRONG_FORM;
	if (status >= 500) return UPSTREAM;
	return status < 300 ? INCOMPLETE : UNFAMILIAR;
}

function withoutScope(scopes: readonly string[]): FailureRow {
	const named = `${scopes.length > 1 ? 'scopes' : 'scope'} ${scopes.join(' and ')}`;
	return {
		reason: 'permission',
		what: 'The sign-in of this credential may not do this',
		userAction: `Give the application the ${named} and connect the credential again`,
		notExecuted: true,
	};
}

/** Three envelopes are in use: the API's own, the gateway's, and that of the gateway's key check. */
function wordsOf({ json }: Answer): string {
	const body = recordOf(json);
	const error = recordOf(body.error);
	return [textOf(error.message), textOf(error.description), textOf(body.message)]
		.filter((words) => words !== undefined)
		.join(': ');
}

/** `… will be replenished in 03:30:56.`, or `Try again in 42 seconds.` */
function countdownSeconds(words: string): number | undefined {
	const clockTime = /(\d+):(\d{2}):(\d{2})/.exec(words);
	if (clockTime !== null) {
		const [, hours, minutes, seconds] = clockTime.map(Number);
		return toldPause(hours! * 3600 + minutes! * 60 + seconds!);
	}
	const plain = /in (\d+) seconds/.exec(words);
	return plain === null ? undefined : toldPause(Number(plain[1]));
}
