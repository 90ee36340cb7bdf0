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

/** How long, and how often, a reading may be tried. */
export interface TryLimits {
	/** Unix time in milliseconds. After it nothing is sent, and no answer is awaited. */
	deadlineMs?: number;
	/** `false`: one try only. Default: `true`. */
	retry?: boolean;
}

export interface WireRequest {
	method: 'GET' | 'POST';
	/** Begins with a slash; ids in it are already encoded. */
	path: string;
	headers?: Record<string, string>;
	/**
	 * An object is sent as JSON, even an empty one. A text is sent unchanged, with its content type
	 * in `headers`.
	 */
	body?: object | string;
	/** Only for a read. Never for a command, or for a caller that retries by itself. */
	retry: boolean;
	/** Milliseconds from sending to the whole answer, if less than the client allows. */
	timeoutMs?: number;
	/** Unix time in milliseconds. After it no limit, token or answer is awaited. */
	deadlineMs?: number;
	/** A published limit that applies in addition to that of all requests. */
	limit?: RateLimit;
}

/** Counts the requests made for one result, including rejected ones. */
export interface CallMeter {
	calls: number;
	/** When the last request was sent, after any wait for a limit. Unix time in milliseconds. */
	lastSentAtMs?: number;
	/** Calls that only one device's result depends on, when several devices are read. */
	byDevice?: Map<string, number>;
	/** The caller's own budget allows no further request. */
	readonly isSpent?: boolean;
}

export interface ClientOptions {
	/** The service's display name: `Seam`. */
	label: string;
	credentialType: string;
	/** `https://host`, without a trailing slash. */
	origin: string;
	/** Milliseconds for the whole answer of one request. */
	timeoutMs: number;
	/** Milliseconds that this run may wait for limits and retries, counted from its start. */
	maxWaitMs: number;
	/** Sent with every request. */
	headers?: Record<string, string>;
	/** Texts that are hidden if the service repeats them in an answer. */
	secrets: readonly string[];
	/** The published limit of all requests together, if there is one. */
	rateLimit?: RateLimit;
	/** When the access token expires, Unix time in milliseconds, if known. */
	tokenEndsAtMs?: number;
	/**
	 * Only for OAuth2 credentials: whether this 401 means an expired token. A wrong VCC key is a 401
	 * too.
	 */
	isTokenExpired?: (answer: Answer) => boolean;
}
