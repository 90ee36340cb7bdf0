import { createClock } from '../../simulators/shared/clock';
import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { startSmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import {
	LOCKED_CAR,
	NEIGHBOURS_CAR,
	OPEN_CAR,
	PRIVATE_CAR,
	SILENT_CAR,
	SIMULATED_CAR,
} from '../../simulators/smartcar/seed';
import type {
	ExecutionAnswer,
	SecurityBody,
	SignalAnswer,
	SmartcarClient,
	V2Body,
	V3Body,
} from './smartcarClient';
import { connectV2, connectV3, http } from './smartcarClient';

const NOON_MS = Date.parse('2026-11-21T12:00:00.000Z');

let simulator: SmartcarSimulator;
let v3: SmartcarClient;
let v2: SmartcarClient;

beforeEach(async () => {
	simulator = await startSmartcarSimulator({ clock: createClock(NOON_MS) });
	v3 = connectV3(simulator);
	v2 = connectV2(simulator);
});
afterEach(() => simulator.close());

const commandV3 = (id: string, verb: 'lock' | 'unlock') =>
	v3.post<V3Body<ExecutionAnswer>>(`/vehicles/${id}/commands/security/${verb}`);
const commandV2 = (id: string, action: string) =>
	v2.post<V2Body>(`/vehicles/${id}/security`, { action });

const lockOf = (id: string) => simulator.vehicle(id).state.lock;

async function readV3(id: string) {
	const { data } = await v3.get<V3Body<SignalAnswer>>(`/vehicles/${id}/signals/closure-islocked`);
	return { value: data.data.attributes.body?.value, at: data.data.meta.oemUpdatedAt };
}

async function readV2(id: string) {
	const { data, headers } = await v2.get<SecurityBody>(`/vehicles/${id}/security`);
	return { value: data.isLocked, at: headers['sc-data-age'] as unknown };
}

const iso = (seconds: number) => new Date(NOON_MS + seconds * 1000).toISOString();

describe('commands', () => {
	it('v3 unlocks and locks, and a newer reading shows it', async () => {
		const unlocked = await commandV3(LOCKED_CAR, 'unlock');
		expect(unlocked.status).toBe(200);
		expect(unlocked.data.data).toEqual({
			id: expect.stringMatching(/^exec_\w+$/) as string,
			type: 'command-execution',
			attributes: {
				commandType: 'security-unlock',
				status: { value: 'SUCCESS' },
				executionMode: 'sync',
			},
			meta: { executedAt: iso(0), completedAt: iso(0), durationInSeconds: 0 },
		});
		expect(await readV3(LOCKED_CAR)).toEqual({ value: false, at: iso(0) });
		simulator.clock.advance(5);
		const locked = await commandV3(LOCKED_CAR, 'lock');
		expect(locked.data.data.attributes.commandType).toBe('security-lock');
		expect(await readV3(LOCKED_CAR)).toEqual({ value: true, at: iso(5) });
	});

	it('v2.0 unlocks and locks, and reports only that it was sent', async () => {
		const { data } = await commandV2(LOCKED_CAR, 'UNLOCK');
		expect(data).toEqual({ message: 'Successfully sent request to vehicle', status: 'success' });
		expect(await readV2(LOCKED_CAR)).toEqual({ value: false, at: iso(0) });
		await commandV2(LOCKED_CAR, 'LOCK');
		expect(await readV2(LOCKED_CAR)).toEqual({ value: true, at: iso(0) });
	});

	it('commands a car whose store is empty', async () => {
		expect((await commandV3(SILENT_CAR, 'unlock')).status).toBe(200);
		expect(lockOf(SILENT_CAR)).toBe('UNLOCKED');
	});

	it.each([
		['DOOR_OPEN', {}],
		['TRUNK_OPEN', { doors: { frontRight: 'CLOSED' }, openings: { rearTrunk: 'OPEN' } }],
		['HOOD_OPEN', { doors: { frontRight: 'CLOSED' }, openings: { engineCover: 'OPEN' } }],
	])('do not lock a car with %s', async (code, change) => {
		simulator.editVehicle(OPEN_CAR, change);
		const ofV3 = await commandV3(OPEN_CAR, 'lock');
		expect(ofV3.status).toBe(409);
		expect(ofV3.data.errors).toMatchObject([{ status: '409', type: 'VEHICLE_STATE', code }]);
		const ofV2 = await commandV2(OPEN_CAR, 'LOCK');
		expect(ofV2.data).toMatchObject({ statusCode: 409, type: 'VEHICLE_STATE', code });
		expect(lockOf(OPEN_CAR)).toBe('UNLOCKED');
		expect((await commandV3(OPEN_CAR, 'unlock')).status).toBe(200);
	});

	it('lock a car with an open window', async () => {
		simulator.editVehicle(OPEN_CAR, { doors: { frontRight: 'CLOSED' } });
		expect((await commandV3(OPEN_CAR, 'lock')).status).toBe(200);
		expect(lockOf(OPEN_CAR)).toBe('LOCKED');
	});

	it('need the permission to control', async () => {
		const { status, data } = await commandV3(PRIVATE_CAR, 'lock');
		expect([status, data.errors[0]?.type]).toEqual([403, 'PERMISSION']);
		expect((await commandV2(PRIVATE_CAR, 'LOCK')).status).toBe(403);
	});

	it('need sc-user-id of the owner', async () => {
		const path = `/vehicles/${LOCKED_CAR}/commands/security/lock`;
		const missing = await v3.post<V3Body>(path, undefined, { 'sc-user-id': '' });
		expect(missing.data.errors).toMatchObject([
			{ status: '400', type: 'VALIDATION', code: 'MISSING_PARAMETER', detail: 'missing userId' },
		]);
		const foreign = await commandV3(NEIGHBOURS_CAR, 'lock');
		expect(foreign.data.errors).toMatchObject([{ status: '404', code: 'VEHICLE_NOT_FOUND' }]);
		simulator.setWire({ v3ForeignUser: 'forbidden' });
		expect((await commandV3(NEIGHBOURS_CAR, 'lock')).status).toBe(403);
		expect(lockOf(NEIGHBOURS_CAR)).toBe('UNLOCKED');
	});

	it.each([['lock'], ['Lock'], [undefined]])('v2.0 refuses the action %j', async (action) => {
		const { status, data } = await v2.post<V2Body>(`/vehicles/${LOCKED_CAR}/security`, { action });
		expect(status).toBe(400);
		expect(data).toMatchObject({ type: 'VALIDATION', detail: [{ field: ['action'] }] });
	});
});

describe('outcomes of a command', () => {
	it('is read late, with a newer time', async () => {
		simulator.faults.set({ name: 'lateReading', seconds: 40, times: 1 });
		await commandV3(LOCKED_CAR, 'unlock');
		expect(lockOf(LOCKED_CAR)).toBe('UNLOCKED');
		simulator.clock.advance(39);
		expect(await readV3(LOCKED_CAR)).toEqual({ value: true, at: iso(-14 * 60) });
		expect(await readV2(LOCKED_CAR)).toEqual({ value: true, at: iso(-14 * 60) });
		simulator.clock.advance(1);
		expect(await readV3(LOCKED_CAR)).toEqual({ value: false, at: iso(40) });
		expect(await readV2(LOCKED_CAR)).toEqual({ value: false, at: iso(40) });
	});

	it('is the newer of two, however late the first', async () => {
		simulator.faults.set({ name: 'lateReading', seconds: 40, times: 1 });
		await commandV3(LOCKED_CAR, 'unlock');
		await commandV3(LOCKED_CAR, 'lock');
		simulator.clock.advance(60);
		expect(await readV3(LOCKED_CAR)).toEqual({ value: true, at: iso(40) });
	});

	it.each([
		[true, iso(7)],
		[false, iso(-14 * 60)],
	])('is a lie; a new reading: %s', async (reports, at) => {
		simulator.faults.set({ name: 'lies', vehicleId: LOCKED_CAR, reports });
		simulator.clock.advance(7);
		expect((await commandV2(LOCKED_CAR, 'UNLOCK')).data.status).toBe('success');
		const { data } = await commandV3(LOCKED_CAR, 'unlock');
		expect(data.data.attributes.status.value).toBe('SUCCESS');
		expect(await readV3(LOCKED_CAR)).toEqual({ value: true, at });
	});

	it.each([
		['commandFails', 'FAILURE', 'LOCKED'],
		['commandPending', 'PENDING', 'UNLOCKED'],
	] as const)('%s is a 200 with the status %s', async (name, value, lock) => {
		simulator.faults.set({ name });
		const { status, data } = await commandV3(LOCKED_CAR, 'unlock');
		expect([status, data.data.attributes.status.value]).toEqual([200, value]);
		expect(lockOf(LOCKED_CAR)).toBe(lock);
	});

	it.each([
		['success', 'UNLOCKED', '"value":"SUCCESS"'],
		['failure', 'LOCKED', '"value":"FAILURE"'],
		['error', 'LOCKED', '"code":"UNREACHABLE"'],
		['nothing', 'UNLOCKED', ''],
	] as const)('is a 202 that streams its end: %s', async (ends, lock, content) => {
		simulator.faults.set({ name: 'commandAccepted', seconds: 200, ends });
		const answer = await http.post<NodeJS.ReadableStream>(
			`${simulator.url}/v3/vehicles/${LOCKED_CAR}/commands/security/unlock`,
			undefined,
			{
				headers: {
					Authorization: `Bearer ${simulator.v3AccessToken()}`,
					'sc-user-id': simulator.userId,
				},
				responseType: 'stream',
			},
		);
		expect(answer.status).toBe(202);
		expect(answer.headers).not.toHaveProperty('content-length');
		expect(lockOf(LOCKED_CAR)).toBe('LOCKED');
		simulator.clock.advance(200);
		let text = '';
		for await (const chunk of answer.data) text += chunk.toString();
		expect(text).toContain(content);
		expect(text === '').toBe(content === '');
		expect(lockOf(LOCKED_CAR)).toBe(lock);
	});
});

describe("the vendor's own vehicle simulator", () => {
	it.each([
		['parked', 200, undefined],
		['charging', 200, undefined],
		['driving', 409, 'IN_MOTION'],
		['paused', 409, 'UNREACHABLE'],
		['none', 400, 'ACCOUNT_ISSUE'],
		['deleted', 400, 'VEHICLE_MISSING'],
	] as const)('answers a command while %s with %d', async (simulation, status, code) => {
		simulator.editVehicle(SIMULATED_CAR, { simulation });
		const { accessToken } = simulator.v2Tokens({ mode: 'simulated' });
		v2 = connectV2(simulator, accessToken);
		const ofV2 = await commandV2(SIMULATED_CAR, 'UNLOCK');
		expect([ofV2.status, ofV2.data.code]).toEqual([status, code]);
		const ofV3 = await commandV3(SIMULATED_CAR, 'unlock');
		expect(ofV3.status).toBe(status);
	});
});
