import { createClock } from '../../simulators/shared/clock';
import type { SmartcarErrorName } from '../../simulators/smartcar/errorTable';
import { SMARTCAR_ERRORS } from '../../simulators/smartcar/errorTable';
import { LOCKED_CAR, OPEN_CAR } from '../../simulators/smartcar/seed';
import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { startSmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import type { SignalAnswer, SmartcarClient, V2Body, V3Body } from './smartcarClient';
import { byCode, connectV2, connectV3, http } from './smartcarClient';

let simulator: SmartcarSimulator;
let v2: SmartcarClient;
let v3: SmartcarClient;

beforeAll(async () => {
	simulator = await startSmartcarSimulator({
		clock: createClock(Date.parse('2026-11-21T12:00:00.000Z')),
	});
});
beforeEach(() => {
	simulator.reset();
	v2 = connectV2(simulator);
	v3 = connectV3(simulator);
});
afterAll(() => simulator.close());

const SECURITY = `/vehicles/${LOCKED_CAR}/security`;
const SIGNALS = `/vehicles/${LOCKED_CAR}/signals`;
const UNLOCK = `/vehicles/${LOCKED_CAR}/commands/security/unlock`;

const readSecurity = () => v2.get<V2Body>(SECURITY);
const readSignals = () => v3.get<V3Body<SignalAnswer[]>>(SIGNALS);
const unlock = () => v3.post<V3Body>(UNLOCK);

describe('a fault for each error of Smartcar', () => {
	const kinds = Object.entries(SMARTCAR_ERRORS);

	it.each(kinds)('%s', async (name, kind) => {
		simulator.faults.set({ name: name as SmartcarErrorName });
		const ofV2 = await readSecurity();
		expect(ofV2.status).toBe(kind.status);
		expect(ofV2.data).toMatchObject({ type: kind.type, code: kind.code, statusCode: kind.status });
		const refused = await v2.post<V2Body>(SECURITY, { action: 'UNLOCK' });
		expect(refused.data.type).toBe(kind.type);
		const ofV3 = await unlock();
		const status = name === 'upstreamTimeout' ? 504 : kind.status;
		expect(ofV3.status).toBe(status);
		expect(ofV3.data.errors).toEqual([
			expect.objectContaining({
				status: String(status),
				type: kind.type,
				code: kind.code ?? 'UNKNOWN',
				meta: { debug: { requestId: expect.any(String) as string } },
			}),
		]);
		expect(simulator.vehicle(LOCKED_CAR).state.lock).toBe('LOCKED');
	});

	it.each([
		['asleep', null],
		['lowBattery', 'RETRY_LATER'],
		['authenticationFailed', 'REAUTHENTICATE'],
		['virtualKeyRequired', 'ACTION_REQUIRED'],
		['requestLimit', 'CONTACT_SUPPORT'],
	] as const)('%s has the resolution %s', async (name, resolution) => {
		simulator.faults.set({ name });
		expect((await readSecurity()).data).toMatchObject({ resolution: { type: resolution } });
		simulator.setWire({ v2Resolution: 'string' });
		expect((await readSecurity()).data).toMatchObject({ resolution });
	});

	it('reports when a throttled vehicle may be read again', async () => {
		simulator.faults.set({ name: 'vehicleRateLimit', times: 1 });
		expect((await readSecurity()).headers['retry-after']).toBe('120');
		simulator.faults.set({ name: 'vehicleRateLimit', retryAfterSeconds: 7, times: 1 });
		expect((await unlock()).headers['retry-after']).toBe('7');
		simulator.faults.set({ name: 'vehicleRateLimit', retryAfterSeconds: null, times: 1 });
		expect((await readSecurity()).headers).not.toHaveProperty('retry-after');
		simulator.faults.set({ name: 'apiRateLimit', times: 1 });
		expect((await readSecurity()).headers).not.toHaveProperty('retry-after');
	});

	it('affects one vehicle, only reads or only commands', async () => {
		simulator.faults.set({ name: 'asleep', vehicleId: OPEN_CAR });
		simulator.faults.set({ name: 'unreachable', on: 'commands' });
		expect((await readSecurity()).status).toBe(200);
		expect((await unlock()).data.errors[0]?.code).toBe('UNREACHABLE');
		simulator.faults.clear('unreachable');
		simulator.faults.set({ name: 'inMotion', on: 'reads' });
		expect((await unlock()).status).toBe(200);
	});

	it('comes in the envelope of v3 that is chosen', async () => {
		simulator.faults.set({ name: 'doorOpen' });
		simulator.setWire({ v3ErrorEnvelope: 'bare', v3ErrorStatus: 'number' });
		expect((await unlock()).data).toMatchObject({ type: 'VEHICLE_STATE', status: 409 });
		simulator.setWire({ v3ErrorEnvelope: 'error', v3RequestIdHeader: true });
		const { data, headers } = await unlock();
		expect(data).toMatchObject({ error: { code: 'DOOR_OPEN' } });
		expect(headers).toHaveProperty('sc-request-id');
	});
});

describe("v3's store under faults", () => {
	it('answers with stale closures when the car cannot be reached', async () => {
		simulator.faults.set({ name: 'unreachable' });
		const { status, data } = await readSignals();
		expect(status).toBe(200);
		const signals = byCode(data.data);
		expect(signals['closure-islocked']).toMatchObject({
			attributes: {
				status: { value: 'ERROR', error: { type: 'VEHICLE_STATE', code: 'UNREACHABLE' } },
				body: { value: true },
			},
			meta: { oemUpdatedAt: '2026-11-21T11:46:00.000Z' },
		});
		expect(signals['odometer-traveleddistance']).toMatchObject({
			attributes: { status: { value: 'SUCCESS' } },
		});
	});

	it('fails as a whole for an error of Smartcar itself', async () => {
		simulator.faults.set({ name: 'accountSuspended' });
		expect((await readSignals()).status).toBe(430);
	});

	it.each([
		['stale', { value: true }],
		['null', { value: null }],
		['none', undefined],
	] as const)('marks single signals, their body %s', async (body, expected) => {
		simulator.faults.set({ name: 'signalError', error: 'asleep', body });
		const signals = byCode((await readSignals()).data.data);
		expect(signals['closure-islocked']?.attributes).toMatchObject({
			status: { value: 'ERROR', error: { code: 'ASLEEP' } },
		});
		expect(signals['closure-islocked']?.attributes.body).toEqual(expected);
		expect(signals['closure-doors']?.attributes.status.value).toBe('SUCCESS');
	});

	it('lacks single signals', async () => {
		simulator.faults.set({ name: 'signalMissing', signals: ['closure-doors'] });
		const signals = byCode((await readSignals()).data.data);
		expect(signals).not.toHaveProperty('closure-doors');
		expect((await v3.get(`${SIGNALS}/closure-doors`)).status).toBe(404);
	});
});

describe('limits', () => {
	it('allows 120 requests of the application, then two a minute', async () => {
		simulator.setLimits({ bucketSize: 120 });
		for (let sent = 0; sent < 60; sent += 1) {
			expect((await v3.get('/connections')).status).toBe(200);
			expect((await v2.get('/vehicles')).status).toBe(200);
		}
		const { status, data } = await readSignals();
		expect([status, data.errors[0]?.code]).toEqual([429, 'SMARTCAR_API']);
		simulator.clock.advance(30);
		expect((await readSignals()).status).toBe(200);
		expect((await readSecurity()).data).toMatchObject({ type: 'RATE_LIMIT', code: 'SMARTCAR_API' });
	});

	it('counts reads, commands and batch paths of a vehicle towards the plan', async () => {
		simulator.setLimits({ requestsPerVehicleAndMonth: 4 });
		await readSignals();
		await unlock();
		const requests = [{ path: '/security' }, { path: '/odometer' }, { path: '/vin' }];
		const { data } = await v2.post<V2Body>(`/vehicles/${LOCKED_CAR}/batch`, { requests });
		expect(data.responses.map(({ code }) => code)).toEqual([200, 200, 430]);
		const refused = await unlock();
		expect([refused.status, refused.data.errors[0]?.code]).toEqual([430, 'VEHICLE_REQUEST_LIMIT']);
		expect((await v3.get(`/vehicles/${OPEN_CAR}/signals`)).status).toBe(200);
		simulator.clock.advance(10 * 86_400);
		v3 = connectV3(simulator);
		expect((await readSignals()).status).toBe(200);
	});

	it('throttles a vehicle by its own window', async () => {
		simulator.setLimits({ vehicleThrottle: { requests: 2, seconds: 120 } });
		await readSecurity();
		simulator.clock.advance(50);
		await readSecurity();
		const { status, headers, data } = await readSecurity();
		expect([status, data.code, headers['retry-after']]).toEqual([429, 'VEHICLE', '70']);
		simulator.clock.advance(70);
		expect((await readSecurity()).status).toBe(200);
	});
});

describe('faults of the transport', () => {
	it.each([
		['badRequest', 400, 'VALIDATION'],
		['unauthorized', 401, 'AUTHENTICATION'],
		['forbidden', 403, 'PERMISSION'],
		['notFound', 404, 'RESOURCE_NOT_FOUND'],
		['conflict', 409, 'VEHICLE_STATE'],
		['rateLimited', 429, 'RATE_LIMIT'],
		['internalError', 500, 'SERVER'],
	] as const)("%s is reported with Smartcar's message", async (name, status, type) => {
		simulator.faults.set({ name });
		const ofV2 = await readSecurity();
		expect([ofV2.status, ofV2.data.type]).toEqual([status, type]);
		expect(ofV2.data.requestId).toBe(ofV2.headers['sc-request-id']);
		const ofV3 = await readSignals();
		expect([ofV3.status, ofV3.data.errors[0]?.type]).toEqual([status, type]);
		const ofSignIn = await http.post(`${simulator.url}/oauth2/token`);
		expect(ofSignIn.data).toHaveProperty('error_description');
	});

	it('executes a command behind a 503', async () => {
		simulator.faults.set({ name: 'executeThen503', path: `/v3${UNLOCK}` });
		expect((await unlock()).status).toBe(503);
		expect(simulator.vehicle(LOCKED_CAR).state.lock).toBe('UNLOCKED');
	});
});
