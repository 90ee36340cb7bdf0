import { createClock } from '../../simulators/shared/clock';
import { describeSmartcar } from '../../simulators/smartcar/describeSmartcar';
import { LOCKED_CAR, OPEN_CAR } from '../../simulators/smartcar/seed';
import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { startSmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import type { SecurityBody, SmartcarClient, V2Body } from './smartcarClient';
import { connectControl, connectV2, connectV3, http } from './smartcarClient';
import { until } from '../support/until';

const NOON = '2026-11-21T12:00:00.000Z';

let simulator: SmartcarSimulator;
let control: SmartcarClient;
let client: SmartcarClient;

beforeEach(async () => {
	simulator = await startSmartcarSimulator({ clock: createClock(Date.parse(NOON)) });
	control = connectControl(simulator);
	client = connectV2(simulator);
});
afterEach(() => simulator.close());

const lockedCar = `/vehicles/${LOCKED_CAR}`;
const security = `/vehicles/${LOCKED_CAR}/security`;

describe('/_control', () => {
	it('shows the state', async () => {
		const { data } = await control.get<{ vehicles: unknown[] }>('/state');
		expect(data).toMatchObject({
			service: 'smartcar',
			now: NOON,
			faults: [],
			limits: { bucketSize: 120, bucketRefillPerMinute: 2, requestsPerVehicleAndMonth: 500 },
		});
		expect(data.vehicles).toHaveLength(7);
		expect(data.vehicles[0]).toMatchObject({ id: LOCKED_CAR, requestsThisMonth: 0 });
	});

	it('changes a vehicle for the API', async () => {
		const { data } = await control.send('PATCH', lockedCar, {
			lock: 'UNLOCKED',
			windows: { backRight: 'OPEN' },
		});
		expect(data).toMatchObject({ id: LOCKED_CAR, state: { lock: 'UNLOCKED' } });
		const read = await client.get<SecurityBody>(security);
		expect(read.data).toMatchObject({
			isLocked: false,
			windows: [{}, {}, {}, { type: 'backRight', status: 'OPEN' }],
		});
		expect(read.headers['sc-data-age']).toBe(NOON);
	});

	it('accepts the same change at the common path of every simulator', async () => {
		await control.send('PATCH', `/devices/${LOCKED_CAR}`, { lock: 'UNLOCKED' });
		expect(simulator.vehicle(LOCKED_CAR).state.lock).toBe('UNLOCKED');
	});

	it('leaves the time of the reading alone when only the grant changes', async () => {
		await control.send('PATCH', lockedCar, { permissions: ['read_security'] });
		const { headers } = await client.get(security);
		expect(headers['sc-data-age']).toBe('2026-11-21T11:46:00.000Z');
		expect((await client.get(`/vehicles/${LOCKED_CAR}/vin`)).status).toBe(403);
	});

	it('sets faults, limits and the wire, adds vehicles, and resets all of it', async () => {
		await control.post('/faults', { name: 'asleep', vehicleId: LOCKED_CAR });
		await control.send('PATCH', '/limits', { requestsPerVehicleAndMonth: 0 });
		await control.send('PATCH', '/wire', { v2Resolution: 'string' });
		await control.post('/vehicles', { count: 3 });
		const refused = await client.get<V2Body>(`/vehicles/${OPEN_CAR}/security`);
		expect(refused.data).toMatchObject({
			code: 'VEHICLE_REQUEST_LIMIT',
			resolution: 'CONTACT_SUPPORT',
		});
		expect((await client.get<V2Body>('/vehicles')).data.paging.count).toBe(8);
		await control.post('/reset');
		expect((await client.get(security)).status).toBe(200);
		expect((await client.get<V2Body>('/vehicles')).data.paging.count).toBe(5);
		expect(simulator.requests.all()).toHaveLength(2);
	});

	it('revokes, counts and stops rotating refresh tokens', async () => {
		const { refreshToken } = simulator.v2Tokens();
		const { v2ClientId: username, v2ClientSecret: password } = simulator;
		const refresh = async () => {
			const form = new URLSearchParams({
				grant_type: 'refresh_token',
				refresh_token: refreshToken,
			});
			const auth = { username, password };
			const { status } = await http.post(`${simulator.url}/oauth/token`, form, { auth });
			return status;
		};
		await control.send('PATCH', '/oauth', { rotatesRefreshTokens: false });
		expect([await refresh(), await refresh()]).toEqual([200, 200]);
		const { data } = await control.send('PATCH', '/oauth', { revokeRefreshTokens: true });
		expect(data).toEqual({
			tokenRequests: {
				v2: [
					{ grantType: 'refresh_token', status: 200 },
					{ grantType: 'refresh_token', status: 200 },
				],
				v3: [],
			},
		});
		expect(await refresh()).toBe(400);
	});

	it('aborts commands in progress when it resets', async () => {
		simulator.faults.set({ name: 'commandAccepted', seconds: 60 });
		const unlock = connectV3(simulator).post(`/vehicles/${LOCKED_CAR}/commands/security/unlock`);
		const cut = expect(unlock).rejects.toThrow('aborted');
		await until(() => simulator.requests.all().length === 1);
		await control.post('/reset');
		await cut;
		simulator.clock.advance(60);
		// its answer comes after everything that the clock has started
		await control.get('/state');
		expect(simulator.vehicle(LOCKED_CAR).state.lock).toBe('LOCKED');
	});

	it('logs the user of a request, and no token', async () => {
		await client.get('/vehicles', { 'sc-user-id': 'someone' });
		const { data } = await control.get<{ requests: unknown[] }>('/requests');
		expect(data.requests).toMatchObject([
			{ path: '/v2.0/vehicles', status: 200, headers: { 'sc-user-id': 'someone' } },
		]);
		expect(JSON.stringify(data)).not.toMatch(/bearer/i);
	});

	it.each([
		['PATCH', lockedCar, { lock: 'MAYBE' }, 'lock: Invalid enum value'],
		[
			'PATCH',
			lockedCar,
			{ doors: { boot: 'OPEN' } },
			"doors: Unrecognized key(s) in object: 'boot'",
		],
		['PATCH', lockedCar, { doors: { frontLeft: 'ajar' } }, 'doors.frontLeft: Expected a word'],
		['PATCH', lockedCar, { id: 'another' }, 'id: cannot be changed'],
		['PATCH', lockedCar, { observedAt: 'today' }, 'observedAt'],
		['POST', '/faults', { name: 'explosion' }, 'Unknown fault "explosion"'],
		['POST', '/faults', { name: 'asleep', on: 'Mondays' }, 'on: Invalid enum value'],
		['PATCH', '/limits', { bucketSize: 0 }, 'bucketSize'],
		['PATCH', '/wire', { v3Envelope: 'paper' }, 'v3Envelope'],
		['POST', '/vehicles', { count: 0 }, 'count'],
	] as const)('%s %s %j is a 400 that says why', async (method, path, body, reason) => {
		const before = simulator.vehicle(LOCKED_CAR);
		const { status, data } = await control.send<{ error: string }>(method, path, body);
		expect(status).toBe(400);
		expect(data.error).toContain(reason);
		expect(simulator.vehicle(LOCKED_CAR)).toEqual(before);
	});

	it('knows no other vehicles', async () => {
		const { status, data } = await control.send('PATCH', '/devices/nobody', {});
		expect([status, data]).toEqual([404, { error: 'There is no vehicle nobody' }]);
	});
});

describe('describeSmartcar', () => {
	it('prints what a person needs', () => {
		const text = describeSmartcar(simulator);
		expect(text).toContain(`Host           ${simulator.url}\n`);
		expect(text).toContain(`Client Secret  ${simulator.clientSecret}\n`);
		expect(text).toContain(`Client Secret  ${simulator.v2ClientSecret}\n`);
		expect(text).toContain(simulator.userId);
		expect(text).toMatch(/Golf 2022 .*770bdda4-\S+ .* unlocked, frontRight door open, backLeft/);
		expect(text).toMatch(/BMW i4 2023 .* no security permission/);
		expect(text).toMatch(/Polestar 2 2022 .* v3 has stored nothing/);
	});
});
