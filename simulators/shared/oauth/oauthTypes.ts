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
	/** Unused refresh tokens expire after this; default: never. */
	refreshTokenSeconds?: number;
	/** A user's consent expires after this, however often it was refreshed; default: never. */
	consentSeconds?: number;
	pkce: 'required' | 'optional';
	/**
	 * True: a refresh returns a new refresh token and the old one becomes invalid. False: it returns
	 * none and the old one stays valid.
	 */
	rotatesRefreshTokens: boolean;
	grants: readonly OAuthGrant[];
	/** Where the client's secret is expected; default: `any`. */
	clientAuthentication?: 'any' | 'header';
	/** Scopes that may be requested, which `issue` also grants by default; default: any, and none. */
	allowedScopes?: readonly string[];
	/** The user of a consent, and what the tokens carry; `parameters` are those of the page. */
	describeConsent?: (parameters: URLSearchParams) => {
		subject?: string;
		extra?: Record<string, string>;
	};
	/** Further members of every successful token answer. */
	answerMembers?: (token: TokenInfo) => Record<string, unknown>;
	/** The body of an error of the token endpoint; default: RFC 6749 section 5.2. */
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
	/** As requested; empty if the request named none. */
	grantType: string;
	status: number;
}

/** A refusal in the terms of RFC 6749. */
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
