import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { Answer } from './answer';
import type { RateLimit } from './rateLimit';

export type RequestContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IPollFunctions | IWebhookFunctions;

export interface WireRequest {
	method: 'GET' | 'POST';
	/** Begins with a slash; ids in it are already encoded. */
	path: string;
	headers?: Record<string, string>;
	/** An object goes out as JSON, an empty one too; a text as it is, with the content type in `headers`. */
	body?: object | string;
	/** `safe`: a reading, which may be asked again. `never`: a command, or a caller that repeats itself. */
	repeat: 'safe' | 'never';
	/** Milliseconds for the whole answer from its sending on, when less than the client allows. */
	timeoutMs?: number;
	/** Unix time in milliseconds at which it is given up: no limit, token or answer is waited for any longer. */
	endsAtMs?: number;
	/** A published limit that it counts against besides that of all requests. */
	limit?: RateLimit;
}

/** Counts the requests that were made for one result, those that were refused included. */
export interface CallMeter {
	calls: number;
	/** When the last of them left, after any wait for a limit; Unix time in milliseconds. */
	lastSentAtMs?: number;
	/** Those that only the result for one device rests on, where several are read. */
	byDevice?: Map<string, number>;
	/** The caller's own budget allows no further request. */
	readonly isSpent?: boolean;
}

export interface ClientOptions {
	/** As a person knows the service: `Seam`. */
	label: string;
	credentialType: string;
	/** `https://host`, without a trailing slash. */
	origin: string;
	/** Milliseconds for the whole answer of one request. */
	timeoutMs: number;
	/** Milliseconds that this run may spend waiting for limits and repeats, counted from its start. */
	maxWaitMs: number;
	/** Go with every request. */
	headers?: Record<string, string>;
	/** Texts that must never be seen in an answer, should the service repeat them. */
	secrets: readonly string[];
	/** The published limit of all requests together, where there is one. */
	rateLimit?: RateLimit;
	/** When the access token runs out, Unix time in milliseconds, where that is known. */
	tokenEndsAtMs?: number;
	/** Only OAuth2 credentials: whether this 401 means an expired token (a wrong VCC key is another one). */
	isTokenExpired?: (answer: Answer) => boolean;
}
