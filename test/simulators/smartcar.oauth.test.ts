import type { AxiosResponse } from 'axios';
import { createClock } from '../../simulators/shared/clock';
import { SIMULATED_CAR } from '../../simulators/smartcar/seed';
import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { startSmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import type { V2Body, V3Body } from './smartcarClient';
import { connectV2, connectV3, http } from './smartcarClient';

const REDIRECT_URI = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';

interface TokenBody {
	access_token: string;
	refresh_token?: string;
	expires_in: number;
	token_type: string;
	error?: string;
}

let simulator: SmartcarSimulator;

beforeEach(async () => {
	simulator = await startSmartcarSimulator({ clock: createClock() });
});
afterEach(() => simulator.close());

const basic = (id: string, secret: string) => ({
	Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

const ask = (
	path: string,
	form: Record<string, string>,
	headers: Record<string, string> = {},
): Promise<AxiosResponse<TokenBody>> =>
	http.post<TokenBody>(simulator.url + path, new URLSearchParams(form), { headers });

function askV2(form: Record<string, string>, secret = simulator.v2ClientSecret) {
	return ask('/oauth/token', form, basic(simulator.v2ClientId, secret));
}

const refresh = (refreshToken = '') =>
	askV2({ grant_type: 'refresh_token', refresh_token: refreshToken });

async function connectUser(more: Record<string, string>): Promise<URL> {
	const query = new URLSearchParams({
		client_id: simulator.v2ClientId,
		response_type: 'code',
		redirect_uri: REDIRECT_URI,
		state: 'abc',
		...more,
	});
	const address = `${simulator.url}/oauth/authorize?${query.toString()}`;
	const { data: page } = await http.get<string>(address);
	expect(page).toContain(simulator.v2ClientId);
	const answer = await http.post(address, new URLSearchParams({ decision: 'allow' }));
	return new URL(String(answer.headers.location));
}

describe('v2.0 sign-in', () => {
	it('issues a code, then tokens of that mode and scope', async () => {
		const redirect = await connectUser({
			scope: 'required:read_vehicle_info read_security',
			mode: 'simulated',
		});
		expect(redirect.searchParams.get('state')).toBe('abc');
		const { data } = await askV2({
			grant_type: 'authorization_code',
			code: String(redirect.searchParams.get('code')),
			redirect_uri: REDIRECT_URI,
		});
		expect(data).toMatchObject({ token_type: 'Bearer', expires_in: 7200 });
		const client = connectV2(simulator, data.access_token);
		expect((await client.get<V2Body>('/vehicles')).data.vehicles).toEqual([SIMULATED_CAR]);
		expect((await client.get(`/vehicles/${SIMULATED_CAR}/security`)).status).toBe(200);
		expect((await client.get(`/vehicles/${SIMULATED_CAR}/vin`)).status).toBe(403);

		const refreshed = await refresh(data.refresh_token);
		const later = connectV2(simulator, refreshed.data.access_token);
		expect((await later.get<V2Body>('/vehicles')).data.vehicles).toEqual([SIMULATED_CAR]);
	});

	it('rotates the refresh token', async () => {
		const { refreshToken } = simulator.v2Tokens();
		const first = await refresh(refreshToken);
		expect(first.data.refresh_token).not.toBe(refreshToken);
		expect((await refresh(first.data.refresh_token)).status).toBe(200);
		const { status, data } = await refresh(refreshToken);
		expect([status, data.error]).toEqual([400, 'invalid_grant']);
	});

	it('ends access after two hours and refreshing after 60 days', async () => {
		const { accessToken, refreshToken } = simulator.v2Tokens();
		const client = connectV2(simulator, accessToken);
		simulator.clock.advance(7199);
		expect((await client.get('/vehicles')).status).toBe(200);
		simulator.clock.advance(1);
		expect((await client.get<V2Body>('/vehicles')).data).toMatchObject({ type: 'AUTHENTICATION' });
		simulator.clock.advance(60 * 86_400);
		expect((await refresh(refreshToken)).data.error).toBe('invalid_grant');
	});

	it('wants the secret, and in the header', async () => {
		const { refreshToken } = simulator.v2Tokens();
		const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
		expect((await askV2(form, 'wrong')).data.error).toBe('invalid_client');
		const { v2ClientId, v2ClientSecret } = simulator;
		const inBody = { ...form, client_id: v2ClientId, client_secret: v2ClientSecret };
		expect((await ask('/oauth/token', inBody)).status).toBe(401);
	});
});

describe('v3 sign-in', () => {
	const grant = { grant_type: 'client_credentials' };
	const credentials = () => ({
		client_id: simulator.clientId,
		client_secret: simulator.clientSecret,
	});

	it.each([
		[
			'the header',
			() => ask('/oauth2/token', grant, basic(simulator.clientId, simulator.clientSecret)),
		],
		['the form', () => ask('/oauth2/token', { ...grant, ...credentials() })],
		[
			'JSON',
			() => http.post<TokenBody>(`${simulator.url}/oauth2/token`, { ...grant, ...credentials() }),
		],
	])('accepts credentials from %s', async (_place, askToken) => {
		const { status, data } = await askToken();
		expect(status).toBe(200);
		expect(data).toEqual({
			access_token: expect.any(String) as string,
			token_type: 'Bearer',
			expires_in: 3600,
		});
		const headers = { Authorization: `Bearer ${data.access_token}` };
		expect((await http.get(`${simulator.url}/v3/connections`, { headers })).status).toBe(200);
		expect(JSON.stringify(simulator.requests.all())).not.toContain(simulator.clientSecret);
		expect(JSON.stringify(simulator.requests.all())).not.toContain(data.access_token);
	});

	it.each([
		['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
		['the Application ID', { client_id: '8229df9f' }, 401, 'invalid_client'],
		['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
	])('refuses %s', async (_what, wrong, status, error) => {
		const answer = await ask('/oauth2/token', { ...grant, ...credentials(), ...wrong });
		expect([answer.status, answer.data.error]).toEqual([status, error]);
	});

	it('ends after an hour', async () => {
		const client = connectV3(simulator);
		simulator.clock.advance(3600);
		const { status, data } = await client.get<V3Body>('/connections');
		expect(status).toBe(401);
		expect(data.errors).toMatchObject([{ type: 'AUTHENTICATION', code: 'UNAUTHORIZED' }]);
	});

	it("accepts a user's own token too, or not", async () => {
		const { accessToken } = simulator.v2Tokens();
		const headers = { Authorization: `Bearer ${accessToken}` };
		const url = `${simulator.url}/v3/connections`;
		expect((await http.get(url, { headers })).status).toBe(200);
		simulator.setWire({ v3UserTokens: false });
		expect((await http.get(url, { headers })).status).toBe(401);
	});

	it('lives on after a reset, until it is expired', async () => {
		const client = connectV3(simulator);
		simulator.reset();
		expect((await client.get('/connections')).status).toBe(200);
		await http.patch(`${simulator.url}/_control/oauth`, { expireAccessTokens: true });
		expect((await client.get('/connections')).status).toBe(401);
	});
});
