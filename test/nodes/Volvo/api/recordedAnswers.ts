import type { FailureReason } from '../../../../nodes/shared/model/failure';
import type { RecordedAnswer } from '../../../support/answerTable';

export const OPERATION_ID = '3f0b8a52-1f6e-4a0e-8a53-0d5f5a3fbb01';

type Row = Omit<RecordedAnswer, 'body' | 'headers' | 'requestId'> & {
	/** In the API's own envelope. */
	message?: string;
	description?: string;
	/** In another envelope, which has no id. */
	body?: unknown;
	headers?: Record<string, string>;
};

const AGAIN = /^Try again later$/;

/** Source: Volvo's developer portal, and answers that users of several clients have recorded. */
const ROWS: Row[] = [
	{
		situation: 'bad input',
		status: 400,
		message: 'BAD_REQUEST',
		description: 'Bad request',
		reason: 'badRequest',
		retryable: false,
		userAction: /^Check the parameters/,
		evidence: 'none',
	},
	{
		situation: 'a token that is missing or has expired',
		status: 401,
		message: 'Unauthorized',
		description: 'Full authentication is required to access this resource',
		reason: 'authentication',
		retryable: false,
		userAction: /connect it again/,
		evidence: 'none',
		commands: 2,
	},
	...[
		'Access denied due to invalid VCC-API-KEY. Make sure to provide a valid key for an active application.',
		'Access denied due to missing VCC-API-KEY. Make sure to include VCC-API-KEY when making requests to an API.',
	].map((message): Row => ({
		situation: message.slice(0, 'Access denied due to missing VCC-API-KEY'.length),
		status: 401,
		body: { status: 401, error: { message } },
		reason: 'authentication',
		retryable: false,
		userAction: /^Copy the key of an active application/,
		evidence: 'none',
	})),
	{
		situation: 'a scope that is missing',
		status: 403,
		message: 'FORBIDDEN',
		description: 'Access is denied',
		reason: 'permission',
		retryable: false,
		userAction: /conve:(doors_status and conve:)?lock/,
		evidence: 'none',
	},
	{
		situation: 'a car of another account',
		status: 403,
		message: 'FORBIDDEN',
		description: 'No relationship to UUID.',
		reason: 'notFound',
		retryable: false,
		userAction: /^Choose the vehicle from the list/,
		evidence: 'none',
	},
	{
		situation: 'the quota of the day used up',
		status: 403,
		body: {
			statusCode: 403,
			message: 'Out of call volume quota. Quota will be replenished in 03:30:56.',
		},
		reason: 'quotaExceeded',
		retryable: true,
		retryAfterSeconds: 12_656,
		userAction: /^Wait until the quota is replenished/,
		evidence: 'none',
	},
	{
		situation: 'the quota of the day used up, in bare text',
		status: 403,
		headers: { 'Content-Type': 'text/plain' },
		body: 'Out of call volume quota. Quota will be replenished in 03:30:56.',
		reason: 'quotaExceeded',
		retryable: true,
		retryAfterSeconds: 12_656,
		userAction: /^Wait until the quota is replenished/,
		evidence: 'none',
	},
	{
		situation: 'a wrong VCC API key, in bare text',
		status: 401,
		headers: { 'Content-Type': 'text/plain' },
		body: 'Access denied due to invalid VCC-API-KEY.',
		reason: 'authentication',
		retryable: false,
		userAction: /^Copy the key of an active application/,
		evidence: 'none',
	},
	{
		situation: 'another market',
		status: 404,
		message: 'NOT_FOUND',
		description: 'Does not belong to allowed markets',
		reason: 'notSupported',
		retryable: false,
		userAction: /markets that it serves/,
		evidence: 'none',
	},
	{
		situation: 'a command that the car does not have',
		status: 404,
		message: 'NOT_FOUND',
		description: 'lock is not supported by this vehicle',
		reason: 'notSupported',
		retryable: false,
		userAction: /what this model can do$/,
		evidence: 'none',
	},
	{
		situation: 'the quota of several days used up',
		status: 403,
		body: {
			statusCode: 403,
			message: 'Out of call volume quota. Quota will be replenished in 1.03:30:56.',
		},
		reason: 'quotaExceeded',
		retryable: true,
		retryAfterSeconds: 99_056,
		userAction: /^Wait until the quota is replenished/,
		evidence: 'none',
	},
	{
		situation: 'a conflict in words that nobody knows',
		status: 409,
		body: { error: 'SOMETHING_NEW' },
		reason: 'rejected',
		retryable: false,
		userAction: /^Check the car/,
		evidence: 'none',
	},
	{
		situation: 'a web page',
		status: 403,
		body: '<html><body>Forbidden</body></html>',
		reason: 'permission',
		retryable: false,
		userAction: /conve:(doors_status and conve:)?lock/,
		evidence: 'none',
	},
	{
		situation: 'what the car does not have',
		status: 404,
		message: 'NOT_FOUND',
		description: 'Not found',
		reason: 'notFound',
		retryable: false,
		userAction: /^Choose the vehicle from the list/,
		evidence: 'none',
	},
	...[405, 406, 415].map((status): Row => ({
		situation: 'a form that is not taken',
		status,
		message: 'NOT_ALLOWED',
		description: 'Not allowed',
		reason: 'badRequest',
		retryable: false,
		userAction: /Environment and Host, and the API version$/,
		evidence: 'none',
	})),
	{
		situation: 'a conflict with the vehicle',
		status: 409,
		message: 'CONFLICT',
		description: 'Invocation specific error, due to a conflict with the vehicle',
		reason: 'rejected',
		retryable: false,
		userAction: /^Check the car/,
		evidence: 'none',
	},
	{
		situation: 'a rule of business, without words',
		status: 422,
		body: '',
		reason: 'rejected',
		retryable: false,
		userAction: /^Start the car once/,
		evidence: 'none',
	},
	{
		situation: 'too many in a minute, with Retry-After',
		status: 429,
		headers: { 'retry-after': '42' },
		body: { statusCode: 429, message: 'Rate limit is exceeded. Try again in 42 seconds.' },
		reason: 'rateLimited',
		retryable: true,
		retryAfterSeconds: 42,
		userAction: /^Try again in a minute/,
		evidence: 'none',
	},
	{
		situation: 'too many in a minute, in words only',
		status: 429,
		body: { statusCode: 429, message: 'Rate limit is exceeded. Try again in 17 seconds.' },
		reason: 'rateLimited',
		retryable: true,
		retryAfterSeconds: 17,
		userAction: /^Try again in a minute/,
		evidence: 'none',
	},
	{
		situation: 'too many in a minute, without a word',
		status: 429,
		body: '',
		reason: 'rateLimited',
		retryable: true,
		userAction: /^Try again in a minute/,
		evidence: 'none',
	},
	{
		situation: 'an error from the car',
		status: 500,
		message: 'INTERNAL_SERVER_ERROR',
		description: 'Error returned from car',
		reason: 'upstream',
		retryable: true,
		userAction: AGAIN,
		evidence: 'unknown',
	},
	{
		situation: 'a gateway without a car',
		status: 502,
		body: '',
		reason: 'upstream',
		retryable: true,
		userAction: AGAIN,
		evidence: 'unknown',
	},
	{
		situation: 'a car in use or asleep',
		status: 503,
		message: 'SERVICE_UNAVAILABLE',
		description: 'Not allowed, car is in use or asleep',
		reason: 'inUse',
		retryable: false,
		userAction: /^Try again when it is parked/,
		evidence: 'none',
	},
	{
		situation: 'a service that is down',
		status: 503,
		body: '',
		reason: 'upstream',
		retryable: true,
		userAction: AGAIN,
		evidence: 'unknown',
	},
	{
		situation: 'a car that did not answer in time',
		status: 504,
		message: 'GATEWAY_TIMEOUT',
		description: 'Gateway timeout',
		reason: 'upstream',
		retryable: true,
		userAction: AGAIN,
		evidence: 'unknown',
	},
];

