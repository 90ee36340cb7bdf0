import { createHash } from 'node:crypto';
import type { AxiosResponse } from 'axios';
import axios from 'axios';
import express from 'express';
import type { SimulatorClock } from '../../simulators/shared/clock';
import { createClock } from '../../simulators/shared/clock';
import type { OAuthServerOptions } from '../../simulators/shared/oauth/oauthServer';
import { OAuthServer } from '../../simulators/shared/oauth/oauthServer';
import { logArrival, logBody, RequestLog } from '../../simulators/shared/requestLog';
import type { ListeningServer } from '../../simulators/shared/server';
import { listenOnLoopback } from '../../simulators/shared/server';

const http = axios.create({ validateStatus: () => true, maxRedirects: 0, proxy: false });

const CLIENT = { clientId: 'app', clientSecret: 'a secret/with+signs' };
const OTHER_CLIENT = { clientId: 'other', clientSecret: 'other secret' };
const CALLBACK = 'https://n8n.example/rest/oauth2-credential/callback';
const VERIFIER = 'a-verifier-that-is-long-enough-to-be-one-0123456789';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

interface TokenAnswer {
	access_token: string;
	refresh_token?: string;
	token_type: string;
	expires_in: number;
	scope: string;
	error: string;
	error_description: string;
}

let clock: SimulatorClock;
let oauth: OAuthServer;
let log: RequestLog;
let server: ListeningServer | undefined;

async function start(options: Partial<OAuthServerOptions> = {}): Promise<void> {
	clock = createClock(Date.parse('2026-11-21T12:00:00.000Z'));
	log = new RequestLog();
	oauth = new OAuthServer({
		clock,
		clients: [CLIENT, OTHER_CLIENT],
		accessTokenSeconds: 300,
		refreshTokenSeconds: 1000,
		pkce: 'required',
		rotatesRefreshTokens: true,
		grants: ['authorization_code', 'refresh_token', 'client_credentials'],
		...options,
	});
	const app = express();
	app.use(logArrival(log, clock, []), express.raw({ type: () => true }), logBody);
	app.get('/authorize', oauth.authorize);
	app.post('/authorize', oauth.decide);
	app.post('/token', oauth.token);
	server = await listenOnLoopback(app, 0);
}

beforeEach(() => start());
afterEach(() => server?.close());

const ASK = {
	response_type: 'code',
	client_id: CLIENT.clientId,
	redirect_uri: CALLBACK,
	scope: 'openid read:doors',
	state: 'a state & more',
	code_challenge: CHALLENGE,
	code_challenge_method: 'S256',
};

type Fields = Record<string, string | undefined>;

const encode = (fields: Fields) =>
	new URLSearchParams(
		Object.entries(fields).flatMap(([name, value]): Array<[string, string]> =>
			value === undefined ? [] : [[name, value]],
		),
	);

const url = (path: string) => `${server?.url}${path}`;
const openPage = (change: Fields = {}) =>
	http.get<string>(url(`/authorize?${encode({ ...ASK, ...change }).toString()}`));
const decide = (decision: string, change: Fields = {}) =>
	http.post<string>(url('/authorize'), encode({ ...ASK, ...change, decision }));

const redirectOf = ({ headers }: AxiosResponse) => new URL(String(headers.location));
const sentBack = (answer: AxiosResponse) => Object.fromEntries(redirectOf(answer).searchParams);

const basic = ({ clientId, clientSecret }: typeof CLIENT) => ({
	Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
});

const askToken = (fields: Fields, headers: Record<string, string> = basic(CLIENT)) =>
	http.post<TokenAnswer>(url('/token'), encode(fields), { headers });

const exchange = (code: string, change: Fields = {}, headers = basic(CLIENT)) =>
	askToken(
		{
			grant_type: 'authorization_code',
			code,
			redirect_uri: CALLBACK,
			code_verifier: VERIFIER,
			...change,
		},
		headers,
	);

const refresh = (refreshToken?: string, change: Fields = {}, headers = basic(CLIENT)) =>
	askToken({ grant_type: 'refresh_token', refresh_token: refreshToken, ...change }, headers);

