import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { JsonRecord } from '../shared/json';
import { isRecord } from '../shared/json';
import type { ErrorAnswers, ErrorStatus } from '../shared/transportFaults';

/** One request to Seam's API, its body parsed. */
export interface SeamCall {
	method: string;
	path: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	rawBody: Buffer;
	/** Undefined if there was none. */
	body: unknown;
	workspaceId: string;
}

/** An answer of Seam's API. A string is sent as plain text, anything else as JSON. */
export interface SeamAnswer {
	status: number;
	headers?: Record<string, string>;
	body: unknown;
}

export const succeed = (content: Record<string, unknown>): SeamAnswer => ({
	status: 200,
	body: { ...content, ok: true },
});

export const refuse = (
	status: number,
	type: string,
	message: string,
	more: Record<string, unknown> = {},
): SeamAnswer => ({ status, body: { error: { type, message, ...more }, ok: false } });

export const deviceNotFound = (): SeamAnswer => refuse(404, 'device_not_found', 'Device not found');

export const invalidInput = (message: string, validationErrors: unknown): SeamAnswer =>
	refuse(400, 'invalid_input', message, { validation_errors: validationErrors });

/** Seam publishes no body for a 429; this is its envelope with a type of our own. */
export const tooManyRequests = (): SeamAnswer =>
	refuse(429, 'rate_limit_exceeded', 'Too many requests');

const FAULT_ANSWERS: Record<ErrorStatus, SeamAnswer> = {
	400: invalidInput('Invalid input', { _errors: ['Invalid input'] }),
	401: refuse(401, 'unauthorized', 'API Key not found'),
	403: refuse(403, 'forbidden', 'Not allowed'),
	404: deviceNotFound(),
	409: refuse(409, 'conflict', 'The device is in another state'),
	429: tooManyRequests(),
	500: refuse(500, 'internal_server_error', 'Internal Server Error'),
};

const REQUEST_ID_HEADER = 'seam-request-id';

const isErrorBody = (body: unknown): body is { error: JsonRecord } =>
	isRecord(body) && isRecord(body.error);

/**
 * Adds the request id as Seam does, in a header and in the error. The fake sends only the header,
 * and a stack trace that Seam does not send.
 */
export function withRequestId(answer: SeamAnswer): SeamAnswer {
	const requestId = randomUUID();
	const headers = { ...answer.headers, [REQUEST_ID_HEADER]: requestId };
	if (!isErrorBody(answer.body)) return { ...answer, headers };
	const members = Object.entries(answer.body.error).filter(([name]) => name !== 'stack');
	const error = Object.fromEntries<unknown>([...members, ['request_id', requestId]]);
	const body = { ...answer.body, error };
	return { ...answer, headers, body };
}

/** The JSON bodies of the transport faults. */
export const seamErrorAnswers: ErrorAnswers = (status) => withRequestId(FAULT_ANSWERS[status]);
