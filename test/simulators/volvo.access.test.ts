import { createClock } from '../../simulators/shared/clock';
import { ALL_SCOPES } from '../../simulators/volvo/commandPaths';
import { EX30, XC40 } from '../../simulators/volvo/seed';
import type { VolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { startVolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import type { Headers, VolvoClient } from './volvoClient';
import { connect, doorsOf, lockOf, NOON, unlockOf, v1Type, windowsOf } from './volvoClient';

let simulator: VolvoSimulator;
let volvo: VolvoClient;

beforeEach(async () => {
	simulator = await startVolvoSimulator({ clock: createClock(Date.parse(NOON)) });
	volvo = connect(simulator);
});
afterEach(() => simulator.close());

const UNAUTHORIZED = {
	error: {
		message: 'Unauthorized',
		description: 'Full authentication is required to access this resource',
	},
};
const DENIED = { error: { message: 'FORBIDDEN', description: 'Access is denied' } };
const keyRefusal = (text: string) => ({
	status: 401,
	error: { message: expect.stringContaining(text) as unknown },
});

describe('keys and tokens', () => {
	it.each<[Headers, number, unknown]>([
		[{ 'vcc-api-key': undefined, authorization: undefined }, 401, keyRefusal('missing VCC')],
		[{ 'vcc-api-key': 'wrong', authorization: 'Bearer x' }, 401, keyRefusal('invalid VCC')],
		[{ authorization: undefined }, 401, UNAUTHORIZED],
		[{ authorization: 'Bearer invented' }, 401, UNAUTHORIZED],
	])('%j: the key first, then the token', async (headers, status, body) => {
		const answer = await volvo.get('/vehicles', headers);
		expect([answer.status, answer.data]).toEqual([status, body]);
	});

	it('accept the secondary key', async () => {
		const headers = { 'vcc-api-key': simulator.secondaryVccApiKey };
		expect((await volvo.get('/vehicles', headers)).status).toBe(200);
	});

	it('refuse a token after its time: 299 s, an hour from the portal', async () => {
		const signedIn = connect(simulator, 'v2', simulator.oauth.issue().accessToken);
		simulator.clock.advance(298);
		expect((await signedIn.get('/vehicles')).status).toBe(200);
		simulator.clock.advance(1);
		expect((await signedIn.get('/vehicles')).data).toEqual(UNAUTHORIZED);
		expect((await volvo.get('/vehicles')).status).toBe(200);
		simulator.clock.advance(3600 - 299);
		expect((await volvo.get('/vehicles')).status).toBe(401);
	});

	it('keep no secret in the request log', async () => {
		const token = simulator.portalAccessToken();
		await connect(simulator, 'v2', token).get('/vehicles');
		const log = JSON.stringify(simulator.requests.all());
		expect(log).toContain('/connected-vehicle/v2/vehicles');
		for (const secret of [token, simulator.vccApiKey]) expect(log).not.toContain(secret);
	});
});

const READS = [
	['/vehicles', 'conve:vehicle_relation'],
	[`/vehicles/${EX30}`, 'conve:vehicle_relation'],
	[doorsOf(EX30), 'conve:doors_status'],
	[doorsOf(EX30), 'conve:lock_status'],
	[windowsOf(EX30), 'conve:windows_status'],
	[`/vehicles/${EX30}/commands`, 'conve:commands'],
	[`/vehicles/${EX30}/command-accessibility`, 'conve:command_accessibility'],
	[doorsOf(EX30), 'openid'],
] as const;

const COMMANDS = [
	[lockOf(EX30), 'conve:lock'],
	[`${lockOf(EX30)}-reduced-guard`, 'conve:lock'],
	[unlockOf(EX30), 'conve:unlock'],
] as const;

describe('scopes', () => {
	it.each([
		...READS.map(([path, scope]) => ['GET', path, scope] as const),
		...COMMANDS.map(([path, scope]) => ['POST', path, scope] as const),
	])('%s %s needs %s', async (method, path, missing) => {
		const scopes = ALL_SCOPES.filter((scope) => scope !== missing);
		const partial = connect(simulator, 'v2', simulator.portalAccessToken({ scopes }));
		const answer = await partial.send(method, path);
		expect([answer.status, answer.data]).toEqual([403, DENIED]);
		expect((await volvo.send(method, path)).status).toBe(200);
	});

	it('another account has no relation to the car', async () => {
		const { status, data } = await volvo.get(doorsOf('YV1AAAAAAAAAAAAAA'));
		expect([status, data.error.description]).toEqual([403, 'No relationship to UUID.']);
	});
});

describe('limits', () => {
	it('100 reads a minute for each user of each client', async () => {
		const statuses = new Set<number>();
		for (let sent = 0; sent < 100; sent += 1) statuses.add((await volvo.get('/vehicles')).status);
		expect([...statuses]).toEqual([200]);
		simulator.clock.advance(20);
		const { status, data, headers } = await volvo.get('/vehicles');
		expect([status, headers['retry-after']]).toEqual([429, '40']);
		expect(data).toEqual({
			statusCode: 429,
			message: 'Rate limit is exceeded. Try again in 40 seconds.',
		});
		expect((await volvo.post(lockOf(XC40))).status).toBe(200);
		const other = connect(simulator, 'v2', simulator.portalAccessToken({ subject: 'other' }));
		expect((await other.get('/vehicles')).status).toBe(200);
		simulator.clock.advance(40);
		expect((await volvo.get('/vehicles')).status).toBe(200);
	});

	it('10 commands a minute, sliding', async () => {
		for (let sent = 0; sent < 10; sent += 1) {
			expect((await volvo.post(lockOf(XC40))).status).toBe(200);
			simulator.clock.advance(1);
		}
		const refused = await volvo.post(unlockOf(XC40));
		expect([refused.status, refused.headers['retry-after']]).toEqual([429, '50']);
		expect((await volvo.get('/vehicles')).status).toBe(200);
		simulator.clock.advance(50);
		expect((await volvo.post(lockOf(XC40))).status).toBe(200);
		expect((await volvo.post(lockOf(XC40))).status).toBe(429);
	});

	it('a daily quota for each key, replenished at midnight UTC', async () => {
		simulator.changeSettings({ dailyQuota: 2 });
		await volvo.get('/vehicles');
		expect((await volvo.get('/vehicles', { authorization: 'Bearer stale' })).status).toBe(401);
		expect(simulator.callsToday()).toEqual({ primary: 2, secondary: 0 });
		simulator.clock.advance(8 * 3600 + 29 * 60 + 4);
		volvo = connect(simulator);
		const { status, data } = await volvo.get('/vehicles');
		expect([status, data]).toEqual([
			403,
			{
				statusCode: 403,
				message: 'Out of call volume quota. Quota will be replenished in 03:30:56.',
			},
		]);
		const secondary = { 'vcc-api-key': simulator.secondaryVccApiKey };
		expect((await volvo.get('/vehicles', secondary)).status).toBe(200);
		simulator.clock.advance(3 * 3600 + 30 * 60 + 56);
		expect((await connect(simulator).get('/vehicles')).status).toBe(200);
	});

	it.each([
		['quotaExceeded', 403, /Out of call volume quota.*12:00:00\.$/],
		['invalidKey', 401, /invalid VCC-API-KEY/],
	] as const)('the fault %s', async (name, status, text) => {
		const path = `/connected-vehicle/v2${lockOf(EX30)}`;
		simulator.faults.set({ name, times: 1, path });
		expect((await volvo.get('/vehicles')).status).toBe(200);
		const { status: given, data } = await volvo.post(lockOf(EX30));
		expect([given, data.error?.message ?? data.message]).toEqual([
			status,
			expect.stringMatching(text),
		]);
		expect(simulator.vehicle(EX30).car.doors.centralLock).toBe('UNLOCKED');
		expect((await volvo.post(lockOf(EX30))).status).toBe(200);
	});
});

describe('media types, methods and paths of v2', () => {
	it.each([
		[{ 'content-type': 'application/x-www-form-urlencoded' }],
		[{ 'content-type': v1Type('lock') }],
		[{ 'content-type': undefined }],
	])('refuses a command with %j', async (headers: Headers) => {
		const { status, data } = await volvo.post(lockOf(EX30), headers);
		expect([status, data.error.message]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
	});

	it.each([
		['application/json; charset=utf-8', undefined],
		['application/json', '{}'],
	])('accepts a command with %s and the body %s', async (contentType, body) => {
		const headers = { 'content-type': contentType };
		expect((await volvo.post(lockOf(EX30), headers, body)).status).toBe(200);
	});

	it.each([
		['application/json', 200],
		['*/*', 200],
		[undefined, 200],
		['text/html', 406],
		[v1Type('vehicledata'), 406],
	])('answers accept %s with %d', async (accept, status) => {
		expect((await volvo.get(doorsOf(EX30), { accept })).status).toBe(status);
	});

	it.each([
		['PUT', '/vehicles', 405],
		['POST', doorsOf(EX30), 405],
		['GET', lockOf(EX30), 405],
		['GET', '/vehicles/', 404],
		['GET', `/vehicles/${EX30}/requests/1`, 404],
		['GET', '/cars', 404],
	])('%s %s is %d', async (method, path, status) => {
		const answer = await volvo.send(method, path);
		expect(answer.status).toBe(status);
		if (status === 405) expect(answer.headers.allow).toBeTruthy();
		else expect(answer.data).toEqual({ statusCode: 404, message: 'Resource not found' });
	});

	it('hands operation ids back, and refuses those that are no UUID', async () => {
		const id = '11111111-2222-4333-8444-555555555555';
		const echoed = await volvo.get('/vehicles', { 'vcc-api-operationId': id });
		expect(echoed.headers['vcc-api-operationid']).toBe(id);
		const own = await volvo.get('/vehicles');
		expect(own.headers['vcc-api-operationid']).toMatch(/^[\da-f-]{36}$/);
		const refused = await volvo.get('/vehicles', { 'vcc-api-operationId': 'mine' });
		expect([refused.status, refused.data.error.description]).toEqual([422, 'Invalid UUID']);
	});
});