const allow = async (change: Fields = {}) => sentBack(await decide('allow', change)).code ?? '';

describe('the consent page', () => {
	it('asks, with a form that a browser can send', async () => {
		const { status, data, headers } = await openPage({ state: '"><script>' });
		expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
		expect(data).toContain('<form method="post" action="/authorize">');
		expect(data).toContain('<li>read:doors</li>');
		expect(data).toContain('name="state" value="&quot;&gt;&lt;script&gt;"');
		expect(data).not.toContain('<script>');
		expect(data).toMatch(/name="decision" value="allow".*\n.*name="decision" value="deny"/);
	});

	it('sends a code and the state back', async () => {
		const answer = await decide('allow', { redirect_uri: `${CALLBACK}?own=1` });
		expect(answer.status).toBe(302);
		expect(redirectOf(answer).origin + redirectOf(answer).pathname).toBe(CALLBACK);
		expect(sentBack(answer)).toEqual({
			own: '1',
			code: expect.stringMatching(/^\S{20,}$/) as unknown,
			state: ASK.state,
		});
	});

	it('sends a denial back', async () => {
		expect(sentBack(await decide('deny'))).toMatchObject({
			error: 'access_denied',
			state: ASK.state,
		});
	});

	it.each([
		[{ client_id: 'stranger' }, 'client_id'],
		[{ redirect_uri: undefined }, 'redirect_uri'],
		[{ redirect_uri: 'javascript:alert(1)' }, 'redirect_uri'],
	])('shows the user an error, without a redirect: %j', async (change, text) => {
		for (const answer of [await openPage(change), await decide('allow', change)]) {
			expect([answer.status, answer.headers.location]).toEqual([400, undefined]);
			expect(answer.data).toContain(text);
		}
	});

	it.each([
		[{ response_type: 'token' }, 'unsupported_response_type'],
		[{ code_challenge: undefined }, 'invalid_request'],
		[{ code_challenge_method: 'plain' }, 'invalid_request'],
	])('reports an error to the application by redirect: %j', async (change, error) => {
		const answers = [await openPage(change), await decide('allow', change)];
		for (const answer of answers) {
			expect(answer.status).toBe(302);
			expect(sentBack(answer)).toMatchObject({ error, state: ASK.state });
			expect(sentBack(answer)).not.toHaveProperty('code');
		}
	});

	it('refuses scopes that the application may not request', async () => {
		await server?.close();
		await start({ allowedScopes: ['openid'] });
		expect(sentBack(await openPage()).error).toBe('invalid_scope');
		expect((await openPage({ scope: 'openid' })).status).toBe(200);
	});
});

describe('an authorization code', () => {
	it('becomes tokens, once', async () => {
		const code = await allow();
		const { status, data, headers } = await exchange(code);
		expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
		expect(data).toMatchObject({
			refresh_token: expect.any(String) as unknown,
			token_type: 'Bearer',
			expires_in: 300,
			scope: 'openid read:doors',
		});
		expect(oauth.verify(`Bearer ${data.access_token}`)).toMatchObject({
			valid: true,
			token: { clientId: 'app', scopes: ['openid', 'read:doors'] },
		});
		expect((await exchange(code)).data.error).toBe('invalid_grant');
	});

	it.each([
		[{ redirect_uri: `${CALLBACK}/` }],
		[{ redirect_uri: undefined }],
		[{ code_verifier: 'wrong' }],
		[{ code_verifier: undefined }],
		[{ code: 'invented' }],
	])('is refused with %j', async (change) => {
		const { status, data } = await exchange(await allow(), change);
		expect([status, data.error]).toEqual([400, 'invalid_grant']);
	});

	it('is for its client only', async () => {
		const { data } = await exchange(await allow(), {}, basic(OTHER_CLIENT));
		expect(data.error).toBe('invalid_grant');
	});

	it('expires', async () => {
		const code = await allow();
		clock.advance(60);
		expect((await exchange(code)).data.error).toBe('invalid_grant');
	});

	it('needs no PKCE where that is optional', async () => {
		await server?.close();
		await start({ pkce: 'optional', grants: ['authorization_code'] });
		const code = await allow({ code_challenge: undefined, code_challenge_method: undefined });
		const { status, data } = await exchange(code, { code_verifier: undefined });
		expect([status, 'refresh_token' in data]).toEqual([200, false]);
	});

	it("contains the service's data about the consent", async () => {
		await server?.close();
		await start({
			describeConsent: (parameters) => ({
				subject: 'anna',
				extra: { mode: parameters.get('mode') ?? '' },
			}),
			answerMembers: ({ subject }) => ({ id_token: `id of ${subject}` }),
		});
		const { data } = await exchange(await allow({ mode: 'live' }));
		expect(data).toMatchObject({ id_token: 'id of anna' });
		expect(oauth.verify(`Bearer ${data.access_token}`)).toMatchObject({
			token: { subject: 'anna', extra: { mode: 'live' } },
		});
	});
});

