import { createClock } from '../../simulators/shared/clock';
import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { startSmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import {
	ALL_PERMISSIONS,
	FAMILY_CAR,
	LOCKED_CAR,
	NEIGHBOURS_CAR,
	OPEN_CAR,
	OTHER_USER,
	PRIVATE_CAR,
	SILENT_CAR,
	SIMULATED_CAR,
	USER,
} from '../../simulators/smartcar/seed';
import type { SecurityBody, SmartcarClient, V2Body } from './smartcarClient';
import { connectV2, http } from './smartcarClient';

const NOON = '2026-11-21T12:00:00.000Z';
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

let simulator: SmartcarSimulator;
let client: SmartcarClient;

beforeAll(async () => {
	simulator = await startSmartcarSimulator({ clock: createClock(Date.parse(NOON)) });
});
beforeEach(() => {
	simulator.reset();
	client = connectV2(simulator);
});
afterAll(() => simulator.close());

const part = (type: string, status = 'CLOSED') => ({ type, status });
const closedCabin = [part('frontLeft'), part('frontRight'), part('backLeft'), part('backRight')];

describe('v2.0 vehicles', () => {
	it("lists the user's vehicles of the token's mode", async () => {
		const { data, headers } = await client.get<V2Body>('/vehicles');
		expect(data).toEqual({
			paging: { count: 5, offset: 0 },
			vehicles: [LOCKED_CAR, OPEN_CAR, FAMILY_CAR, PRIVATE_CAR, SILENT_CAR],
		});
		expect(headers['sc-request-id']).toMatch(UUID);
		const simulated = simulator.v2Tokens({ mode: 'simulated' }).accessToken;
		const ofMode = await connectV2(simulator, simulated).get<V2Body>('/vehicles');
		expect(ofMode.data.vehicles).toEqual([SIMULATED_CAR]);
		const others = simulator.v2Tokens({ userId: OTHER_USER }).accessToken;
		const ofOther = await connectV2(simulator, others).get<V2Body>('/vehicles');
		expect(ofOther.data.vehicles).toEqual([NEIGHBOURS_CAR]);
	});

	it('pages by limit and offset', async () => {
		const added = simulator.addVehicles(60);
		const { data } = await client.get<V2Body>('/vehicles?limit=50&offset=50');
		expect(data).toEqual({ paging: { count: 65, offset: 50 }, vehicles: added.slice(45) });
		expect((await client.get<V2Body>('/vehicles')).data.vehicles).toHaveLength(10);
		const tooMany = await client.get<V2Body>('/vehicles?limit=51');
		expect(tooMany.data).toMatchObject({ type: 'VALIDATION', detail: [{ field: ['limit'] }] });
	});

	it('describes a vehicle, with a slash at the end as well', async () => {
		const expected = { id: OPEN_CAR, make: 'VOLKSWAGEN', model: 'Golf', year: 2022 };
		expect((await client.get(`/vehicles/${OPEN_CAR}`)).data).toEqual(expected);
		expect((await client.get(`/vehicles/${OPEN_CAR}/`)).data).toEqual(expected);
	});

	it('returns the user, the VIN and the permissions', async () => {
		expect((await client.get('/user')).data).toEqual({ id: USER });
		const vin = await client.get(`/vehicles/${OPEN_CAR}/vin`);
		expect(vin.data).toEqual({ vin: simulator.vehicle(OPEN_CAR).vin });
		const { data } = await client.get<V2Body>(`/vehicles/${OPEN_CAR}/permissions`);
		expect(data).toEqual({ paging: { count: 5, offset: 0 }, permissions: ALL_PERMISSIONS });
	});

	it('returns the odometer in the requested unit system', async () => {
		const path = `/vehicles/${OPEN_CAR}/odometer`;
		const metric = await client.get(path);
		expect([metric.data, metric.headers['sc-unit-system']]).toEqual([
			{ distance: 24816.5 },
			'metric',
		]);
		const imperial = await client.get<{ distance: number }>(path, {
			'SC-Unit-System': 'imperial',
		});
		expect(imperial.data.distance).toBeCloseTo(15420.25, 1);
		expect(imperial.headers['sc-unit-system']).toBe('imperial');
	});

	it('forgets a vehicle that is disconnected', async () => {
		const { data } = await client.send('DELETE', `/vehicles/${OPEN_CAR}/application`);
		expect(data).toEqual({ status: 'success' });
		expect((await client.get<V2Body>('/vehicles')).data.vehicles).not.toContain(OPEN_CAR);
	});
});

describe('v2.0 /security', () => {
	const read = (id: string) => client.get<SecurityBody>(`/vehicles/${id}/security`);

	it('returns a closed car, and when it reported', async () => {
		const { data, headers } = await read(LOCKED_CAR);
		expect(data).toEqual({
			isLocked: true,
			doors: closedCabin,
			windows: closedCabin,
			sunroof: [],
			storage: [part('rear'), part('front')],
			chargingPort: [part('chargingPort')],
		});
		expect(headers).toMatchObject({
			'sc-data-age': '2026-11-21T11:46:00.000Z',
			'sc-fetched-at': NOON,
		});
		expect(headers).not.toHaveProperty('sc-unit-system');
	});

	it('returns open parts, and the hood of a combustion car as the front storage', async () => {
		simulator.editVehicle(OPEN_CAR, { openings: { engineCover: 'OPEN', sunroof: 'OPEN' } });
		const { data } = await read(OPEN_CAR);
		expect(data).toMatchObject({
			isLocked: false,
			doors: [{}, part('frontRight', 'OPEN'), {}, {}],
			windows: [{}, {}, part('backLeft', 'OPEN'), {}],
			sunroof: [part('sunroof', 'OPEN')],
			storage: [part('rear'), part('front', 'OPEN')],
			chargingPort: [],
		});
	});

	it('returns unknown parts, and nothing about a third row', async () => {
		const { data } = await read(FAMILY_CAR);
		expect(data.doors[2]).toEqual(part('backLeft', 'UNKNOWN'));
		expect(data.windows).toHaveLength(4);
		expect(data.windows[3]).toEqual(part('backRight', 'UNKNOWN'));
		expect(data.sunroof).toEqual([part('sunroof', 'UNKNOWN')]);
		expect(data.storage).toEqual([part('rear', 'UNKNOWN'), part('front')]);
	});

	it.each([['doors'], ['windows'], ['sunroof'], ['storage'], ['chargingPort']] as const)(
		'shows every status in %s, even an unknown one',
		async (list) => {
			for (const status of ['OPEN', 'CLOSED', 'UNKNOWN', 'AJAR']) {
				simulator.editVehicle(LOCKED_CAR, {
					doors: { frontLeft: status },
					windows: { frontLeft: status },
					openings: { sunroof: status, rearTrunk: status, chargingPort: status },
				});
				expect((await read(LOCKED_CAR)).data[list][0]?.status).toBe(status);
			}
		},
	);

	it('has empty arrays for a car with partial support', async () => {
		const gone = { frontLeft: null, frontRight: null, backLeft: null, backRight: null };
		simulator.editVehicle(LOCKED_CAR, {
			doors: gone,
			windows: gone,
			openings: { frontTrunk: null, rearTrunk: null, chargingPort: null },
		});
		expect((await read(LOCKED_CAR)).data).toEqual({
			isLocked: true,
			doors: [],
			windows: [],
			sunroof: [],
			storage: [],
			chargingPort: [],
		});
	});

	it.each([
		[{ lock: null }, 501, 'VEHICLE_NOT_CAPABLE'],
		[{ lock: 'UNKNOWN' }, 409, 'UNKNOWN'],
	] as const)('fails as a whole without a lock state: %j', async (change, status, code) => {
		simulator.editVehicle(LOCKED_CAR, change);
		const answer = await client.get<V2Body>(`/vehicles/${LOCKED_CAR}/security`);
		expect([answer.status, answer.data.code]).toEqual([status, code]);
	});

	it('needs the permission of the user and of the token', async () => {
		const ofUser = await client.get<V2Body>(`/vehicles/${PRIVATE_CAR}/security`);
		expect(ofUser.data).toEqual({
			type: 'PERMISSION',
			code: null,
			description: expect.stringContaining('insufficient permissions') as string,
			docURL: 'https://smartcar.com/docs/errors/api-errors/permission-errors#null',
			statusCode: 403,
			requestId: ofUser.headers['sc-request-id'] as unknown,
			resolution: { type: 'REAUTHENTICATE' },
		});
		const { accessToken } = simulator.v2Tokens({ scopes: ['required:read_security'] });
		const narrow = connectV2(simulator, accessToken);
		expect((await narrow.get(`/vehicles/${LOCKED_CAR}/security`)).status).toBe(200);
		expect((await narrow.get(`/vehicles/${LOCKED_CAR}/vin`)).status).toBe(403);
	});
});

describe('v2.0 batch', () => {
	const ask = (...paths: string[]) =>
		client.post<V2Body>(`/vehicles/${LOCKED_CAR}/batch`, {
			requests: paths.map((path) => ({ path })),
		});

	it('answers each path, and counts each', async () => {
		const { status, data } = await ask('/security', 'odometer', '/fuel', '/nothing');
		expect(status).toBe(200);
		expect(data.responses).toMatchObject([
			{
				path: '/security',
				code: 200,
				body: { isLocked: true },
				headers: { 'sc-fetched-at': NOON },
			},
			{ path: 'odometer', code: 200, body: { distance: 24816.5 } },
			{ path: '/fuel', code: 403, body: { statusCode: 403, type: 'PERMISSION' } },
			{ path: '/nothing', code: 404, body: { type: 'RESOURCE_NOT_FOUND', code: 'PATH' } },
		]);
		expect(data.responses[2]).not.toHaveProperty('headers');
		expect(simulator.requestsThisMonth(LOCKED_CAR)).toBe(2);
	});

	it('refuses a batch of nothing', async () => {
		const { status, data } = await client.post<V2Body>(`/vehicles/${LOCKED_CAR}/batch`, {});
		expect([status, data.type]).toEqual([400, 'VALIDATION']);
		expect(data).toMatchObject({ detail: [{ field: ['requests'], message: 'Required' }] });
	});
});

describe('v2.0 refusals', () => {
	it.each([
		['/v2.0/nothing', 'PATH'],
		[`/v2.0/vehicles/${LOCKED_CAR}/doors`, 'PATH'],
		['/v1.0/vehicles', 'VERSION'],
		['/elsewhere', 'PATH'],
	])('%s is a 404 with %s', async (path, code) => {
		const { accessToken } = simulator.v2Tokens();
		const { status, data } = await http.get<V2Body>(simulator.url + path, {
			headers: { Authorization: `Bearer ${accessToken}` },
		});
		expect([status, data.type, data.code]).toEqual([404, 'RESOURCE_NOT_FOUND', code]);
	});

	it("does not accept v3's token", async () => {
		const stranger = connectV2(simulator, simulator.v3AccessToken());
		const { status, data } = await stranger.get<V2Body>('/vehicles');
		expect([status, data.type, data.code]).toEqual([401, 'AUTHENTICATION', null]);
	});

	it('does not show the vehicle of another user', async () => {
		const { data } = await client.get<V2Body>(`/vehicles/${NEIGHBOURS_CAR}/security`);
		expect(data).toMatchObject({ statusCode: 403, type: 'PERMISSION' });
	});
});
