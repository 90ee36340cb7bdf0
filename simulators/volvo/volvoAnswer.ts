import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { isRecord } from '../shared/json';
import type { ErrorAnswers, ErrorStatus } from '../shared/transportFaults';

export type VolvoVersion = 'v1' | 'v2';

/** An answer of Volvo's API, before a version adds its envelope. */
export interface VolvoAnswer {
	status: number;
	headers?: Record<string, string>;
	/** Default: `application/json`. */
	mediaType?: string;
	body: unknown;
}

/** The answer as it is sent. */
export interface SentAnswer extends VolvoAnswer {
	headers: Record<string, string>;
}

/** The API's own refusals: `{"error":{"message","description"}}`. */
export const refuse = (status: number, message: string, description: string): VolvoAnswer => ({
	status,
	body: { error: { message, description } },
});

/** Azure API Management's refusals, which have no `error`. */
export const refuseAtGateway = (
	statusCode: number,
	message: string,
	headers: Record<string, string> = {},
): VolvoAnswer => ({ status: statusCode, headers, body: { statusCode, message } });

const refuseKey = (message: string): VolvoAnswer => ({
	status: 401,
	body: { status: 401, error: { message } },
});

export const invalidKey = (): VolvoAnswer =>
	refuseKey(
		'Access denied due to invalid VCC-API-KEY. ' +
			'Make sure to provide a valid key for an active application.',
	);

/** Unrecorded; API Management's text for a missing key, with Volvo's name for it. */
export const missingKey = (): VolvoAnswer =>
	refuseKey(
		'Access denied due to missing VCC-API-KEY. ' +
			'Make sure to include VCC-API-KEY when making requests to an API.',
	);

export const unauthorized = (): VolvoAnswer =>
	refuse(401, 'Unauthorized', 'Full authentication is required to access this resource');

export const missingScope = (): VolvoAnswer => refuse(403, 'FORBIDDEN', 'Access is denied');

export const noRelation = (): VolvoAnswer => refuse(403, 'FORBIDDEN', 'No relationship to UUID.');

export const badRequest = (description: string): VolvoAnswer =>
	refuse(400, 'BAD_REQUEST', description);

export const notFound = (description: string): VolvoAnswer => refuse(404, 'NOT_FOUND', description);

/** The quota's text is recorded; it is a 403 and not a 429. */
export const quotaExceeded = (countdown: string): VolvoAnswer =>
	refuseAtGateway(403, `Out of call volume quota. Quota will be replenished in ${countdown}.`);

/** Body and header are API Management's defaults; Volvo's own are unrecorded. */
export const rateLimitExceeded = (retryAfterSeconds: number): VolvoAnswer =>
	refuseAtGateway(429, `Rate limit is exceeded. Try again in ${retryAfterSeconds} seconds.`, {
		'Retry-After': String(retryAfterSeconds),
	});

/** The API's messages for failed commands, by HTTP status. */
export const COMMAND_REFUSALS = {
	400: badRequest('Invalid request'),
	404: notFound('Command is not supported by the vehicle'),
	409: refuse(409, 'CONFLICT', 'Invocation specific error, due to a conflict with the vehicle'),
	422: refuse(422, 'UNPROCESSABLE_ENTITY', 'The command could not be processed'),
	500: refuse(500, 'INTERNAL_SERVER_ERROR', 'Error returned from car'),
	502: refuse(502, 'BAD_GATEWAY', 'Invalid response from the vehicle'),
	503: refuse(503, 'SERVICE_UNAVAILABLE', 'Not allowed, car is in use or asleep'),
	504: refuse(504, 'GATEWAY_TIMEOUT', 'The vehicle did not answer in time'),
} as const satisfies Record<number, VolvoAnswer>;
export type CommandRefusalStatus = keyof typeof COMMAND_REFUSALS;

/** Errors of v1 contain the status and the operation's id in the body. */
export function wrapForVersion(
	version: VolvoVersion,
	{ status, headers, mediaType, body }: VolvoAnswer,
	operationId: string = randomUUID(),
): SentAnswer {
	if (version === 'v2') {
		return { status, mediaType, body, headers: { ...headers, 'VCC-API-OperationId': operationId } };
	}
	const isAtGateway = !isRecord(body) || 'statusCode' in body || 'status' in body;
	const wrapped = isAtGateway ? body : { status, operationId, ...body };
	return { status, mediaType, body: wrapped, headers: { ...headers } };
}

const FAULT_ANSWERS: Record<ErrorStatus, VolvoAnswer> = {
	400: COMMAND_REFUSALS[400],
	401: unauthorized(),
	403: missingScope(),
	404: notFound('Not found'),
	409: COMMAND_REFUSALS[409],
	429: refuseAtGateway(429, 'Rate limit is exceeded.'),
	500: COMMAND_REFUSALS[500],
};

export const V1_BASE = '/connected-vehicle/v1';
export const V2_BASE = '/connected-vehicle/v2';

const versionOf = ({ path }: Pick<Request, 'path'>): VolvoVersion =>
	path.startsWith(`${V1_BASE}/`) ? 'v1' : 'v2';

const SIGN_IN_ERRORS: Partial<Record<ErrorStatus, string>> = {
	400: 'invalid_grant',
	401: 'invalid_client',
	403: 'access_denied',
	500: 'server_error',
};

/** The JSON bodies of the transport faults: Volvo ID's or the API's. */
export const volvoErrorAnswers: ErrorAnswers = (status, request) => {
	if (!request.path.startsWith('/as/')) {
		return wrapForVersion(versionOf(request), FAULT_ANSWERS[status]);
	}
	const error = SIGN_IN_ERRORS[status] ?? 'temporarily_unavailable';
	return { body: { error_description: 'Volvo ID refused the request', error } };
};
