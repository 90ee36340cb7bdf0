import type { FailureReason } from '../../../../nodes/shared/model/failure';
import type { RecordedAnswer } from '../../../support/answerTable';

const RETRY_LATER = { type: 'RETRY_LATER' };
const REAUTHENTICATE = { type: 'REAUTHENTICATE' };
const CONTACT_SUPPORT = { type: 'CONTACT_SUPPORT' };
const REQUEST_ID = '5dea93a1-3f79-4246-90c5-89610a20471b';

interface Cause {
	status: number;
	type: string;
	codes: Array<string | null>;
	/** Smartcar's own message, if known. */
	description?: string;
	resolution?: object;
	reason: FailureReason;
	userAction: RegExp;
	retryAfterSeconds?: number;
}

/** Reasons that pass without a person. */
const PASSING: readonly FailureReason[] = [
	'rateLimited',
	'quotaExceeded',
	'asleep',
	'offline',
	'upstream',
];

const CLOSE = /^Close the vehicle and lock again$/;
const PARK = /^Try again when it is parked/;
const RECONNECT = /^Let the owner connect the vehicle again with Smartcar Connect$/;
const LOOK = /^Check the vehicle, then try again$/;
const DASHBOARD = /plan in the Smartcar Dashboard/;

/** Source: smartcar.com, "API errors"; the types and codes of v2.0, which v3 has as well. */
const CAUSES: Cause[] = [
	{
		status: 400,
		type: 'VALIDATION',
		codes: [null, 'PARAMETER'],
		reason: 'badRequest',
		userAction: /^Check the parameters/,
	},
	{
		status: 400,
		type: 'CONNECTED_SERVICES_ACCOUNT',
		codes: ['AUTHENTICATION_FAILED'],
		resolution: { ...REAUTHENTICATE, url: 'https://connect.smartcar.com/oauth/reauthenticate' },
		reason: 'authentication',
		userAction: RECONNECT,
	},
	{
		status: 400,
		type: 'CONNECTED_SERVICES_ACCOUNT',
		codes: ['NO_VEHICLES', 'VEHICLE_MISSING'],
		reason: 'notFound',
		userAction: RECONNECT,
	},
	{
		status: 400,
		type: 'CONNECTED_SERVICES_ACCOUNT',
		codes: ['VIRTUAL_KEY_REQUIRED'],
		resolution: { type: 'ACTION_REQUIRED', url: 'https://www.tesla.com/_ak/smartcar.com' },
		reason: 'permission',
		userAction: /tesla\.com\/_ak\/smartcar\.com/,
	},
	{
		status: 400,
		type: 'CONNECTED_SERVICES_ACCOUNT',
		codes: ['ACCOUNT_ISSUE', 'PERMISSION', 'SUBSCRIPTION'],
		reason: 'permission',
		userAction: /^Check the account, its subscription/,
	},
	{
		status: 401,
		type: 'AUTHENTICATION',
		codes: [null],
		reason: 'authentication',
		userAction: /^Check the client ID and secret/,
	},
	{
		status: 403,
		type: 'PERMISSION',
		codes: [null],
		description:
			'Your application has insufficient permissions to access the requested resource. Please prompt the user to re-authenticate using Smartcar Connect.',
		resolution: REAUTHENTICATE,
		reason: 'permission',
		userAction: /read_security.*control_security/,
	},
	{
		status: 409,
		type: 'VEHICLE_STATE',
		codes: ['ASLEEP'],
		description: 'The vehicle is in a sleep state and temporarily unable to perform your request.',
		reason: 'asleep',
		userAction: /^Start it once/,
	},
	{
		status: 409,
		type: 'VEHICLE_STATE',
		codes: ['DOOR_OPEN', 'HOOD_OPEN', 'TRUNK_OPEN'],
		description: 'The vehicle is unable to perform your request because its trunk is open.',
		reason: 'doorOpen',
		userAction: CLOSE,
	},
	{
		status: 409,
		type: 'VEHICLE_STATE',
		codes: ['IGNITION_ON', 'IN_MOTION'],
		description: 'The vehicle is currently in motion and unable to perform your request.',
		reason: 'inUse',
		userAction: PARK,
	},
	{
		status: 409,
		type: 'VEHICLE_STATE',
		codes: ['UNREACHABLE'],
		description:
			'The vehicle was unable to perform your request because it is currently unreachable.',
		reason: 'offline',
		userAction: /^Try again when it has reception$/,
	},
	{
		status: 409,
		type: 'VEHICLE_STATE',
		codes: ['VEHICLE_OFFLINE_FOR_SERVICE'],
		reason: 'offline',
		userAction: /after the service$/,
	},
	{
		status: 409,
		type: 'VEHICLE_STATE',
		codes: ['REMOTE_ACCESS_DISABLED'],
		reason: 'rejected',
		userAction: /^Switch it on in the vehicle/,
	},
	{
		status: 409,
		type: 'VEHICLE_STATE',
		codes: ['LOW_BATTERY'],
		resolution: RETRY_LATER,
		reason: 'rejected',
		userAction: /^Charge it/,
	},
	{
		status: 409,
		type: 'VEHICLE_STATE',
		codes: [
			'CHARGING_IN_PROGRESS',
			'CHARGING_PLUG_CONNECTED',
			'CHARGING_PLUG_NOT_CONNECTED',
			'CHARGE_FAULT',
			'FULLY_CHARGED',
			'NOT_CHARGING',
			'UNKNOWN',
		],
		reason: 'rejected',
		userAction: LOOK,
	},
	{
		status: 429,
		type: 'RATE_LIMIT',
		codes: ['SMARTCAR_API'],
		resolution: RETRY_LATER,
		reason: 'rateLimited',
		userAction: /^Try again later/,
	},
	{
		status: 429,
		type: 'RATE_LIMIT',
		codes: ['VEHICLE'],
		description:
			'You have reached the throttling rate limit for this vehicle. Please see the retry-after header (seconds) for when to retry the request.',
		resolution: RETRY_LATER,
		reason: 'rateLimited',
		userAction: /^Try again later/,
		retryAfterSeconds: 120,
	},
	{
		status: 430,
		type: 'BILLING',
		codes: ['INVALID_PLAN', 'VEHICLE_LIMIT', 'VEHICLE_REQUEST_LIMIT', 'ACCOUNT_SUSPENDED'],
		resolution: CONTACT_SUPPORT,
		reason: 'quotaExceeded',
		userAction: DASHBOARD,
	},
	{
		status: 500,
		type: 'SERVER',
		codes: ['INTERNAL', 'RECORD_NOT_FOUND', 'MULTIPLE_RECORDS_FOUND'],
		resolution: RETRY_LATER,
		reason: 'upstream',
		userAction: /^Try again later$/,
	},
	{
		status: 501,
		type: 'COMPATIBILITY',
		codes: [
			'MAKE_NOT_COMPATIBLE',
			'SMARTCAR_NOT_CAPABLE',
			'VEHICLE_NOT_CAPABLE',
			'PLATFORM_NOT_CAPABLE',
		],
		reason: 'notSupported',
		userAction: /smartcar\.com\/compatibility/,
	},
	{
		status: 502,
		type: 'UPSTREAM',
		codes: ['INVALID_DATA', 'KNOWN_ISSUE', 'NO_RESPONSE', 'RATE_LIMIT', 'UNKNOWN_ISSUE'],
		resolution: RETRY_LATER,
		reason: 'upstream',
		userAction: /^Try again later$/,
	},
];

