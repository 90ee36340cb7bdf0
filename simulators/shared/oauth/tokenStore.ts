import { randomBytes } from 'node:crypto';
import type { SimulatorClock } from '../clock';
import type { TokenInfo, TokenVerdict } from './oauthTypes';

export interface TokenLives {
	accessTokenSeconds: number;
	refreshTokenSeconds?: number;
	consentSeconds?: number;
}

/** A user's consent. All its tokens refer to it. */
export interface Consent {
	token: TokenInfo;
	givenAtMs: number;
}

interface RefreshToken {
	consent: Consent;
	/** When it was issued or last used. */
	usedAtMs: number;
}

const TOKEN_BYTES = 32;
const BEARER = /^Bearer +(\S+)$/i;

const createToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

const inSeconds = (seconds: number | undefined): number => (seconds ?? Infinity) * 1000;

/** The issued access and refresh tokens, with lifetimes on the simulator's clock. */
export class TokenStore {
	readonly #clock: SimulatorClock;
	readonly #lives: TokenLives;
	#accessTokens = new Map<string, { token: TokenInfo; expiresAtMs: number }>();
	#refreshTokens = new Map<string, RefreshToken>();

	constructor(clock: SimulatorClock, lives: TokenLives) {
		this.#clock = clock;
		this.#lives = lives;
	}

	giveConsent(token: TokenInfo): Consent {
		return { token, givenAtMs: this.#clock.now() };
	}

	issueAccessToken(token: TokenInfo, seconds = this.#lives.accessTokenSeconds): string {
		const accessToken = createToken();
		const expiresAtMs = this.#clock.now() + seconds * 1000;
		this.#accessTokens.set(accessToken, { token, expiresAtMs });
		return accessToken;
	}

	issueRefreshToken(consent: Consent): string {
		const refreshToken = createToken();
		this.#refreshTokens.set(refreshToken, { consent, usedAtMs: this.#clock.now() });
		return refreshToken;
	}

	/** The consent behind a valid refresh token. Using it extends its lifetime. */
	useRefreshToken(refreshToken: string, clientId: string): Consent | undefined {
		const known = this.#refreshTokens.get(refreshToken);
		if (!known || known.consent.token.clientId !== clientId) return undefined;
		const now = this.#clock.now();
		const { consent, usedAtMs } = known;
		const isStale = now >= usedAtMs + inSeconds(this.#lives.refreshTokenSeconds);
		const isOver = now >= consent.givenAtMs + inSeconds(this.#lives.consentSeconds);
		if (isStale || isOver) return undefined;
		known.usedAtMs = now;
		return consent;
	}

	dropRefreshToken(refreshToken: string): void {
		this.#refreshTokens.delete(refreshToken);
	}

	verify(authorizationHeader: string | undefined): TokenVerdict {
		const [, accessToken] = BEARER.exec(authorizationHeader ?? '') ?? [];
		if (accessToken === undefined) return { valid: false, reason: 'missing' };
		const known = this.#accessTokens.get(accessToken);
		if (!known) return { valid: false, reason: 'unknown' };
		return this.#clock.now() < known.expiresAtMs
			? { valid: true, token: known.token }
			: { valid: false, reason: 'expired' };
	}

	expireAccessTokens(): void {
		const now = this.#clock.now();
		for (const known of this.#accessTokens.values()) {
			known.expiresAtMs = Math.min(known.expiresAtMs, now);
		}
	}

	revokeRefreshTokens(): void {
		this.#refreshTokens.clear();
	}
}
