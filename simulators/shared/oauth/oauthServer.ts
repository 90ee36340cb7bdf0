import type { Request, RequestHandler, Response } from 'express';
import {
	addressWith,
	checkScopes,
	DEFAULT_SUBJECT,
	readAuthorizationRequest,
	readRedirectUri,
} from './authorization';
import type { AuthorizationRequest } from './authorization';
import { AuthorizationCodes } from './authorizationCodes';
import { authenticateClient } from './clientAuthentication';
import { drawConsentPage, drawRefusalPage } from './consentPage';
import { readForm, readQuery, readScopes } from './form';
import type {
	OAuthGrant,
	OAuthServerOptions,
	SeenTokenRequest,
	TokenInfo,
	TokenVerdict,
} from './oauthTypes';
import { OAuthRefusal } from './oauthTypes';
import { TokenStore } from './tokenStore';

export type * from './oauthTypes';

interface IssuedTokens {
	token: TokenInfo;
	refreshToken?: string;
}

export type TokenGrant = Partial<TokenInfo> & { accessTokenSeconds?: number };

export interface IssuedPair {
	accessToken: string;
	refreshToken: string;
}

const rfcErrorBody = (error: string, description: string) => ({
	error_description: description,
	error,
});

/** Runs `read`. A refusal is passed to `answer` instead, and the result is undefined. */
function orRefuse<Value>(read: () => Value, answer: (refusal: OAuthRefusal) => void) {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof OAuthRefusal)) throw error;
		answer(error);
		return undefined;
	}
}

/** The OAuth 2 side of a vendor (RFC 6749, 7636), behind `createSimulatorApp`'s raw bodies. */
export class OAuthServer {
	readonly #options: OAuthServerOptions;
	readonly #tokens: TokenStore;
	readonly #codes: AuthorizationCodes;
	#rotates: boolean;
	#seen: SeenTokenRequest[] = [];

	constructor(options: OAuthServerOptions) {
		this.#options = options;
		this.#tokens = new TokenStore(options.clock, options);
		this.#codes = new AuthorizationCodes(options.clock);
		this.#rotates = options.rotatesRefreshTokens;
	}

	/** GET: the consent page, with a form for `decide`. */
	readonly authorize: RequestHandler = (request, response) => {
		const parameters = readQuery(request);
		const asked = this.#readAuthorization(parameters, response);
		if (!asked) return;
		const action = request.baseUrl + request.path;
		response.type('html').send(drawConsentPage(action, parameters, asked.token.scopes));
	};

	/** POST on the same path: the user's `decision`, `allow` or `deny`, answered with a redirect. */
	readonly decide: RequestHandler = (request, response) => {
		const form = readForm(request);
		const parameters = new URLSearchParams({
			...Object.fromEntries(readQuery(request)),
			...Object.fromEntries(form),
		});
		const asked = this.#readAuthorization(parameters, response);
		if (!asked) return;
		const { token, redirectUri, codeChallenge } = asked;
		const answer: Record<string, string> =
			form.get('decision') === 'allow'
				? { code: this.#codes.issue(token, redirectUri, codeChallenge) }
				: { error: 'access_denied', error_description: 'The user denied access.' };
		response.redirect(addressWith(redirectUri, answer, parameters.get('state')));
	};

	/** POST, form-encoded: the token endpoint. */
	readonly token: RequestHandler = (request, response) => {
		const form = readForm(request);
		response.set('Cache-Control', 'no-store');
		const issued = orRefuse(
			() => this.#grant(request, form),
			(refusal) => this.#refuse(response, refusal),
		);
		if (issued) response.json(this.#answer(issued));
		const grantType = form.get('grant_type') ?? '';
		this.#seen.push({ grantType, status: response.statusCode });
	};

	verify(authorizationHeader: string | undefined): TokenVerdict {
		return this.#tokens.verify(authorizationHeader);
	}

	/** Tokens as if a user had just signed in; `accessTokenSeconds` overrides their lifetime. */
	issue({ accessTokenSeconds, ...grant }: TokenGrant = {}): IssuedPair {
		const consent = this.#tokens.giveConsent({
			clientId: this.#options.clients[0]?.clientId ?? '',
			scopes: this.#options.allowedScopes ?? [],
			subject: DEFAULT_SUBJECT,
			extra: {},
			...grant,
		});
		return {
			accessToken: this.#tokens.issueAccessToken(consent.token, accessTokenSeconds),
			refreshToken: this.#tokens.issueRefreshToken(consent),
		};
	}