const NOT_FOUND = {
	status: 404,
	type: 'RESOURCE_NOT_FOUND',
	reason: 'notFound',
	userAction: /^Choose the vehicle from the list/,
} as const;

/** Only v3 has these codes. */
const CAUSES_OF_V3: Cause[] = [
	{
		status: 400,
		type: 'VALIDATION',
		codes: ['INVALID_INPUT_FORMAT', 'MISSING_PARAMETER'],
		description: 'missing userId',
		reason: 'badRequest',
		userAction: /^Check the parameters/,
	},
	{
		status: 401,
		type: 'AUTHENTICATION',
		codes: ['UNAUTHORIZED'],
		reason: 'authentication',
		userAction: /^Check the client ID and secret/,
	},
	{
		status: 403,
		type: 'AUTHENTICATION',
		codes: ['ACCESS_DENIED'],
		reason: 'permission',
		userAction: RECONNECT,
	},
	{
		status: 403,
		type: 'PERMISSION',
		codes: ['UNKNOWN'],
		resolution: REAUTHENTICATE,
		reason: 'permission',
		userAction: /control_security/,
	},
];

/** Unknown codes, in every known envelope. The status decides what they mean. */
const BY_STATUS: Array<[status: number, reason: FailureReason, evidence: 'none' | 'unknown']> = [
	[400, 'badRequest', 'none'],
	[401, 'authentication', 'none'],
	[403, 'permission', 'none'],
	[409, 'rejected', 'none'],
	[422, 'badRequest', 'none'],
	[429, 'rateLimited', 'none'],
	[430, 'quotaExceeded', 'none'],
	[500, 'upstream', 'unknown'],
	[503, 'upstream', 'unknown'],
	[418, 'unknown', 'unknown'],
];
const UNKNOWN_WORDS: Array<[situation: string, body: unknown]> = [
	['a type that is new', { type: 'SOMETHING_NEW', code: null, statusCode: 1 }],
	['a list with a type that is new', { errors: [{ type: 'SOMETHING_NEW', code: 'NEW' }] }],
	['an error of a gateway', { error: { type: 'forbidden', message: 'No' } }],
	['a message of a gateway', { message: 'Unauthorized' }],
	['a web page', '<html><body>Access denied</body></html>'],
];
const ANSWERS_IN_UNKNOWN_WORDS = BY_STATUS.flatMap(([status, reason, evidence]) =>
	UNKNOWN_WORDS.map(([situation, body]): RecordedAnswer => ({
		situation,
		status,
		body,
		reason,
		retryable: PASSING.includes(reason),
		userAction: /./,
		evidence,
		commands: status === 401 ? 2 : 1,
	})),
);

