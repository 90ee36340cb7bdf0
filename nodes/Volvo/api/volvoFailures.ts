import type { FailureFacts } from '../../shared/model/failure';
import { refused, uncertain, type FailureRow } from '../../shared/model/failureRow';
import type { Answer } from '../../shared/http/answer';
import { boundedDelaySeconds } from '../../shared/http/retryAfter';
import {
	CHECK_HOST,
	failureFacts,
	rowByStatus,
	standardRows,
	unfamiliarAnswer,
	type FailureTable,
} from '../../shared/http/failureTable';
import { shortened } from '../../shared/basics/sentences';
import { recordOf, textOf } from '../../shared/basics/guards';

/** Rows that only Volvo's message distinguishes from others with the same status. */
const BY_WORDS: Array<{ status: number; words: RegExp; row: FailureRow }> = [
	{
		status: 401,
		words: /VCC-API-KEY/i,
		row: refused(
			'authentication',
			'Volvo does not accept the VCC API key of this credential',
			'Copy the key of an active application from developer.volvocars.com into the credential',
		),
	},
	{
		status: 403,
		words: /call volume quota/i,
		row: refused(
			'quotaExceeded',
			'The calls that Volvo allows for this VCC API key in a day (10,000) are used up',
			'Wait until the quota is replenished, and run workflows less often',
		),
	},
	{
		status: 403,
		words: /relationship/i,
		row: refused(
			'notFound',
			'Volvo does not link this vehicle to the account that signed in',
			'Choose the vehicle from the list, or connect the credential with its account',
		),
	},
	{
		status: 404,
		words: /allowed markets/i,
		row: refused(
			'notSupported',
			"Volvo's API does not serve the market of this vehicle",
			'See developer.volvocars.com for the markets that it serves',
		),
	},
	{
		status: 404,
		words: /not supported/i,
		row: refused(
			'notSupported',
			'The car does not support this',
			'Use the Volvo Cars app to see what this model can do',
		),
	},
	{
		status: 503,
		words: /in use or asleep/i,
		row: refused(
			'inUse',
			'The car is in use or asleep, and Volvo did not allow the request',
			'Try again when it is parked and switched off, or start it once if it was asleep',
		),
	},
];

const WRONG_FORM = refused(
	'badRequest',
	"The host does not accept requests like Volvo's API",
	`${CHECK_HOST}, and the API version`,
);

/** Sources: Volvo's developer portal and recorded answers, as docs/volvo.md lists them. */
const BY_STATUS: FailureTable = {
	...standardRows('Volvo', 'vehicle'),
	// neither has been seen from Volvo
	'3xx': unfamiliarAnswer('Volvo'),
	408: unfamiliarAnswer('Volvo'),
	401: refused(
		'authentication',
		'Volvo does not accept the access token of this credential',
		'Open the credential and connect it again, or paste a new access token',
	),
	404: refused(
		'notFound',
		'Volvo does not know the vehicle, or the vehicle does not have this',
		'Choose the vehicle from the list, with the credential of its account',
	),
	405: WRONG_FORM,
	406: WRONG_FORM,
	409: refused(
		'rejected',
		'Volvo refused this because of the state of the car',
		'Check the car, and its messages in the Volvo Cars app',
	),
	415: WRONG_FORM,
	422: refused(
		'rejected',
		'Volvo refused this, often because the car is asleep',
		'Start the car once, then try again',
	),
	429: refused(
		'rateLimited',
		'Volvo is receiving too many requests; it allows 100 readings and 10 commands a minute',
		'Try again in a minute, or run the workflow less often',
	),
	'5xx': uncertain(
		'upstream',
		'Volvo, or the car, could not process the request',
		'Try again later',
	),
};

/** A wrong VCC key is a 401 too, and a new token does not help. */
export function namesTheVccKey(answer: Answer): boolean {
	return /VCC-API-KEY/i.test(answer.text);
}

/**
 * The failure that an answer without the requested object means.
 * @param scopes The scopes that the request needs.
 */
export function volvoFailure(answer: Answer, scopes: readonly string[]): FailureFacts {
	const words = wordsOf(answer);
	const text = words === '' ? bareTextOf(answer) : words;
	const row = rowOf(answer, text, scopes);
	const facts = failureFacts(answer, row, 'Volvo', words, requestIdOf(answer));
	return { ...facts, retryAfterSeconds: facts.retryAfterSeconds ?? countdownSeconds(text) };
}

/** v2 returns it in a header, v1 in its envelope. */
export function requestIdOf({ headers, json }: Answer): string | undefined {
	return headers['vcc-api-operationid'] ?? textOf(recordOf(json).operationId);
}

function rowOf({ status }: Answer, words: string, scopes: readonly string[]): FailureRow {
	const byWords = BY_WORDS.find((entry) => entry.status === status && entry.words.test(words));
	if (byWords !== undefined) return byWords.row;
	return status === 403 ? withoutScope(scopes) : rowByStatus(status, BY_STATUS, 'Volvo');
}

function withoutScope(scopes: readonly string[]): FailureRow {
	const named = `${scopes.length > 1 ? 'scopes' : 'scope'} ${scopes.join(' and ')}`;
	const row = refused(
		'permission',
		'The sign-in of this credential is not allowed to do this',
		`Give the application the ${named} and connect the credential again`,
	);
	return { ...row, ofOneDevice: false };
}

/** Enough for any message of Volvo. Searching a longer text could take minutes. */
const MAX_WORDS_CHARACTERS = 500;

/** Three envelopes are in use: the API's, the gateway's, and that of the gateway's key check. */
function wordsOf({ json }: Answer): string {
	const body = recordOf(json);
	const error = recordOf(body.error);
	const words = [textOf(error.message), textOf(error.description), textOf(body.message)]
		.filter((text) => text !== undefined)
		.join(': ');
	return shortened(words, MAX_WORDS_CHARACTERS);
}

/**
 * Answers without JSON were seen, so the gateway may send its message as plain text. A page comes
 * from somebody else.
 */
function bareTextOf({ text, json }: Answer): string {
	const isBare = json === undefined && !text.trimStart().startsWith('<');
	return isBare ? shortened(text, MAX_WORDS_CHARACTERS) : '';
}

/** `… will be replenished in 03:30:56.`, with days `1.03:30:56`, or `Try again in 42 seconds.` */
function countdownSeconds(words: string): number | undefined {
	const clockTime = /(?:\b(\d{1,3})\.)?\b(\d{1,3}):(\d{2}):(\d{2})\b/.exec(words);
	if (clockTime !== null) {
		const [days, hours, minutes, seconds] = clockTime.slice(1).map((digits) => Number(digits ?? 0));
		return boundedDelaySeconds((days! * 24 + hours!) * 3600 + minutes! * 60 + seconds!);
	}
	const plain = /\bin (\d{1,9}) seconds/.exec(words);
	return plain === null ? undefined : boundedDelaySeconds(Number(plain[1]));
}
