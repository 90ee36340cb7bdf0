import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IN8nHttpFullResponse,
	IWebhookFunctions,
} from 'n8n-workflow';

import { toAnswer, type Answer } from './answer';
import { clock, sleepUnlessCancelled, within } from './clock';
import { Failure, type FailureFacts } from './failure';
import { toHttpRequest } from './httpRequest';
import { cancelled, networkFailure, tokenFailure } from './networkFailure';
import { timeOfPlace, type RateLimit } from './rateLimit';
import { pauseBeforeRepeat } from './repeats';
import { budgetSpent, limitReached, noTokenInTime, outOfTime } from './requestFailures';
import { Secrets } from './secrets';
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
	/** Milliseconds for the whole answer from its sending on, when less than the client allows. */
	timeoutMs?: number;
	/** Unix time in milliseconds at which it is given up: no limit, token or answer is waited for any longer. */
	endsAtMs?: number;
	/** A published limit that it counts against besides that of all requests. */
	limit?: RateLimit;
}

/** n8n fetches the first token of an application within a request, and does not count its time. */
const GRACE_MS = 500;
/** A sign-in that could not be renewed is not asked for by every request that waits for it. */
const REFRESH_AGAIN_AFTER_MS = 10_000;

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
	private refresh: Promise<true> | undefined;
	private refreshAgainAtMs = Infinity;
	private readonly secrets: Secrets;
	readonly serviceClock = new ServiceClock();

	constructor(
		private readonly context: RequestContext,
		private readonly options: ClientOptions,
	) {
		this.deadlineMs = clock.now() + options.maxWaitMs;
		this.secrets = new Secrets(options.secrets);
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

	/** Whether `milliseconds` of waiting still fit into this run and into the time of the request. */
	private hasTimeFor(milliseconds: number, request: WireRequest): boolean {
		return clock.now() + milliseconds <= Math.min(this.deadlineMs, this.endOf(request));
	}

	private endOf({ endsAtMs = Infinity }: WireRequest): number {
		return Math.min(this.endMs, endsAtMs);
	}

	/** Milliseconds that one step of a request may take, which is a new token or the answer. */
	private timeLeft(request: WireRequest): number {
		const { timeoutMs = Infinity } = request;
		return Math.min(timeoutMs, this.options.timeoutMs, this.endOf(request) - clock.now());
	}

	/** Sends a request; one that is `safe` to repeat is repeated as the answer allows. */
	async send(request: WireRequest, meter: CallMeter): Promise<Answer> {
		for (let tries = 1; ; tries++) {
			const outcome = await this.sendOnce(request, meter);
			const pauseMs = request.repeat === 'safe' ? pauseBeforeRepeat(outcome, tries) : undefined;
			if (
				pauseMs === undefined ||
				this.cancelSignal?.aborted ||
				!this.hasTimeFor(pauseMs, request)
			) {
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
		// one that goes on gives a new token soon, and one that has failed is not tried again at once
		const isRefreshed = isOver || this.refresh !== undefined;
		const early = isRefreshed ? await this.refreshToken(this.tokenGeneration, request) : undefined;
		if (early !== undefined) return early;
		const generation = this.tokenGeneration;
		const answer = await this.exchange(request, meter);
		if (answer instanceof Failure || answer.status !== 401) return answer;
		if (!this.options.isTokenExpired?.(answer)) return answer;
		const failure = await this.refreshToken(generation, request);
		return failure ?? (await this.exchange(request, meter));
	}

	/** Requests that met the same expired token share one refresh, which each awaits as long as it has time. */
	private async refreshToken(
		generation: number,
		request: WireRequest,
	): Promise<Failure | undefined> {
		if (generation !== this.tokenGeneration) return undefined;
		const { credentialType, label } = this.options;
		if (clock.now() >= this.refreshAgainAtMs) {
			this.refresh = undefined;
			this.refreshAgainAtMs = Infinity;
		}
		this.refresh ??= this.context.helpers.refreshOAuth2Token
			.call(this.context, credentialType)
			.then((tokens: unknown) => {
				this.secrets.learnTokens(tokens);
				this.tokenGeneration++;
				this.refresh = undefined;
				return true as const;
			});
		const timeLeftMs = this.timeLeft(request);
		try {
			const isRefreshed = await within(this.refresh, timeLeftMs, this.cancelSignal);
			return isRefreshed ? undefined : this.notSent(noTokenInTime(label, timeLeftMs));
		} catch (thrown) {
			const againAtMs = clock.now() + REFRESH_AGAIN_AFTER_MS;
			this.refreshAgainAtMs = Math.min(this.refreshAgainAtMs, againAtMs);
			return new Failure(tokenFailure(thrown, label));
		}
	}

	/** A place is taken right before the sending: whatever else is waited for must not lie in between. */
	private async waitForPlaces(request: WireRequest): Promise<Failure | undefined> {
		const limits = [this.options.rateLimit, request.limit].filter((limit) => limit !== undefined);
		const allowedAtMs = timeOfPlace(limits, clock.now());
		const waitMs = allowedAtMs - clock.now();
		if (waitMs > 0 && !this.hasTimeFor(waitMs, request)) {
			return new Failure(limitReached(this.options.label, waitMs));
		}
		for (const limit of limits) limit.reserve(allowedAtMs);
		await sleepUnlessCancelled(waitMs, this.cancelSignal);
		return undefined;
	}

	private async exchange(request: WireRequest, meter: CallMeter): Promise<Answer | Failure> {
		const { credentialType, label } = this.options;
		const failure = await this.waitForPlaces(request);
		if (failure !== undefined) return failure;
		const timeoutMs = this.timeLeft(request);
		if (timeoutMs <= 0 || this.cancelSignal?.aborted) return this.notSent(outOfTime(label));
		if (meter.isSpent) return new Failure(budgetSpent(label));
		meter.calls++;
		const sentAtMs = clock.now();
		meter.lastSentAtMs = sentAtMs;
		const httpRequest = toHttpRequest(request, this.options, timeoutMs);
		try {
			const asked = this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				credentialType,
				httpRequest,
			) as Promise<IN8nHttpFullResponse>;
			const response = await within(asked, timeoutMs + GRACE_MS, this.cancelSignal);
			// the token may be newer than the one that the credential held when the run began
			this.secrets.learnAuthorization(httpRequest.headers);
			if (response === undefined) return this.unanswered(timeoutMs);
			const answer = toAnswer(response, this.secrets);
			this.serviceClock.note(answer, sentAtMs);
			return answer;
		} catch (thrown) {
			return new Failure(networkFailure(thrown, label, timeoutMs));
		}
	}

	/** It did not leave, because there was no time for it or the execution was stopped. */
	private notSent(facts: FailureFacts): Failure {
		return new Failure(this.cancelSignal?.aborted ? { ...cancelled(), notExecuted: true } : facts);
	}

	/** Told as if n8n's helper had ended it. */
	private unanswered(timeoutMs: number): Failure {
		const code = this.cancelSignal?.aborted ? 'ERR_CANCELED' : 'ETIMEDOUT';
		return new Failure(networkFailure({ code }, this.options.label, timeoutMs));
	}
}