/** v2 returns its id in a header of every answer. */
export const V2_ANSWERS: RecordedAnswer[] = ROWS.map(({ message, description, ...row }) => ({
	...row,
	headers: { ...row.headers, 'VCC-API-OperationId': OPERATION_ID },
	body: row.body ?? { error: { message, description } },
	requestId: OPERATION_ID,
}));

/** v1 returns it only in its own envelope. */
export const V1_ANSWERS: RecordedAnswer[] = ROWS.map(({ message, description, ...row }) => ({
	...row,
	body: row.body ?? {
		status: row.status,
		operationId: OPERATION_ID,
		error: { message, description },
	},
	requestId: message === undefined ? undefined : OPERATION_ID,
}));

/** The statuses by which the car refuses a command, in v2 and in v1's requests. */
export const REFUSING: Array<[status: string, reason: FailureReason, userAction: RegExp]> = [
	['UNABLE_TO_LOCK_DOOR_OPEN', 'doorOpen', /^Close the car/],
	['VEHICLE_IN_SLEEP', 'asleep', /^Start the car once/],
	['CAR_IN_SLEEP_MODE', 'asleep', /^Start the car once/],
	['NOT_ALLOWED_WRONG_USAGE_MODE', 'inUse', /^Try again when it is parked/],
	['NOT_ALLOWED_PRIVACY_ENABLED', 'rejected', /under Privacy$/],
	['NOT_SUPPORTED', 'notSupported', /what this model can do$/],
	['UNLOCK_TIME_FRAME_PASSED', 'rejected', /^Unlock again/],
	['REJECTED', 'rejected', /^Check the car/],
];
export const UNDER_WAY = ['WAITING', 'RUNNING', 'SENT'];
export const DONE = ['COMPLETED', 'DELIVERED', 'SUCCESS'];
/** They do not say whether the car did something. The last one is invented. */
export const SILENT: Array<[status: string, reason: FailureReason]> = [
	['TIMEOUT', 'timeout'],
	['CAR_TIMEOUT', 'timeout'],
	['DELIVERY_TIMEOUT', 'timeout'],
	['EXPIRED', 'timeout'],
	['CAR_ERROR', 'rejected'],
	['INVOCATION_SPECIFIC_ERROR', 'rejected'],
	['CONNECTION_FAILURE', 'offline'],
	['UNKNOWN', 'unknown'],
	['SOMETHING_NEW', 'unknown'],
];
