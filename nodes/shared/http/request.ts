import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { Answer } from './answer';
import type { RateLimit } from './publishedLimits';

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

interface CallMeterOptions {
	/** Calls that were made before for the same result. */
	calls?: number;
	/** Learns of each call as it is made, with its time: Unix time in milliseconds. */
	onCall?: (atMs: number) => void;
	/** Whether the caller's own budget allows no further request. */
	isSpent?: () => boolean;
}

/** Counts the requests made for one result, including rejected ones. */
export class CallMeter {
	private made: number;
	private readonly ofDevices = new Map<string, CallMeter>();
	/** When the last request was sent, after any wait for a limit. Unix time in milliseconds. */
	lastSentAtMs?: number;

	constructor(private readonly options: CallMeterOptions = {}) {
		this.made = options.calls ?? 0;
	}

	get calls(): number {
		return this.made;
	}

	get isSpent(): boolean {
		return this.options.isSpent?.() ?? false;
	}

	/** Counts a request that is sent now. */
	count(nowMs: number): void {
		this.lastSentAtMs = nowMs;
		this.add(nowMs);
	}

	/** Counts the calls that only one device's result depends on. They count here as well. */
	ofDevice(deviceId: string): CallMeter {
		const own =
			this.ofDevices.get(deviceId) ??
			new CallMeter({ onCall: (atMs) => this.add(atMs), isSpent: () => this.isSpent });
		this.ofDevices.set(deviceId, own);
		return own;
	}

	/** Calls made for the result of a device: its own, and those that many devices share. */
	callsFor(deviceId: string): number {
		const ofAll = [...this.ofDevices.values()].reduce((sum, { calls }) => sum + calls, 0);
		return this.made - ofAll + (this.ofDevices.get(deviceId)?.calls ?? 0);
	}

	private add(atMs: number): void {
		this.made++;
		this.options.onCall?.(atMs);
	}
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
