import type { Request, Response } from 'express';
import { z } from 'zod';
import type { FaultDefinition } from './faults';

/** The vendor's own answer to a failing request; the service builds it. */
export interface ErrorAnswer {
	headers?: Record<string, string>;
	body: unknown;
}
export type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 429 | 500;
export type ErrorAnswers = (status: ErrorStatus, request: Request) => ErrorAnswer;

/** One request on its way to the service, where a fault can intervene. */
export interface Exchange {
	request: Request;
	response: Response;
	errorAnswers: ErrorAnswers;
	/** Lets the service execute the request and answer it. */
	proceed: () => void;
}

export interface TransportFault extends FaultDefinition {
	/** `arrival`: before the body is read; `read`: after. */
	readonly stage: 'arrival' | 'read';
	strike(exchange: Exchange, parameters: unknown): void;
}

const DEFAULT_RETRY_AFTER_SECONDS = 2;
const HUGE_BODY_BYTES = 1024 * 1024;
const ON_PATH = { path: z.string().startsWith('/').optional() };

function define<Shape extends z.ZodRawShape>(
	description: string,
	shape: Shape,
	strike: (exchange: Exchange, parameters: z.output<z.ZodObject<Shape>>) => void,
	stage: TransportFault['stage'] = 'read',
): TransportFault {
	const own = z.object(shape).strip();
	return {
		description,
		stage,
		parameters: z.object({ ...ON_PATH, ...shape }).strict(),
		strike: (exchange, parameters) => strike(exchange, own.parse(parameters)),
	};
}

const page = (title: string): string =>
	`<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`;

function answerHtml({ response }: Exchange, status: number, html: string): void {
	response.status(status).type('html').send(html);
}

function answerError(exchange: Exchange, status: ErrorStatus): void {
	const { headers = {}, body } = exchange.errorAnswers(status, exchange.request);
	exchange.response.status(status).set(headers).json(body);
}

function answerRateLimited(exchange: Exchange, retryAfterSeconds: number | null): void {
	if (retryAfterSeconds !== null) exchange.response.set('Retry-After', String(retryAfterSeconds));
	answerError(exchange, 429);
}

/** Lets the service execute the request, and returns its answer instead of sending it. */
function interceptAnswer(
	{ response, proceed }: Exchange,
	deliver: (body: Buffer, send: (body: Buffer) => void) => void,
): void {
	const end = response.end.bind(response);
	const send = (body: Buffer) => void end(body);
	const intercept = (chunk: Buffer | string = '') => {
		deliver(Buffer.from(chunk), send);
		return response;
	};
	response.end = intercept as Response['end'];
	proceed();
}

function replaceByEmpty503(exchange: Exchange): void {
	interceptAnswer(exchange, (_body, send) => {
		const { response } = exchange;
		const ofTheAnswer = response.getHeaderNames().filter((name) => name !== 'date');
		ofTheAnswer.forEach((name) => response.removeHeader(name));
		response.status(503);
		send(Buffer.alloc(0));
	});
}

function sendHalf({ response }: Exchange, body: Buffer): void {
	response.set('Content-Length', String(body.length));
	response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

function delayAnswer(exchange: Exchange, seconds: number): void {
	interceptAnswer(exchange, (body, send) => {
		// Unreferenced: an answer that nobody is waiting for must not keep the process alive.
		setTimeout(() => send(body), seconds * 1000).unref();
	});
}

/** Faults on the way to any HTTP service and back. */
export const TRANSPORT_FAULTS = {
	internalError: define('500 with a JSON error; not executed', {}, (exchange) =>
		answerError(exchange, 500),
	),
	badGateway: define('502 with an HTML page; not executed', {}, (exchange) =>
		answerHtml(exchange, 502, page('502 Bad Gateway')),
	),
	unavailable: define('503 without a body; not executed', {}, ({ response }) => {
		response.status(503).end();
	}),
	gatewayTimeout: define('504 with an HTML page; not executed', {}, (exchange) =>
		answerHtml(exchange, 504, page('504 Gateway Time-out')),
	),
	rateLimited: define(
		'429 with Retry-After (retryAfterSeconds, null: without the header); not executed',
		{ retryAfterSeconds: z.number().nonnegative().nullable().default(DEFAULT_RETRY_AFTER_SECONDS) },
		(exchange, { retryAfterSeconds }) => answerRateLimited(exchange, retryAfterSeconds),
	),
	unauthorized: define('401, as for a key that was revoked; not executed', {}, (exchange) =>
		answerError(exchange, 401),
	),
	forbidden: define('403, as for a missing permission; not executed', {}, (exchange) =>
		answerError(exchange, 403),
	),
	badRequest: define('400, as for an invalid parameter; not executed', {}, (exchange) =>
		answerError(exchange, 400),
	),
	notFound: define('404, as for a device that is gone; not executed', {}, (exchange) =>
		answerError(exchange, 404),
	),
	conflict: define('409, as for a device in the wrong state; not executed', {}, (exchange) =>
		answerError(exchange, 409),
	),
	notJson: define('200 with an HTML page; not executed', {}, (exchange) =>
		answerHtml(exchange, 200, page('Welcome')),
	),
	emptyBody: define('200 without a body; not executed', {}, ({ response }) => {
		response.status(200).end();
	}),
	jsonArray: define('200 with the JSON []; not executed', {}, ({ response }) => {
		response.status(200).json([]);
	}),
	hugeBody: define('200 with 1 MB of HTML; not executed', {}, (exchange) =>
		answerHtml(exchange, 200, page('x'.repeat(HUGE_BODY_BYTES))),
	),
	truncated: define('EXECUTED; the connection breaks half-way through the answer', {}, (exchange) =>
		interceptAnswer(exchange, (body) => sendHalf(exchange, body)),
	),
	hang: define('read, but never answered; not executed', {}, () => undefined),
	dropBeforeRead: define(
		'the connection breaks on arrival; not executed',
		{},
		({ request }) => void request.socket.destroy(),
		'arrival',
	),
	dropAfterRead: define('EXECUTED; the connection breaks instead of an answer', {}, (exchange) =>
		interceptAnswer(exchange, () => exchange.request.socket.destroy()),
	),
	executeThen503: define('EXECUTED; then 503 without a body', {}, replaceByEmpty503),
	slow: define(
		'EXECUTED at once; the normal answer comes after this many real seconds',
		{ seconds: z.number().nonnegative() },
		(exchange, { seconds }) => delayAnswer(exchange, seconds),
	),
	redirect: define(
		'307 to the given location; not executed',
		{ location: z.string().min(1) },
		({ response }, { location }) => response.redirect(307, location),
	),
} as const satisfies Record<string, TransportFault>;

export type TransportFaultName = keyof typeof TRANSPORT_FAULTS;
