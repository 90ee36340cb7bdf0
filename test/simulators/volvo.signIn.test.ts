import { createHash } from 'node:crypto';
import { createClock } from '../../simulators/shared/clock';
import { EX30 } from '../../simulators/volvo/seed';
import type { VolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { startVolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import type { Headers } from './volvoClient';
import { connect, doorsOf, getPage, NOON, postForm, windowsOf } from './volvoClient';

let simulator: VolvoSimulator;

beforeEach(async () => {
	simulator = await startVolvoSimulator({ clock: createClock(Date.parse(NOON)) });
});
afterEach(() => simulator.close());

interface Tokens {
	access_token: string;
	refresh_token?: string;
	id_token: string;
	expires_in: number;
	error: string;
}

describe('Volvo ID', () => {
	const verifier = 'a-verifier-that-is-long-enough-to-be-one-0123456789';
	const redirect_uri = 'https://n8n.example/rest/oauth2-credential/callback';
	const parameters = () => ({
		response_type: 'code',
		client_id: simulator.clientId,
		redirect_uri,
		scope: 'openid conve:doors_status conve:lock_status',
		state: 'abc',
		code_challenge: createHash('sha256').update(verifier).digest('base64url'),
		code_challenge_method: 'S256',
	});
	const basic = () => {
		const pair = `${simulator.clientId}:${simulator.clientSecret}`;
		return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
	};
	const authorizeUrl = () => `${simulator.url}/as/authorization.oauth2`;
	const askToken = (fields: Record<string, string>, headers: Headers = basic()) =>
		postForm<Tokens>(`${simulator.url}/as/token.oauth2`, fields, headers);
	const refresh = (refresh_token = '') => askToken({ grant_type: 'refresh_token', refresh_token });

	async function signIn(): Promise<Tokens> {
		const decision = { ...parameters(), decision: 'allow' };
		const { headers } = await postForm(authorizeUrl(), decision, {});
		const code = new URL(String(headers.location)).searchParams.get('code') ?? '';
		const fields = { grant_type: 'authorization_code', code, redirect_uri };
		return (await askToken({ ...fields, code_verifier: verifier })).data;
	}

	it('signs a user in, with the requested scopes', async () => {
		const page = await getPage(`${authorizeUrl()}?${new URLSearchParams(parameters()).toString()}`);
		expect(page.data).toContain('conve:doors_status');
		const tokens = await signIn();
		expect(tokens).toMatchObject({ expires_in: 299, id_token: expect.any(String) as unknown });
		const own = connect(simulator, 'v2', tokens.access_token);
		expect((await own.get(doorsOf(EX30))).status).toBe(200);
		expect((await own.get(windowsOf(EX30))).status).toBe(403);
	});

	it('wants PKCE, and scopes that exist', async () => {
		const { code_challenge, ...without } = parameters();
		expect(code_challenge).toHaveLength(43);
		for (const [asked, error] of [
			[without, 'invalid_request'],
			[{ ...parameters(), scope: 'openid conve:doors-status' }, 'invalid_scope'],
		] as const) {
			const { headers } = await postForm(authorizeUrl(), { ...asked, decision: 'allow' }, {});
			expect(new URL(String(headers.location)).searchParams.get('error')).toBe(error);
		}
	});

	it('recognises the client only by its header', async () => {
		const { refresh_token = '' } = await signIn();
		const { clientId: client_id, clientSecret: client_secret } = simulator;
		const fields = { grant_type: 'refresh_token', refresh_token, client_id, client_secret };
		const { status, data } = await askToken(fields, {});
		expect([status, data.error]).toEqual([401, 'invalid_client']);
	});

	it('rotates refresh tokens, or sends none', async () => {
		const first = await signIn();
		const second = await refresh(first.refresh_token);
		expect(second.data.refresh_token).not.toBe(first.refresh_token);
		expect(
			(await connect(simulator, 'v2', second.data.access_token).get(doorsOf(EX30))).status,
		).toBe(200);
		const stale = await refresh(first.refresh_token);
		expect([stale.status, stale.data]).toEqual([
			400,
			{
				error_description: 'unknown, invalid, or expired refresh token',
				error: 'invalid_grant',
			},
		]);
		simulator.oauth.setRotation(false);
		const third = await refresh(second.data.refresh_token);
		expect(third.data).not.toHaveProperty('refresh_token');
		expect((await refresh(second.data.refresh_token)).status).toBe(200);
	});

	it('ends after seven unused days, and after half a year', async () => {
		const { refresh_token } = await signIn();
		simulator.clock.advance(7 * 86_400);
		expect((await refresh(refresh_token)).status).toBe(400);
		let token = (await signIn()).refresh_token;
		for (let day = 0; day < 180; day += 6) {
			simulator.clock.advance(6 * 86_400);
			token = (await refresh(token)).data.refresh_token;
			expect(token).toBeDefined();
		}
		simulator.clock.advance(2 * 86_400);
		expect((await refresh(token)).status).toBe(400);
	});

	it('refuses with its own message when a fault applies', async () => {
		const path = '/as/token.oauth2';
		simulator.faults.set({ name: 'unauthorized', path, times: 1 });
		expect((await refresh('any')).data.error).toBe('invalid_client');
		simulator.faults.set({ name: 'rateLimited', path, times: 1 });
		const { status, data } = await refresh('any');
		expect([status, data.error]).toEqual([429, 'temporarily_unavailable']);
	});
});
