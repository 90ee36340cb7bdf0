import { createHash, randomBytes } from 'node:crypto';
import type { SimulatorClock } from '../clock';
import type { TokenInfo } from './oauthTypes';
import { OAuthRefusal } from './oauthTypes';

interface IssuedCode {
	token: TokenInfo;
	redirectUri: string;
	/** Null if the client uses no PKCE. */
	codeChallenge: string | null;
	expiresAtMs: number;
}

const CODE_BYTES = 24;
/** RFC 6749 section 4.1.2 recommends ten minutes at most; vendors use one. */
const CODE_LIFE_MS = 60_000;

/** RFC 7636, S256. */
const challengeOf = (codeVerifier: string): string =>
	createHash('sha256').update(codeVerifier).digest('base64url');

function refuse(description: string): never {
	throw new OAuthRefusal('invalid_grant', description);
}

/** Authorization codes that have not been exchanged yet. Each works once. */
export class AuthorizationCodes {
	readonly #clock: SimulatorClock;
	#codes = new Map<string, IssuedCode>();

	constructor(clock: SimulatorClock) {
		this.#clock = clock;
	}

	issue(token: TokenInfo, redirectUri: string, codeChallenge: string | null): string {
		const code = randomBytes(CODE_BYTES).toString('base64url');
		const expiresAtMs = this.#clock.now() + CODE_LIFE_MS;
		this.#codes.set(code, { token, redirectUri, codeChallenge, expiresAtMs });
		return code;
	}

	/** The request behind the code. Throws `OAuthRefusal`. The code is used up either way. */
	exchange(form: URLSearchParams, clientId: string): TokenInfo {
		const code = form.get('code') ?? '';
		const issued = this.#codes.get(code);
		this.#codes.delete(code);
		if (!issued || issued.token.clientId !== clientId || this.#clock.now() >= issued.expiresAtMs) {
			return refuse('Authorization code is invalid or expired.');
		}
		if (form.get('redirect_uri') !== issued.redirectUri) {
			return refuse('Invalid redirect_uri.');
		}
		const verifier = form.get('code_verifier');
		const isProven =
			issued.codeChallenge === null ||
			(verifier !== null && challengeOf(verifier) === issued.codeChallenge);
		return isProven ? issued.token : refuse('PKCE verification failed.');
	}
}
