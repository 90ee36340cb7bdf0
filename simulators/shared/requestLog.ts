import type { Request, RequestHandler, Response } from 'express';
import type { SimulatorClock } from './clock';
import { isoTime } from './clock';
import { parseJson } from './json';

export interface LoggedRequest {
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	/**
	 * Parsed if it is JSON, else its text, with PINs and the secrets of an OAuth request hidden. Null
	 * if there was none or it was never read.
	 */
	body: unknown;
	/** Only headers that are safe to show: never one that contains a secret. */
	headers: Record<string, string>;
	/** Null if no answer was given. */
	status: number | null;
	/** ISO 8601, on the simulator's clock. */
	at: string;
}

const REQUESTS_KEPT = 10_000;
const SAFE_HEADERS = ['accept', 'content-length', 'content-type', 'user-agent'];

/**
 * Every request to the vendor's API in the order of arrival. The oldest are dropped when it grows
 * long.
 */
export class RequestLog {
	#entries: LoggedRequest[] = [];

	add(entry: LoggedRequest): void {
		this.#entries.push(entry);
		if (this.#entries.length > REQUESTS_KEPT) this.#entries.shift();
	}

	all(): readonly LoggedRequest[] {
		return [...this.#entries];
	}

	/** The requests to one exact path. */
	to(path: string): readonly LoggedRequest[] {
		return this.#entries.filter((entry) => entry.path === path);
	}

	clear(): void {
		this.#entries = [];
	}
}

function readQuery(url: string): Record<string, string | string[]> {
	const parameters = new URL(url, 'http://simulator').searchParams;
	const query: Record<string, string | string[]> = {};
	for (const name of new Set(parameters.keys())) {
		const values = parameters.getAll(name).map((value) => hideInQuery(name, value));
		query[name] = values.length > 1 ? values : (values[0] ?? '');
	}
	return query;
}

function safeHeadersOf(request: Request, names: readonly string[]): Record<string, string> {
	const present = names.flatMap((name) => {
		const value = request.header(name);
		return value === undefined ? [] : [[name, value] as const];
	});
	return Object.fromEntries(present);
}

function logStatusOf(response: Response, entry: LoggedRequest): void {
	const note = () => {
		entry.status = response.headersSent ? response.statusCode : null;
	};
	response.once('finish', note);
	response.once('close', note);
}

const entries = new WeakMap<Response, LoggedRequest>();

/** Logs a request as soon as its head has arrived, so that one without an answer counts as well. */
export function logArrival(
	log: RequestLog,
	clock: SimulatorClock,
	safeHeaders: readonly string[],
): RequestHandler {
	return (request, response, next) => {
		const entry: LoggedRequest = {
			method: request.method,
			path: request.path,
			query: readQuery(request.originalUrl),
			body: null,
			headers: safeHeadersOf(request, [...SAFE_HEADERS, ...safeHeaders]),
			status: null,
			at: isoTime(clock.now()),
		};
		log.add(entry);
		entries.set(response, entry);
		logStatusOf(response, entry);
		next();
	};
}

const SECRET_FIELDS = /(^|&)(client_secret|code|code_verifier|refresh_token)=[^&]*/g;

const SECRET_MEMBERS = /("(?:client_secret|code|refresh_token)"\s*:\s*")(?:[^"\\]|\\.)*/g;

/** A search for digits may be a search for a PIN. */
const SEARCHED_PIN = /("search"\s*:\s*")\d+(?=")/g;

const hideInQuery = (name: string, value: string): string =>
	name === 'code' || (name === 'search' && /^\d+$/.test(value)) ? '***' : value;

const hideSecrets = (form: string): string => form.replace(SECRET_FIELDS, '$1$2=***');
const hideJsonSecrets = (json: string): string =>
	json.replace(SECRET_MEMBERS, '$1***').replace(SEARCHED_PIN, '$1***');

/** Adds the body to the entry, once `express.raw` has read it. */
export const logBody: RequestHandler = (request, response, next) => {
	const entry = entries.get(response);
	const body: unknown = request.body;
	if (entry && Buffer.isBuffer(body)) {
		const text = body.toString('utf8');
		entry.body = parseJson(hideJsonSecrets(text)) ?? hideSecrets(text);
	}
	next();
};
