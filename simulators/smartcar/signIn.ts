import type { RequestHandler } from 'express';
import type { SimulatorClock } from '../shared/clock';
import { isRecord, parseJson } from '../shared/json';
import type { TokenInfo } from '../shared/oauth/oauthServer';
import { OAuthServer } from '../shared/oauth/oauthServer';
import { CLIENT_ID, CLIENT_SECRET, USER, V2_CLIENT_ID, V2_CLIENT_SECRET } from './seed';
import type { Mode } from './smartcarTypes';
import { MODES } from './smartcarTypes';

const V2_ACCESS_TOKEN_SECONDS = 7200;
const V2_REFRESH_TOKEN_SECONDS = 60 * 86_400;
const V3_ACCESS_TOKEN_SECONDS = 3600;

const FORM = 'application/x-www-form-urlencoded';

export interface SignIn {
	/** v2.0: Connect, one user. */
	v2: OAuthServer;
	/** v3: one application. */
	v3: OAuthServer;
}

const readMode = (word: string | null | undefined): Mode =>
	MODES.find((mode) => mode === word) ?? 'live';

/** The two authorization servers of Smartcar. */
export const createSignIn = (clock: SimulatorClock): SignIn => ({
	v2: new OAuthServer({
		clock,
		clients: [{ clientId: V2_CLIENT_ID, clientSecret: V2_CLIENT_SECRET }],
		clientAuthentication: 'header',
		accessTokenSeconds: V2_ACCESS_TOKEN_SECONDS,
		refreshTokenSeconds: V2_REFRESH_TOKEN_SECONDS,
		pkce: 'optional',
		rotatesRefreshTokens: true,
		grants: ['authorization_code', 'refresh_token'],
		describeConsent: (parameters) => ({
			subject: USER,
			extra: { mode: readMode(parameters.get('mode')) },
		}),
	}),
	v3: new OAuthServer({
		clock,
		clients: [{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }],
		accessTokenSeconds: V3_ACCESS_TOKEN_SECONDS,
		pkce: 'optional',
		rotatesRefreshTokens: false,
		grants: ['client_credentials'],
	}),
});

/** The mode in which the user of a v2.0 token connected. */
export const modeOf = ({ extra }: TokenInfo): Mode => readMode(extra.mode);

/** The permissions that a v2.0 token requested; null if it named none, which means all. */
export function permissionsOf({ scopes }: TokenInfo): ReadonlySet<string> | null {
	if (scopes.length === 0) return null;
	return new Set(scopes.map((scope) => scope.replace(/^required:/, '')));
}

function readJsonForm(body: unknown): URLSearchParams | undefined {
	const fields = Buffer.isBuffer(body) ? parseJson(body.toString('utf8')) : undefined;
	if (!isRecord(fields)) return undefined;
	const texts = Object.entries(fields).flatMap(([name, value]) =>
		typeof value === 'string' ? [[name, value] as [string, string]] : [],
	);
	return new URLSearchParams(texts);
}

/** v3's token endpoint accepts JSON too. Goes before the handler that reads forms. */
export const acceptJsonCredentials: RequestHandler = (request, _response, next) => {
	const form = request.is('application/json') ? readJsonForm(request.body) : undefined;
	if (form) {
		request.headers['content-type'] = FORM;
		request.body = Buffer.from(form.toString());
	}
	next();
};
