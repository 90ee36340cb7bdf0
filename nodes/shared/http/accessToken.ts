import { clock, within } from '../basics/clock';
import { Failure } from '../model/failure';
import { tokenFailure } from './networkFailure';
import { notSent, noTokenInTime } from './requestFailures';
import type { Secrets } from './secrets';
import type { ClientOptions, RequestContext } from './request';

/** Remembers a failed renewal, so that not every waiting request repeats it. */
const RENEW_AGAIN_AFTER_MS = 10_000;

/** The OAuth2 access token of one run: whether it may have expired, and its renewal. */
export class AccessToken {
	/** How often the token was renewed. */
	generation = 0;
	private renewal: Promise<true> | undefined;
	private renewAgainAtMs = Infinity;

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
	get isToBeRenewed(): boolean {
		const isOver = this.generation === 0 && (this.options.tokenEndsAtMs ?? Infinity) <= clock.now();
		// a running renewal gives a new token soon, and a failed one is not retried at once
		return isOver || this.renewal !== undefined;
	}

	/**
	 * Requests that met the same expired token share one renewal. Each waits for it as long as it has
	 * time.
	 * @param generation Of the token that has expired.
	 */
	async renew(
		generation: number,
		timeLeftMs: number,
		cancelSignal: AbortSignal | undefined,
	): Promise<Failure | undefined> {
		if (generation !== this.generation) return undefined;
		const { credentialType, label } = this.options;
		if (clock.now() >= this.renewAgainAtMs) {
			this.renewal = undefined;
			this.renewAgainAtMs = Infinity;
		}
		this.renewal ??= this.context.helpers.refreshOAuth2Token
			.call(this.context, credentialType)
			.then((tokens: unknown) => {
				this.secrets.learnFields(tokens);
				this.generation++;
				this.renewal = undefined;
				return true as const;
			});
		try {
			const isRenewed = await within(this.renewal, timeLeftMs, cancelSignal);
			return isRenewed ? undefined : notSent(noTokenInTime(label, timeLeftMs), cancelSignal);
		} catch (thrown) {
			const againAtMs = clock.now() + RENEW_AGAIN_AFTER_MS;
			this.renewAgainAtMs = Math.min(this.renewAgainAtMs, againAtMs);
			return new Failure(tokenFailure(thrown, label));
		}
	}
}