describe('the client', () => {
	const inBody = { client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret };
	const encoded = { ...CLIENT, clientSecret: encodeURIComponent(CLIENT.clientSecret) };
	const grant = { grant_type: 'client_credentials' };

	it.each([
		['Basic', {}, basic(CLIENT)],
		['Basic, form-encoded', {}, basic(encoded)],
		['the body', inBody, {}],
	])('may use %s', async (_name, fields, headers: Record<string, string>) => {
		expect((await askToken({ ...grant, ...fields }, headers)).status).toBe(200);
	});

	it.each([
		['nothing', {}, {}],
		['a wrong secret', {}, basic({ ...CLIENT, clientSecret: 'guess' })],
		['a wrong id', { ...inBody, client_id: 'stranger' }, {}],
		['no Basic', {}, { Authorization: 'Basic nonsense' }],
	])('is refused with %s', async (_name, fields, headers: Record<string, string>) => {
		const answer = await askToken({ ...grant, ...fields }, headers);
		expect([answer.status, answer.data.error]).toEqual([401, 'invalid_client']);
		expect(answer.headers['www-authenticate']).toContain('Basic');
	});

	it('has to use the header where only that is taken', async () => {
		await server?.close();
		await start({ clientAuthentication: 'header' });
		expect((await askToken({ ...grant, ...inBody }, {})).status).toBe(401);
		expect((await askToken(grant)).status).toBe(200);
	});
});

describe('a refresh', () => {
	it('rotates: the old token dies', async () => {
		const { refreshToken } = oauth.issue();
		const { data } = await refresh(refreshToken);
		expect(oauth.verify(`Bearer ${data.access_token}`).valid).toBe(true);
		const again = await refresh(refreshToken);
		expect([again.status, again.data]).toEqual([
			400,
			{
				error: 'invalid_grant',
				error_description: 'unknown, invalid, or expired refresh token',
			},
		]);
		expect((await refresh(data.refresh_token)).status).toBe(200);
	});

	it('carries no new token without rotation: the old one stays', async () => {
		oauth.setRotation(false);
		const { refreshToken } = oauth.issue();
		for (let time = 0; time < 2; time += 1) {
			const { status, data } = await refresh(refreshToken);
			expect([status, 'refresh_token' in data]).toEqual([200, false]);
		}
	});

	it('narrows scopes, and never widens them', async () => {
		oauth.setRotation(false);
		const { refreshToken } = oauth.issue({ scopes: ['a', 'b'] });
		expect((await refresh(refreshToken, { scope: 'b' })).data.scope).toBe('b');
		expect((await refresh(refreshToken)).data.scope).toBe('a b');
		expect((await refresh(refreshToken, { scope: 'c' })).data.error).toBe('invalid_scope');
	});

	it('lets an unused token expire', async () => {
		oauth.setRotation(false);
		const { refreshToken } = oauth.issue();
		clock.advance(999);
		expect((await refresh(refreshToken)).status).toBe(200);
		clock.advance(999);
		expect((await refresh(refreshToken)).status).toBe(200);
		clock.advance(1000);
		expect((await refresh(refreshToken)).data.error).toBe('invalid_grant');
	});

	it('works no longer than the consent', async () => {
		await server?.close();
		await start({ consentSeconds: 1500 });
		const { refreshToken } = oauth.issue();
		clock.advance(900);
		const { data } = await refresh(refreshToken);
		clock.advance(600);
		expect((await refresh(data.refresh_token)).data.error).toBe('invalid_grant');
	});

	it('is for its client only, and not after a revocation', async () => {
		const { refreshToken, accessToken } = oauth.issue();
		expect((await refresh(refreshToken, {}, basic(OTHER_CLIENT))).status).toBe(400);
		oauth.revokeRefreshTokens();
		expect((await refresh(refreshToken)).status).toBe(400);
		expect(oauth.verify(`Bearer ${accessToken}`).valid).toBe(true);
	});
});

