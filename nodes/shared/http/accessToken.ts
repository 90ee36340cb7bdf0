import { clock, withTimeout } from '../basics/clock';
import { Failure } from '../model/failure';
import { tokenFailure } from './networkFailure';
import { notSent, noTokenInTime } from './requestFailures';
import type { Secrets } from './secrets';
import type { ClientOptions, RequestContext } from './request';

/** A failed refresh is remembered, so that not every waiting request repeats it. */
const RETRY_REFRESH_AFTER_MS = 10_000;

/** The OAuth2 access token of one run: whether it may have expired, and its refresh. */
export class AccessToken {
	/** How often the token was refreshed. */
	generation = 0;
	private pendingRefresh: Promise<true> | undefined;
	private retryRefreshAtMs = Infinity;

	constructor(
		private readonly context: RequestContext,
		private readonly options: ClientOptions,
		private readonly secrets: Secrets,
	) {}

	/** Whether only a request can show that the token is still valid. */
	get mayHaveExpired(): boolean {
		const { isTokenExpired, tokenEndsAtMs } = this.options;
		return isTokenExpired !== undefined && tokenEndsAtMs === undefined;
	}

	/**
	 * Whether a request has to wait for a new token. With the old one it would only be rejected, and
	 * counted.
	 */
	get needsRefresh(): boolean {
		const isOver = this.generation === 0 && (this.options.tokenEndsAtMs ?? Infinity) <= clock.now();
		// a refresh under way gives a new token soon, and a failed one is not retried at once
		return isOver || this.pendingRefresh !== undefined;
	}

	/**
	 * Requests that met the same expired token share one refresh. Each waits for it as long as it has
	 * time.
	 * @param generation Of the token that has expired.
	 */
	async refresh(
		generation: number,
		timeLeftMs: number,
		cancelSignal: AbortSignal | undefined,
	): Promise<Failure | undefined> {
		if (generation !== this.generation) return undefined;
		const { credentialType, label } = this.options;
		if (clock.now() >= this.retryRefreshAtMs) {
			this.pendingRefresh = undefined;
			this.retryRefreshAtMs = Infinity;
		}
		this.pendingRefresh ??= this.context.helpers.refreshOAuth2Token
			.call(this.context, credentialType)
			.then((tokens: unknown) => {
				this.secrets.learnFields(tokens);
				this.generation++;
				this.pendingRefresh = undefined;
				return true as const;
			});
		try {
			const isRefreshed = await withTimeout(this.pendingRefresh, timeLeftMs, cancelSignal);
			return isRefreshed ? undefined : notSent(noTokenInTime(label, timeLeftMs), cancelSignal);
		} catch (thrown) {
			const againAtMs = clock.now() + RETRY_REFRESH_AFTER_MS;
			this.retryRefreshAtMs = Math.min(this.retryRefreshAtMs, againAtMs);
			return new Failure(tokenFailure(thrown, label));
		}
	}
}
