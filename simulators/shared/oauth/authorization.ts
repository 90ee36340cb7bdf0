import type { OAuthServerOptions, TokenInfo } from './oauthTypes';
import { OAuthRefusal } from './oauthTypes';
import { readScopes } from './form';

/** The user of a consent if the service does not name one. */
export const DEFAULT_SUBJECT = 'simulated-user';

/** The application's request to the user, once the redirect address is known. */
export interface AuthorizationRequest {
	token: TokenInfo;
	redirectUri: string;
	codeChallenge: string | null;
}

const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

/**
 * The redirect address. Throws `OAuthRefusal`, which in this case is for the user and not the
 * application.
 */
export function readRedirectUri(options: OAuthServerOptions, parameters: URLSearchParams): string {
	const clientId = parameters.get('client_id');
	if (!options.clients.some((client) => client.clientId === clientId)) {
		throw new OAuthRefusal('invalid_client', 'Unknown or missing client_id.');
	}
	const redirectUri = parameters.get('redirect_uri');
	if (redirectUri !== null && isWebAddress(redirectUri)) return redirectUri;
	throw new OAuthRefusal('invalid_request', 'redirect_uri is missing or no web address.');
}

function readChallenge(options: OAuthServerOptions, parameters: URLSearchParams): string | null {
	const challenge = parameters.get('code_challenge');
	if (challenge === null && options.pkce === 'required') {
		throw new OAuthRefusal('invalid_request', 'code_challenge is required.');
	}
	if (challenge !== null && parameters.get('code_challenge_method') !== 'S256') {
		throw new OAuthRefusal('invalid_request', 'code_challenge_method has to be S256.');
	}
	return challenge;
}

/** Throws `OAuthRefusal` for a scope that the application may not request. */
export function checkScopes(scopes: readonly string[], allowed?: readonly string[]): void {
	const refused = scopes.find((scope) => allowed && !allowed.includes(scope));
	if (refused === undefined) return;
	throw new OAuthRefusal('invalid_scope', `The requested scope is invalid or unknown: ${refused}`);
}

/** Throws `OAuthRefusal`, to be sent to the application by redirect. */
export function readAuthorizationRequest(
	options: OAuthServerOptions,
	parameters: URLSearchParams,
	redirectUri: string,
): AuthorizationRequest {
	if (parameters.get('response_type') !== 'code') {
		throw new OAuthRefusal('unsupported_response_type', 'response_type has to be code.');
	}
	if (!options.grants.includes('authorization_code')) {
		throw new OAuthRefusal('unauthorized_client', 'Users cannot sign in to this client.');
	}
	const codeChallenge = readChallenge(options, parameters);
	const scopes = readScopes(parameters.get('scope'));
	checkScopes(scopes, options.allowedScopes);
	const clientId = parameters.get('client_id') ?? '';
	const { subject = DEFAULT_SUBJECT, extra = {} } = options.describeConsent?.(parameters) ?? {};
	return { token: { clientId, scopes, subject, extra }, redirectUri, codeChallenge };
}

/** The address to redirect the user to. */
export function addressWith(
	redirectUri: string,
	answer: Record<string, string>,
	state: string | null,
): string {
	const address = new URL(redirectUri);
	for (const [name, value] of Object.entries(answer)) address.searchParams.set(name, value);
	if (state !== null) address.searchParams.set('state', state);
	return address.href;
}