function answersOf(
	causes: readonly Cause[],
	toWire: (cause: Cause, code: string | null) => Pick<RecordedAnswer, 'body' | 'headers'>,
): RecordedAnswer[] {
	return causes.flatMap((cause) =>
		cause.codes.map((code) => {
			const { status, type, reason, userAction, retryAfterSeconds } = cause;
			const wire = toWire(cause, code);
			const retryAfter: Record<string, string> =
				retryAfterSeconds === undefined ? {} : { 'retry-after': `${retryAfterSeconds}` };
			return {
				situation: `${type}/${code}`,
				status,
				body: wire.body,
				headers: { ...wire.headers, ...retryAfter },
				reason,
				userAction,
				retryAfterSeconds,
				retryable: PASSING.includes(reason),
				requestId: REQUEST_ID,
				evidence: reason === 'upstream' ? 'unknown' : 'none',
				commands: status === 401 ? 2 : 1,
			} satisfies RecordedAnswer;
		}),
	);
}

/** v2.0 has one flat object, and the request id in a header as well. */
function v2Wire({ status, type, description, resolution }: Cause, code: string | null) {
	const kebab = (text: string) => text.toLowerCase().replaceAll('_', '-');
	return {
		headers: { 'sc-request-id': REQUEST_ID },
		body: {
			type,
			code,
			description: description ?? 'The vehicle was unable to perform your request.',
			docURL: `https://smartcar.com/docs/errors/api-errors/${kebab(type)}-errors#${kebab(code ?? 'null')}`,
			statusCode: status,
			requestId: REQUEST_ID,
			resolution: resolution ?? { type: null },
		},
	};
}

/** v3 has a list, whose status is a text. */
function v3Wire({ status, type, description }: Cause, code: string | null) {
	const error = {
		status: `${status}`,
		type,
		code,
		detail: description ?? 'The vehicle was unable to perform your request.',
		resolution: { type: 'UNKNOWN_RESOLUTION_TYPE' },
		meta: { debug: { requestId: REQUEST_ID } },
	};
	return { body: { errors: [error] } };
}

export const V2_ANSWERS: RecordedAnswer[] = [
	...answersOf([...CAUSES, { ...NOT_FOUND, codes: ['PATH', 'VERSION'] }], v2Wire),
	...ANSWERS_IN_UNKNOWN_WORDS,
];

export const V3_ANSWERS: RecordedAnswer[] = [
	...ANSWERS_IN_UNKNOWN_WORDS,
	...answersOf([...CAUSES, ...CAUSES_OF_V3], v3Wire),
	...answersOf(
		[
			{
				...NOT_FOUND,
				codes: ['VEHICLE_NOT_FOUND', 'INVALID_PATH', 'SIGNAL_NOT_FOUND', 'PATH', 'VERSION'],
			},
		],
		v3Wire,
	).map((answer) => ({
		...answer,
		// a vehicle without stored data is answered in the same way: that reading is not a failure
		to: 'command' as const,
	})),
	{
		situation: 'a gateway that gave up, without a body',
		status: 504,
		reason: 'upstream',
		retryable: true,
		userAction: /^Try again later$/,
		evidence: 'unknown',
	},
	{
		situation: 'the bare object of older documents',
		status: 501,
		body: { type: 'COMPATIBILITY', code: 'VEHICLE_NOT_CAPABLE' },
		reason: 'notSupported',
		retryable: false,
		userAction: /compatibility/,
		evidence: 'none',
	},
	{
		situation: 'an error in the body of a slow command',
		status: 202,
		httpStatus: 409,
		body: { errors: [{ status: 409, type: 'VEHICLE_STATE', code: 'DOOR_OPEN' }] },
		to: 'command',
		reason: 'doorOpen',
		retryable: false,
		userAction: CLOSE,
		evidence: 'none',
	},
	{
		situation: "a slow command's breakdown at the maker",
		status: 202,
		httpStatus: 502,
		body: { errors: [{ status: '502', type: 'UPSTREAM', code: 'NO_RESPONSE' }] },
		to: 'command',
		reason: 'upstream',
		retryable: false,
		userAction: /./,
		evidence: 'unknown',
	},
];
