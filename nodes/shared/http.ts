import type {
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IN8nHttpFullResponse,
	IWebhookFunctions,
} from 'n8n-workflow';

import { toAnswer, type Answer } from './answer';
import { clock, sleepUnlessCancelled } from './clock';
import { Failure } from './failure';
import { networkFailure } from './networkFailure';
import type { RateLimit } from './rateLimit';
import { pauseBeforeRepeat } from './repeats';
import { budgetSpent, limitReached, outOfTime, reconnectFacts } from './requestFailures';
import { ServiceClock } from './serviceClock';

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
	/** Milliseconds for the whole answer, when less than the client allows. */
	timeoutMs?: number;
}

/** Counts the requests that were made for one result, those that were refused included. */
export interface CallMeter {
	calls: number;
	/** When the last of them left, after any wait for a limit; Unix time in milliseconds. */
	lastSentAtMs?: number;
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

/**
 * The one place that talks to a service, for one run of one node. It returns every answer with status
 * and headers and throws a {@link Failure} only when there is none. It refreshes an expired OAuth2
 * token once, and where nobody knows whether the token has expired the first request of the run goes
 * alone, so that one expired token costs one refresh. It follows no redirect, because n8n's helper would
 * send the secrets along.
 */
export class ServiceClient {
	private readonly deadlineMs: number;
	private endMs = Infinity;
	private firstRequest: Promise<unknown> | undefined;
	private tokenGeneration = 0;
	private refresh: Promise<void> | undefined;
	readonly serviceClock = new ServiceClock();

	constructor(
		private readonly context: RequestContext,
		private readonly options: ClientOptions,
	) {
		this.deadlineMs = clock.now() + options.maxWaitMs;
	}

	get cancelSignal(): AbortSignal | undefined {
		return 'getExecutionCancelSignal' in this.context
			? this.context.getExecutionCancelSignal()
			: undefined;
	}

	/** No answer is waited for beyond this Unix time in milliseconds, and no request leaves after it. */
	endBy(endMs: number): void {
		this.endMs = endMs;
	}

	/**
	 * Waits until one more request is within a limit, and takes its place. Where that would take longer than
	 * this run may wait it does neither, and gives the milliseconds that it would take.
	 */
	async waitForPlace(limit: RateLimit | undefined): Promise<number | undefined> {
		if (limit === undefined) return undefined;
		const allowedAtMs = limit.nextAllowedAt(clock.now());
		const waitMs = allowedAtMs - clock.now();
		if (waitMs > 0 && !this.hasTimeFor(waitMs)) return waitMs;
		limit.reserve(allowedAtMs);
		await sleepUnlessCancelled(waitMs, this.cancelSignal);
		return undefined;
	}

	/** Whether `milliseconds` of waiting still fit into this run. */
	private hasTimeFor(milliseconds: number): boolean {
		return clock.now() + milliseconds <= this.deadlineMs;
	}

	/** Sends a request; one that is `safe` to repeat is repeated as the answer allows. */
	async send(request: WireRequest, meter: CallMeter): Promise<Answer> {
		for (let tries = 1; ; tries++) {
			const outcome = await this.sendOnce(request, meter);
			const pauseMs = request.repeat === 'safe' ? pauseBeforeRepeat(outcome, tries) : undefined;
			if (pauseMs === undefined || this.cancelSignal?.aborted || !this.hasTimeFor(pauseMs)) {
				if (outcome instanceof Failure) throw outcome;
				return outcome;
			}
			await sleepUnlessCancelled(pauseMs, this.cancelSignal);
		}
	}

	private async sendOnce(request: WireRequest, meter: CallMeter): Promise<Answer | Failure> {
		if (this.firstRequest === undefined && this.mayHaveExpired()) {
			const first = this.sendWithFreshToken(request, meter);
			this.firstRequest = first;
			return await first;
		}
		await this.firstRequest;
		return await this.sendWithFreshToken(request, meter);
	}

	/** Whether only a request can tell if the access token is still good. */
	private mayHaveExpired(): boolean {
		const { isTokenExpired, tokenEndsAtMs } = this.options;
		return isTokenExpired !== undefined && tokenEndsAtMs === undefined;
	}

	/** A 401 was not carried out, so one more request with a new token is no second command. */
	private async sendWithFreshToken(
		request: WireRequest,
		meter: CallMeter,
	): Promise<Answer | Failure> {
		// a request with a token that has run out would only be refused, and counted
		const isOver =
			this.tokenGeneration === 0 && (this.options.tokenEndsAtMs ?? Infinity) <= clock.now();
		// one that goes on gives a new token soon, and one that has failed is not tried again in this run
		const isRefreshed = isOver || this.refresh !== undefined;
		const early = isRefreshed ? await this.refreshToken(this.tokenGeneration) : undefined;
		if (early !== undefined) return early;
		const generation = this.tokenGeneration;
		const answer = await this.exchange(request, meter);
		if (answer instanceof Failure || answer.status !== 401) return answer;
		if (!this.options.isTokenExpired?.(answer)) return answer;
		const failure = await this.refreshToken(generation);
		return failure ?? (await this.exchange(request, meter));
	}

	/** Requests that met the same expired token share one refresh. */
	private async refreshToken(generation: number): Promise<Failure | undefined> {
		if (generation === this.tokenGeneration) {
			this.refresh ??= this.context.helpers.refreshOAuth2Token
				.call(this.context, this.options.credentialType)
				.then(() => {
					this.tokenGeneration++;
				})
				.then(() => {
					this.refresh = undefined;
				});
		}
		try {
			await this.refresh;
			return undefined;
		} catch {
			return new Failure(reconnectFacts(this.options.label));
		}
	}

	private async exchange(request: WireRequest, meter: CallMeter): Promise<Answer | Failure> {
		const { rateLimit, label } = this.options;
		const tooLongMs = await this.waitForPlace(rateLimit);
		if (tooLongMs !== undefined) return new Failure(limitReached(label, tooLongMs));
		const timeLeftMs = this.endMs - clock.now();
		if (timeLeftMs <= 0) return new Failure(outOfTime(label));
		if (meter.isSpent) return new Failure(budgetSpent(label));
		meter.calls++;
		const sentAtMs = clock.now();
		meter.lastSentAtMs = sentAtMs;
		const timeoutMs = Math.min(request.timeoutMs ?? Infinity, this.options.timeoutMs, timeLeftMs);
		try {
			const response = (await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				this.options.credentialType,
				this.toHttpRequest(request, timeoutMs),
			)) as IN8nHttpFullResponse;
			const answer = toAnswer(response, this.options.secrets);
			this.serviceClock.note(answer, sentAtMs);
			return answer;
		} catch (thrown) {
			return new Failure(networkFailure(thrown, label, timeoutMs));
		}
	}

	private toHttpRequest(request: WireRequest, timeoutMs: number): IHttpRequestOptions {
		const { body } = request;
		return {
			method: request.method,
			url: this.options.origin + request.path,
			headers: {
				accept: 'application/json',
				...(typeof body === 'object' ? { 'content-type': 'application/json' } : {}),
				...this.options.headers,
				...request.headers,
			},
			// n8n's helper drops an empty object, but sends a string as it is
			body: typeof body === 'object' ? JSON.stringify(body) : body,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: timeoutMs,
		};
	}
}
