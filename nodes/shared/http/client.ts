import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { clock, sleepUnlessCancelled, withTimeout } from '../basics/clock';
import { Failure } from '../model/failure';
import { AccessToken } from './accessToken';
import { toAnswer, type Answer } from './answer';
import { toHttpRequest } from './n8nRequest';
import { networkFailure } from './networkFailure';
import { nextSlotMs } from './publishedLimits';
import type { CallMeter, ClientOptions, RequestContext, WireRequest } from './request';
import { budgetSpent, limitReached, notSent, outOfTime } from './requestFailures';
import { delayBeforeRetry } from './readRetry';
import { Secrets } from './secrets';
import { ServiceClock } from './serviceClock';

/** n8n fetches an application's first token within a request, and does not count that time. */
const GRACE_MS = 500;

/**
 * The only place that talks to a service, for one run of one node. It returns every answer with its
 * status and headers, and throws a {@link Failure} only when there is no answer. An expired OAuth2
 * token is refreshed once. If it is unknown whether the token has expired, the first request of the
 * run goes alone, so that one expired token costs one refresh. Redirects are not followed, because
 * n8n's helper would send the secrets along.
 */
export class ServiceClient {
	/** Until when this run may wait for limits and retries, Unix time in milliseconds. */
	private readonly waitUntilMs: number;
	private deadlineMs = Infinity;
	private firstRequest: Promise<unknown> | undefined;
	private readonly secrets: Secrets;
	private readonly token: AccessToken;
	readonly serviceClock = new ServiceClock();

	constructor(
		private readonly context: RequestContext,
		private readonly options: ClientOptions,
	) {
		this.waitUntilMs = clock.now() + options.maxWaitMs;
		this.secrets = new Secrets(options.secrets);
		this.token = new AccessToken(context, options, this.secrets);
	}

	get cancelSignal(): AbortSignal | undefined {
		return 'getExecutionCancelSignal' in this.context
			? this.context.getExecutionCancelSignal()
			: undefined;
	}

	/** Unix time in milliseconds after which no request is sent and no answer is awaited. */
	setDeadline(deadlineMs: number): void {
		this.deadlineMs = deadlineMs;
	}

	/**
	 * Whether waiting `milliseconds` still fits into this run and into the deadline of the request.
	 */
	private hasTimeFor(milliseconds: number, request: WireRequest): boolean {
		return clock.now() + milliseconds <= Math.min(this.waitUntilMs, this.deadlineOf(request));
	}

	private deadlineOf({ deadlineMs = Infinity }: WireRequest): number {
		return Math.min(this.deadlineMs, deadlineMs);
	}

	/** Milliseconds that one step of a request (a new token or the answer) may take. */
	private timeLeft(request: WireRequest): number {
		const { timeoutMs = Infinity } = request;
		return Math.min(timeoutMs, this.options.timeoutMs, this.deadlineOf(request) - clock.now());
	}

	/** Sends a request. With `retry`, it is sent again as the answer allows. */
	async send(request: WireRequest, meter: CallMeter): Promise<Answer> {
		for (let tries = 1; ; tries++) {
			const outcome = await this.sendOnce(request, meter);
			const delayMs = request.retry ? delayBeforeRetry(outcome, tries) : undefined;
			if (
				delayMs === undefined ||
				this.cancelSignal?.aborted ||
				!this.hasTimeFor(delayMs, request)
			) {
				if (outcome instanceof Failure) throw outcome;
				return outcome;
			}
			await sleepUnlessCancelled(delayMs, this.cancelSignal);
		}
	}

	private async sendOnce(request: WireRequest, meter: CallMeter): Promise<Answer | Failure> {
		if (this.firstRequest === undefined && this.token.mayHaveExpired) {
			const first = this.sendWithFreshToken(request, meter);
			this.firstRequest = first;
			return await first;
		}
		await this.firstRequest;
		return await this.sendWithFreshToken(request, meter);
	}

	/** A 401 was not carried out, so one more request with a new token is not a second command. */
	private async sendWithFreshToken(
		request: WireRequest,
		meter: CallMeter,
	): Promise<Answer | Failure> {
		const failed = this.token.needsRefresh ? await this.refreshAccessToken(request) : undefined;
		if (failed !== undefined) return failed;
		const { generation } = this.token;
		const answer = await this.exchange(request, meter);
		if (answer instanceof Failure || answer.status !== 401) return answer;
		if (!this.options.isTokenExpired?.(answer)) return answer;
		const failure = await this.refreshAccessToken(request, generation);
		return failure ?? (await this.exchange(request, meter));
	}

	private async refreshAccessToken(
		request: WireRequest,
		generation = this.token.generation,
	): Promise<Failure | undefined> {
		return await this.token.refresh(generation, this.timeLeft(request), this.cancelSignal);
	}

	/** The slot is reserved right before sending. No other wait may lie in between. */
	private async acquireSlots(request: WireRequest): Promise<Failure | undefined> {
		const limits = [this.options.rateLimit, request.limit].filter((limit) => limit !== undefined);
		const allowedAtMs = nextSlotMs(limits, clock.now());
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
		const failure = await this.acquireSlots(request);
		if (failure !== undefined) return failure;
		const timeoutMs = this.timeLeft(request);
		if (timeoutMs <= 0 || this.cancelSignal?.aborted) {
			return notSent(outOfTime(label), this.cancelSignal);
		}
		if (meter.isSpent) return new Failure(budgetSpent(label));
		const sentAtMs = clock.now();
		meter.count(sentAtMs);
		const httpRequest = toHttpRequest(request, this.options, timeoutMs);
		try {
			const asked = this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				credentialType,
				httpRequest,
			) as Promise<IN8nHttpFullResponse>;
			const response = await withTimeout(asked, timeoutMs + GRACE_MS, this.cancelSignal);
			// the token may be newer than the one in the credential when the run began
			this.secrets.learnAuthorization(httpRequest.headers);
			if (response === undefined) return this.unanswered(timeoutMs);
			const answer = toAnswer(response, this.secrets);
			this.serviceClock.note(answer, sentAtMs);
			return answer;
		} catch (thrown) {
			return new Failure(networkFailure(thrown, label, timeoutMs));
		}
	}

	/** The same failure as if n8n's helper had ended the request. */
	private unanswered(timeoutMs: number): Failure {
		const code = this.cancelSignal?.aborted ? 'ERR_CANCELED' : 'ETIMEDOUT';
		return new Failure(networkFailure({ code }, this.options.label, timeoutMs));
	}
}
