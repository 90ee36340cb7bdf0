import { AuthClient, getUser, getVehicles, SmartcarError, Vehicle } from 'smartcar';
import type { SmartcarErrorName } from '../../simulators/smartcar/errorTable';
import {
	FAMILY_CAR,
	LOCKED_CAR,
	OPEN_CAR,
	PRIVATE_CAR,
	SILENT_CAR,
	USER,
} from '../../simulators/smartcar/seed';
import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { startSmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { http } from './smartcarClient';

const REDIRECT_URI = 'http://127.0.0.1:5678/callback';
const ORIGINS = ['SMARTCAR_API_ORIGIN', 'SMARTCAR_API_V3_ORIGIN', 'SMARTCAR_AUTH_ORIGIN'];

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
	promise.then(
		() => undefined,
		(error: unknown) => error,
	);

describe("Smartcar's own SDK", () => {
	let simulator: SmartcarSimulator;
	let accessToken: string;
	let car: Vehicle;

	beforeAll(async () => {
		simulator = await startSmartcarSimulator();
		ORIGINS.forEach((name) => (process.env[name] = simulator.url));
	});
	beforeEach(() => {
		simulator.reset();
		({ accessToken } = simulator.v2Tokens());
		car = new Vehicle(LOCKED_CAR, accessToken);
	});
	afterAll(async () => {
		ORIGINS.forEach((name) => delete process.env[name]);
		await simulator.close();
	});

	const createAuth = () =>
		new AuthClient({
			clientId: simulator.v2ClientId,
			clientSecret: simulator.v2ClientSecret,
			redirectUri: REDIRECT_URI,
			mode: 'live',
		});

	it('signs a user in, and refreshes', async () => {
		const auth = createAuth();
		const address = auth.getAuthUrl(['required:read_vehicle_info', 'read_security'], {
			state: 'xyz',
		});
		const decided = await http.post(address, new URLSearchParams({ decision: 'allow' }));
		const redirect = new URL(String(decided.headers.location));
		expect(redirect.origin + redirect.pathname).toBe(REDIRECT_URI);
		expect(redirect.searchParams.get('state')).toBe('xyz');

		const access = await auth.exchangeCode(String(redirect.searchParams.get('code')));
		expect(access.expiration.getTime()).toBeGreaterThan(Date.now() + 7100 * 1000);
		const refreshed = await auth.exchangeRefreshToken(access.refreshToken);
		expect(refreshed.refreshToken).not.toBe(access.refreshToken);
		expect(await getUser(refreshed.accessToken)).toMatchObject({ id: USER });
		await new Vehicle(LOCKED_CAR, refreshed.accessToken).lockStatus();
		const failure = await failureOf(new Vehicle(LOCKED_CAR, refreshed.accessToken).vin());
		expect(failure).toMatchObject({ type: 'PERMISSION', statusCode: 403 });
	});

	it('reports a refresh token that no longer works', async () => {
		const { refreshToken } = simulator.v2Tokens();
		await createAuth().exchangeRefreshToken(refreshToken);
		const failure = await failureOf(createAuth().exchangeRefreshToken(refreshToken));
		expect(failure).toBeInstanceOf(SmartcarError);
		expect(failure).toMatchObject({ type: 'invalid_grant', statusCode: 400 });
	});

	it('lists the vehicles, page by page', async () => {
		const { vehicles, paging } = await getVehicles(accessToken);
		expect(vehicles).toEqual([LOCKED_CAR, OPEN_CAR, FAMILY_CAR, PRIVATE_CAR, SILENT_CAR]);
		expect(paging).toEqual({ count: 5, offset: 0 });
		const page = await getVehicles(accessToken, { limit: 2, offset: 3 });
		expect(page.vehicles).toEqual([PRIVATE_CAR, SILENT_CAR]);
	});

	it('describes a vehicle', async () => {
		expect(await car.attributes()).toMatchObject({ make: 'TESLA', model: 'Model 3', year: 2023 });
		expect((await car.permissions()).permissions).toContain('control_security');
		const imperial = new Vehicle(LOCKED_CAR, accessToken, { unitSystem: 'imperial' });
		const { distance, meta } = await imperial.odometer();
		expect(distance).toBeCloseTo(15420.25, 1);
		expect(meta.unitSystem).toBe('imperial');
	});

	it('reads the lock status, and when the car reported it', async () => {
		const status = await new Vehicle(OPEN_CAR, accessToken).lockStatus();
		expect(status).toMatchObject({
			isLocked: false,
			doors: [{}, { type: 'frontRight', status: 'OPEN' }, {}, {}],
			windows: [{}, {}, { type: 'backLeft', status: 'OPEN' }, {}],
			sunroof: [{ type: 'sunroof', status: 'CLOSED' }],
			storage: [{ type: 'rear' }, { type: 'front' }],
			chargingPort: [],
		});
		const { dataAge, fetchedAt, requestId } = status.meta;
		const ageMs = (fetchedAt?.getTime() ?? 0) - (dataAge?.getTime() ?? 0);
		expect(ageMs).toBeGreaterThanOrEqual(14 * 60_000);
		expect(requestId).toHaveLength(36);
	});

	it('unlocks and locks', async () => {
		expect(await car.unlock()).toMatchObject({ status: 'success' });
		expect((await car.lockStatus()).isLocked).toBe(false);
		expect(await car.lock()).toMatchObject({ status: 'success' });
		expect((await car.lockStatus()).isLocked).toBe(true);
	});

	it('reads in a batch', async () => {
		simulator.setWire({ v2FailedItemHeaders: true });
		const batch = await car.batch(['/security', '/odometer', '/fuel']);
		expect(batch.lockStatus()).toMatchObject({ isLocked: true });
		expect(batch.odometer()).toMatchObject({ distance: 24816.5, meta: { unitSystem: 'metric' } });
		expect(batch.fuel).toThrow('PERMISSION:null - Your application has insufficient permissions');
	});

	it("reads v3's signals with the user's token", async () => {
		const { body } = await car.getSignals();
		expect(body.data.map(({ id }) => id)).toContain('closure-doors');
		const one = await car.getSignal('closure-islocked');
		expect(one.body.data.attributes).toMatchObject({
			status: { value: 'SUCCESS' },
			body: { value: true },
		});
	});

	it("reads and commands v3 with the application's token", async () => {
		const ofApplication = new Vehicle(LOCKED_CAR, simulator.v3AccessToken());
		const headers = { 'sc-user-id': USER };
		const unlock = 'commands/security/unlock';
		await ofApplication.request('post', unlock, null, headers, '3');
		const { body } = await ofApplication.request<{ data: unknown }>(
			'get',
			'signals/closure-islocked',
			null,
			headers,
			'3',
		);
		expect(body.data).toMatchObject({ attributes: { body: { value: false } } });
	});

	it.each<[SmartcarErrorName, string, string | undefined, number]>([
		['accountIssue', 'CONNECTED_SERVICES_ACCOUNT', 'ACCOUNT_ISSUE', 400],
		['permissionDenied', 'PERMISSION', undefined, 403],
		['doorOpen', 'VEHICLE_STATE', 'DOOR_OPEN', 409],
		['apiRateLimit', 'RATE_LIMIT', 'SMARTCAR_API', 429],
		['requestLimit', 'BILLING', 'VEHICLE_REQUEST_LIMIT', 430],
		['serverError', 'SERVER', 'INTERNAL', 500],
		['vehicleNotCapable', 'COMPATIBILITY', 'VEHICLE_NOT_CAPABLE', 501],
		['upstreamNoResponse', 'UPSTREAM', 'NO_RESPONSE', 502],
	])('reports %s', async (name, type, code, statusCode) => {
		simulator.faults.set({ name });
		const failure = await failureOf(car.lock());
		expect(failure).toBeInstanceOf(SmartcarError);
		const { requestId } = failure as SmartcarError;
		expect(failure).toMatchObject({ type, statusCode });
		expect((failure as SmartcarError).code).toBe(code);
		expect(requestId).toHaveLength(36);
	});

	it('reports what the client itself got wrong', async () => {
		const unsigned = await failureOf(new Vehicle(LOCKED_CAR, 'wrong').lockStatus());
		expect(unsigned).toMatchObject({ type: 'AUTHENTICATION', statusCode: 401 });
		const tooMany = await failureOf(getVehicles(accessToken, { limit: 99, offset: 0 }));
		expect(tooMany).toMatchObject({
			type: 'VALIDATION',
			statusCode: 400,
			detail: [{ field: ['limit'] }],
		});
		const lost = await failureOf(car.request('get', 'doors', null, {}, '2.0'));
		expect(lost).toMatchObject({ type: 'RESOURCE_NOT_FOUND', code: 'PATH', statusCode: 404 });
	});

	it('reports when a throttled vehicle may be read again', async () => {
		simulator.faults.set({ name: 'vehicleRateLimit' });
		const failure = await failureOf(car.lockStatus());
		expect(failure).toMatchObject({
			code: 'VEHICLE',
			retryAfter: '120',
			resolution: { type: 'RETRY_LATER' },
		});
	});
});
