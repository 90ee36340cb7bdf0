import type { Request } from 'express';
import type { SimulatorClock } from '../shared/clock';
import { isoTime } from '../shared/clock';
import type { OAuthServer, TokenInfo } from '../shared/oauth/oauthServer';
import { SECONDARY_VCC_API_KEY, VCC_API_KEY } from './seed';
import type { VolvoSettings } from './settings';
import { SlidingWindow } from '../shared/slidingWindow';
import type { VolvoAnswer } from './volvoAnswer';
import {
	invalidKey,
	missingKey,
	quotaExceeded,
	rateLimitExceeded,
	unauthorized,
} from './volvoAnswer';

const KEYS = [VCC_API_KEY, SECONDARY_VCC_API_KEY];
const DAY_MS = 24 * 60 * 60 * 1000;

export type Admission =
	{ admitted: true; token: TokenInfo } | { admitted: false; answer: VolvoAnswer };

const turnAway = (answer: VolvoAnswer): Admission => ({ admitted: false, answer });

/** The time until midnight UTC, when quotas are replenished, as `HH:MM:SS`. */
function countdownToMidnight(nowMs: number): string {
	const left = DAY_MS - (nowMs % DAY_MS);
	return left === DAY_MS ? '24:00:00' : isoTime(left).slice(11, 19);
}

/** Key, quota, token and rate, in the order in which a gateway before an API checks them. */
export class Gatekeeper {
	readonly #clock: SimulatorClock;
	readonly #oauth: OAuthServer;
	readonly #settings: () => VolvoSettings;
	readonly #reads: SlidingWindow;
	readonly #commands: SlidingWindow;
	/** Today's calls of each key. */
	#calls = new Map<string, { day: number; count: number }>();

	constructor(clock: SimulatorClock, oauth: OAuthServer, settings: () => VolvoSettings) {
		this.#clock = clock;
		this.#oauth = oauth;
		this.#settings = settings;
		this.#reads = new SlidingWindow(clock);
		this.#commands = new SlidingWindow(clock);
	}

	admit(request: Request): Admission {
		const key = request.header('vcc-api-key');
		if (key === undefined || key === '') return turnAway(missingKey());
		if (!KEYS.includes(key)) return turnAway(invalidKey());
		if (!this.#countCall(key)) return turnAway(this.outOfQuota());
		const verdict = this.#oauth.verify(request.header('authorization'));
		if (!verdict.valid) return turnAway(unauthorized());
		const retryAfterSeconds = this.#countRequest(request.method, verdict.token);
		return retryAfterSeconds === null
			? { admitted: true, token: verdict.token }
			: turnAway(rateLimitExceeded(retryAfterSeconds));
	}

	outOfQuota(): VolvoAnswer {
		return quotaExceeded(countdownToMidnight(this.#clock.now()));
	}

	/** How many calls each key has made today. */
	callsToday(): Record<string, number> {
		const today = this.#today();
		const count = (key: string) => {
			const calls = this.#calls.get(key);
			return calls?.day === today ? calls.count : 0;
		};
		return { primary: count(VCC_API_KEY), secondary: count(SECONDARY_VCC_API_KEY) };
	}

	reset(): void {
		this.#calls.clear();
		this.#reads.reset();
		this.#commands.reset();
	}

	#today = (): number => Math.floor(this.#clock.now() / DAY_MS);

	/** Calls with a bad token count as well: the gateway has not checked the token yet. */
	#countCall(key: string): boolean {
		const day = this.#today();
		const known = this.#calls.get(key);
		const count = known?.day === day ? known.count : 0;
		if (count >= this.#settings().dailyQuota) return false;
		this.#calls.set(key, { day, count: count + 1 });
		return true;
	}

	#countRequest(method: string, { subject, clientId }: TokenInfo): number | null {
		const { readsPerMinute, commandsPerMinute } = this.#settings();
		const user = `${subject} ${clientId}`;
		return method === 'POST'
			? this.#commands.take(user, commandsPerMinute)
			: this.#reads.take(user, readsPerMinute);
	}
}
