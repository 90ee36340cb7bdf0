import { createClock } from '../../simulators/shared/clock';
import { describeVolvo } from '../../simulators/volvo/describeVolvo';
import { EX30, XC40 } from '../../simulators/volvo/seed';
import type { VolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { startVolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { VOLVO_FAULTS } from '../../simulators/volvo/volvoWorld';
import type { ControlClient, VolvoClient } from './volvoClient';
import { connect, connectControl, doorsOf, lockOf, NOON, windowsOf } from './volvoClient';

let simulator: VolvoSimulator;
let volvo: VolvoClient;
let control: ControlClient;

beforeEach(async () => {
	simulator = await startVolvoSimulator({ clock: createClock(Date.parse(NOON)) });
	volvo = connect(simulator);
	control = connectControl(simulator);
});
afterEach(() => simulator.close());

describe('/_control', () => {
	it('shows the state, without secrets', async () => {
		await volvo.get('/vehicles');
		const { data } = await control.get('/state');
		expect(data).toMatchObject({
			service: 'volvo',
			now: NOON,
			settings: { serialisation: '2026', dailyQuota: 10_000 },
			callsToday: { primary: 1, secondary: 0 },
			invocations: [],
			tokenRequests: [],
			faults: [],
		});
		expect(data.vehicles).toEqual(simulator.vehicles());
		expect(JSON.stringify(data)).not.toContain(simulator.vccApiKey);
		expect(JSON.stringify(data)).not.toContain(simulator.clientSecret);
	});

	it.each(['vehicles', 'devices'])('changes a car by /%s', async (name) => {
		const { data } = await control.send('PATCH', `/${name}/${EX30}`, {
			doors: { frontLeftDoor: 'OPEN' },
			windows: { sunroof: 'AJAR' },
		});
		expect(data.car).toMatchObject({
			doors: { frontLeftDoor: 'OPEN', hood: 'CLOSED' },
			windows: { sunroof: 'AJAR' },
		});
		expect((await volvo.get(doorsOf(EX30))).data.data.frontLeftDoor?.value).toBe('OPEN');
		expect((await volvo.get(windowsOf(EX30))).data.data.sunroof?.value).toBe('AJAR');
	});

	it('changes what a car can do', async () => {
		const change = { commands: ['LOCK'], unlocks: 'tailgate' } as const;
		await control.send('PATCH', `/vehicles/${EX30}`, change);
		expect(simulator.vehicle(EX30)).toMatchObject(change);
	});

	it('sets, lists and clears faults', async () => {
		const fault = { name: 'invokeStatus', status: 'TIMEOUT', times: 1 };
		const set = await control.send('POST', '/faults', fault);
		expect(set.data.faults).toEqual([{ ...fault, seconds: 0 }]);
		expect(set.data.known.map(({ name }) => name)).toEqual(Object.keys(VOLVO_FAULTS));
		expect((await volvo.post(lockOf(EX30))).data.data.invokeStatus).toBe('TIMEOUT');
		expect((await control.get('/faults')).data.faults).toEqual([]);
		await control.send('POST', '/faults', { name: 'quotaExceeded' });
		await control.send('DELETE', '/faults?name=quotaExceeded');
		expect((await volvo.get('/vehicles')).status).toBe(200);
	});

	it('moves the clock', async () => {
		await control.send('POST', '/clock', { advanceSeconds: 3600 });
		expect((await volvo.get('/vehicles')).status).toBe(401);
	});

	it('changes settings until a reset', async () => {
		const { data } = await control.send('PATCH', '/settings', { serialisation: '2024' });
		expect(data).toMatchObject({ serialisation: '2024', failureChannel: 'invokeStatus' });
		expect((await volvo.get(doorsOf(EX30))).data.data.hood).not.toHaveProperty('unit');
		await control.send('POST', '/reset');
		expect(simulator.settings().serialisation).toBe('2026');
	});

	it('lets tokens expire, revokes them, and stops their rotation', async () => {
		await control.send('PATCH', '/oauth', { expireAccessTokens: true });
		expect((await volvo.get('/vehicles')).status).toBe(401);
		expect((await connect(simulator).get('/vehicles')).status).toBe(200);
		const { refreshToken } = simulator.oauth.issue();
		const refresh = () => refreshWith(simulator, refreshToken);
		await control.send('PATCH', '/oauth', { rotatesRefreshTokens: false });
		expect(await refresh()).toBe(200);
		await control.send('PATCH', '/oauth', { revokeRefreshTokens: true });
		expect(await refresh()).toBe(400);
		const { data } = await control.get('/state');
		expect(data.tokenRequests).toEqual([
			{ grantType: 'refresh_token', status: 200 },
			{ grantType: 'refresh_token', status: 400 },
		]);
	});

	it('lists requests and forgets them', async () => {
		await volvo.post(lockOf(EX30));
		const { data } = await control.get('/requests');
		expect(data.requests).toMatchObject([
			{ method: 'POST', path: `/connected-vehicle/v2${lockOf(EX30)}`, status: 200 },
		]);
		await control.send('DELETE', '/requests');
		expect(simulator.requests.all()).toEqual([]);
	});

	it('resets all but tokens and clock', async () => {
		simulator.addVehicles(3);
		simulator.editVehicle(EX30, { doors: { hood: 'OPEN' } });
		simulator.faults.set({ name: 'hang' });
		simulator.clock.advance(60);
		await control.send('POST', '/reset');
		expect(simulator.vehicles()).toHaveLength(4);
		expect(simulator.vehicle(EX30).reported.doors.hood).toEqual({
			value: 'CLOSED',
			timestamp: '2026-11-21T12:01:00.000Z',
		});
		expect((await volvo.get('/vehicles')).status).toBe(200);
		expect(simulator.callsToday().primary).toBe(1);
	});

	it.each([
		['PATCH', `/vehicles/${EX30}`, { doors: { frontLeft: 'OPEN' } }, 400, "'frontLeft'"],
		['PATCH', `/vehicles/${EX30}`, { doors: { hood: 'open' } }, 400, 'doors.hood: '],
		['PATCH', `/vehicles/${EX30}`, { vin: XC40 }, 400, "'vin'"],
		['PATCH', `/vehicles/${EX30}`, { reportedAt: 'yesterday' }, 400, 'reportedAt: '],
		['PATCH', `/vehicles/${EX30}`, { commands: ['FLY'] }, 400, 'commands.0: '],
		['PATCH', `/vehicles/${EX30}`, [], 400, 'JSON object'],
		['PATCH', '/devices/nobody', {}, 404, 'no vehicle nobody'],
		['PATCH', '/settings', { dailyQuota: -1 }, 400, 'dailyQuota: '],
		['PATCH', '/settings', { speed: 1 }, 400, "'speed'"],
		['PATCH', '/oauth', { expireAccessTokens: false }, 400, 'expireAccessTokens: '],
		['POST', '/faults', { name: 'invokeStatus', status: 'DONE' }, 400, 'status: '],
		['POST', '/clock', { advanceSeconds: -1 }, 400, 'advanceSeconds: '],
		['POST', '/toaster', {}, 404, 'no control'],
	] as const)('%s %s %j is %d', async (method, path, body, status, text) => {
		const before = simulator.vehicles();
		const answer = await control.send(method, path, body);
		expect([answer.status, answer.data.error]).toEqual([status, expect.stringContaining(text)]);
		expect(simulator.vehicles()).toEqual(before);
	});
});

async function refreshWith({ url, oauth, ...client }: VolvoSimulator, refreshToken: string) {
	const pair = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64');
	const seen = oauth.tokenRequests.length;
	await fetch(`${url}/as/token.oauth2`, {
		method: 'POST',
		headers: { authorization: `Basic ${pair}` },
		body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
	});
	return oauth.tokenRequests[seen]?.status;
}

describe('the simulator', () => {
	it('refuses invalid settings', async () => {
		const settings = { dailyQuota: 0.5 };
		await expect(startVolvoSimulator({ settings })).rejects.toThrow('dailyQuota: ');
	});

	it('prints what people need', async () => {
		const text = describeVolvo(simulator);
		for (const value of [simulator.url, simulator.vccApiKey, simulator.clientSecret]) {
			expect(text).toContain(value);
		}
		expect(text).toMatch(/EX30 .* unlocked, rear right window ajar/);
		expect(text).toMatch(/XC40 .* locked, all closed/);
		const [, token = ''] = /Access Token +(\S+)/.exec(text) ?? [];
		expect((await connect(simulator, 'v2', token).get('/vehicles')).status).toBe(200);
	});
});