describe('an access token', () => {
	it('expires', () => {
		const header = `Bearer ${oauth.issue().accessToken}`;
		clock.advance(299.9);
		expect(oauth.verify(header)).toMatchObject({ valid: true });
		clock.advance(0.1);
		expect(oauth.verify(header)).toEqual({ valid: false, reason: 'expired' });
	});

	it('may be issued with another life', () => {
		const header = `Bearer ${oauth.issue({ accessTokenSeconds: 3600 }).accessToken}`;
		clock.advance(3599);
		expect(oauth.verify(header).valid).toBe(true);
		clock.advance(1);
		expect(oauth.verify(header).valid).toBe(false);
	});

	it('expires on command', () => {
		const header = `Bearer ${oauth.issue().accessToken}`;
		oauth.expireAccessTokens();
		expect(oauth.verify(header)).toEqual({ valid: false, reason: 'expired' });
	});

	it.each([
		[undefined, 'missing'],
		['Basic abc', 'missing'],
		['Bearer invented', 'unknown'],
	])('%s is %s', (header, reason) => {
		expect(oauth.verify(header)).toEqual({ valid: false, reason });
	});
});

describe('the token endpoint', () => {
	it('issues no refresh token for client credentials', async () => {
		const { data } = await askToken({ grant_type: 'client_credentials', scope: 'a' });
		expect(data).toEqual({
			access_token: expect.any(String) as unknown,
			token_type: 'Bearer',
			expires_in: 300,
			scope: 'a',
		});
	});

	it.each([
		[{}, 'invalid_request'],
		[{ grant_type: 'password' }, 'unsupported_grant_type'],
		[{ grant_type: 'refresh_token' }, 'invalid_request'],
	])('refuses %j', async (fields, error) => {
		const answer = await askToken(fields);
		expect([answer.status, answer.data.error]).toEqual([400, error]);
	});

	it('refuses JSON and grants that are off', async () => {
		const json = await http.post<TokenAnswer>(url('/token'), {}, { headers: basic(CLIENT) });
		expect([json.status, json.data.error]).toEqual([400, 'invalid_request']);
		await server?.close();
		await start({ grants: ['client_credentials'] });
		expect((await refresh(oauth.issue().refreshToken)).data.error).toBe('unsupported_grant_type');
		expect(sentBack(await openPage()).error).toBe('unauthorized_client');
	});

	it("uses the service's messages", async () => {
		await server?.close();
		await start({ errorBody: (error, description) => ({ code: error, text: description }) });
		const { data } = await refresh('invented');
		expect(data).toEqual({
			code: 'invalid_grant',
			text: expect.stringContaining('expired') as unknown,
		});
	});

	it('remembers its requests, and the log no secrets', async () => {
		const { refreshToken } = oauth.issue();
		await refresh(refreshToken, { client_secret: 'top secret' });
		await exchange('stale-code');
		expect(oauth.tokenRequests).toEqual([
			{ grantType: 'refresh_token', status: 200 },
			{ grantType: 'authorization_code', status: 400 },
		]);
		const bodies = log.to('/token').map(({ body }) => String(body));
		expect(bodies[0]).toBe('grant_type=refresh_token&refresh_token=***&client_secret=***');
		expect(bodies[1]).toContain('&code=***&');
		expect(bodies[1]).toContain('&code_verifier=***');
		oauth.forgetHistory();
		expect(oauth.tokenRequests).toEqual([]);
	});
});
