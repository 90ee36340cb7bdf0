import type { SimulatorClock } from '../clock';

export interface OAuthClient {
	clientId: string;
	clientSecret: string;
}

export type OAuthGrant = 'authorization_code' | 'refresh_token' | 'client_credentials';

export interface OAuthServerOptions {
	clock: SimulatorClock;
	clients: readonly OAuthClient[];
	accessTokenSeconds: number;
	/** Unused refresh tokens die after this; default: never. */
	refreshTokenSeconds?: number;
	/** A user's consent ends after this, however often it was refreshed; default: never. */
	consentSeconds?: number;
	pkce: 'required' | 'optional';
	/**
	 * True: a refresh answer carries a new refresh token and the old one dies. False: the answer
	 * carries none and the old one stays.
	 */
	rotatesRefreshTokens: boolean;
	grants: readonly OAuthGrant[];
	/** Where the client's secret is looked for; default: `any`. */
	clientAuthentication?: 'any' | 'header';
	/** Scopes that may be asked for, also what `issue` grants by default; default: any, and none. */
	allowedScopes?: readonly string[];
	/** Whom a consent is from, and what the tokens carry; `parameters` are those of the page. */
	describeConsent?: (parameters: URLSearchParams) => {
		subject?: string;
		extra?: Record<string, string>;
	};
	/** Further members of every successful token answer. */
	answerMembers?: (token: TokenInfo) => Record<string, unknown>;
	/** The body of a refusal of the token endpoint; default: RFC 6749 section 5.2. */
	errorBody?: (error: string, description: string) => unknown;
}

/** What an access token stands for. */
export interface TokenInfo {
	clientId: string;
	scopes: readonly string[];
	subject: string;
	extra: Record<string, string>;
}

export type TokenVerdict =
	{ valid: true; token: TokenInfo } | { valid: false; reason: 'unknown' | 'expired' | 'missing' };

/** A request to the token endpoint, without its secrets. */
export interface SeenTokenRequest {
	/** As asked for; empty where the request named none. */
	grantType: string;
	status: number;
}

/** A refusal in the words of RFC 6749. */
export class OAuthRefusal extends Error {
	override readonly name = 'OAuthRefusal';

	constructor(
		readonly error: string,
		readonly description: string,
		readonly status = 400,
	) {
		super(description);
	}
}