	/** Token requests in the order of their answers. */
	get tokenRequests(): readonly SeenTokenRequest[] {
		return [...this.#seen];
	}

	expireAccessTokens(): void {
		this.#tokens.expireAccessTokens();
	}

	/** The next refresh of every consent fails. Access tokens stay valid. */
	revokeRefreshTokens(): void {
		this.#tokens.revokeRefreshTokens();
	}

	/** Overrides `rotatesRefreshTokens` until `forgetHistory`. */
	setRotation(rotates: boolean): void {
		this.#rotates = rotates;
	}

	/** Forgets the requests and `setRotation`. Sign-ins stay valid. */
	forgetHistory(): void {
		this.#rotates = this.#options.rotatesRefreshTokens;
		this.#seen = [];
	}

	#readAuthorization(parameters: URLSearchParams, response: Response) {
		const redirectUri = orRefuse(
			() => readRedirectUri(this.#options, parameters),
			({ description }) => response.status(400).type('html').send(drawRefusalPage(description)),
		);
		if (redirectUri === undefined) return undefined;
		return orRefuse<AuthorizationRequest>(
			() => readAuthorizationRequest(this.#options, parameters, redirectUri),
			({ error, description }) => {
				const answer = { error, error_description: description };
				response.redirect(addressWith(redirectUri, answer, parameters.get('state')));
			},
		);
	}

	#grant(request: Request, form: URLSearchParams): IssuedTokens {
		const { clients, clientAuthentication = 'any', grants } = this.#options;
		if (!request.is('application/x-www-form-urlencoded')) {
			throw new OAuthRefusal('invalid_request', 'The body has to be form-encoded.');
		}
		const header = request.header('authorization');
		const { clientId } = authenticateClient(clients, clientAuthentication, header, form);
		const grantType = form.get('grant_type');
		if (grantType === null) throw new OAuthRefusal('invalid_request', 'grant_type is required.');
		const grant = grants.find((known) => known === grantType);
		if (grant) return this.#grants[grant](form, clientId);
		throw new OAuthRefusal('unsupported_grant_type', `${grantType} is not supported.`);
	}

	readonly #grants: Record<OAuthGrant, (form: URLSearchParams, clientId: string) => IssuedTokens> =
		{
			authorization_code: (form, clientId) => {
				const token = this.#codes.exchange(form, clientId);
				if (!this.#options.grants.includes('refresh_token')) return { token };
				const consent = this.#tokens.giveConsent(token);
				return { token, refreshToken: this.#tokens.issueRefreshToken(consent) };
			},
			refresh_token: (form, clientId) => this.#refresh(form, clientId),
			client_credentials: (form, clientId) => {
				const scopes = readScopes(form.get('scope'));
				checkScopes(scopes, this.#options.allowedScopes);
				return { token: { clientId, scopes, subject: clientId, extra: {} } };
			},
		};

	#refresh(form: URLSearchParams, clientId: string): IssuedTokens {
		const given = form.get('refresh_token');
		if (given === null) throw new OAuthRefusal('invalid_request', 'refresh_token is required.');
		const consent = this.#tokens.useRefreshToken(given, clientId);
		if (!consent) {
			throw new OAuthRefusal('invalid_grant', 'unknown, invalid, or expired refresh token');
		}
		const narrowed = readScopes(form.get('scope'));
		checkScopes(narrowed, consent.token.scopes);
		const scopes = narrowed.length > 0 ? narrowed : consent.token.scopes;
		const token = { ...consent.token, scopes };
		if (!this.#rotates) return { token };
		this.#tokens.dropRefreshToken(given);
		return { token, refreshToken: this.#tokens.issueRefreshToken(consent) };
	}

	#answer({ token, refreshToken }: IssuedTokens): Record<string, unknown> {
		const { accessTokenSeconds, answerMembers } = this.#options;
		return {
			access_token: this.#tokens.issueAccessToken(token),
			...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
			token_type: 'Bearer',
			expires_in: accessTokenSeconds,
			...(token.scopes.length > 0 ? { scope: token.scopes.join(' ') } : {}),
			...answerMembers?.(token),
		};
	}

	#refuse(response: Response, { error, description, status }: OAuthRefusal): void {
		const { errorBody = rfcErrorBody } = this.#options;
		if (status === 401) response.set('WWW-Authenticate', 'Basic realm="token"');
		response.status(status).json(errorBody(error, description));
	}
}
