import type { AxiosResponse } from 'axios';
import { createClock } from '../../simulators/shared/clock';
import { EX30, V60, XC40, XC60 } from '../../simulators/volvo/seed';
import type { VolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { startVolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { INVOKE_STATUSES } from '../../simulators/volvo/volvoTypes';
import type { Headers, VolvoBody, VolvoClient } from './volvoClient';
import { connect, doorsOf, lockOf, NOON, unlockOf, v1Type, windowsOf } from './volvoClient';

/** The values of `async.status` on the vendor's v1 page. */
const STATUSES_OF_V1 = INVOKE_STATUSES.slice(0, 10);
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

let simulator: VolvoSimulator;
let volvo: VolvoClient;

beforeEach(async () => {
	simulator = await startVolvoSimulator({ clock: createClock(Date.parse(NOON)) });
	volvo = connect(simulator, 'v1');
});
afterEach(() => simulator.close());

const get = (path: string, type: string) => volvo.get(path, { accept: v1Type(type) });
const lock = (vin = EX30) => volvo.post(lockOf(vin), { 'content-type': v1Type('lock') }, '');
const unlock = (vin = EX30, body?: string) =>
	volvo.post(unlockOf(vin), { 'content-type': v1Type('unlock') }, body);
const unlockFor = (seconds: unknown, vin = EX30) =>
	unlock(vin, JSON.stringify({ unlockDuration: seconds }));
const truth = (vin = EX30) => simulator.vehicle(vin).car.doors.centralLock;

const follow = ({ data }: AxiosResponse<VolvoBody>) =>
	get(new URL(data.async.href).pathname.replace(/^.*v1/, ''), 'requestdetailresponse');
const statusAfter = async (answer: AxiosResponse<VolvoBody>) =>
	(await follow(answer)).data.data.invokeStatus;

describe('v1 readings', () => {
	it('of windows', async () => {
		const { status, data, headers } = await get(windowsOf(EX30), 'vehicledata');
		expect(status).toBe(200);
		expect(headers['content-type']).toContain(v1Type('vehicledata'));
		const closed = { value: 'CLOSED', timestamp: NOON };
		expect(data).toEqual({
			status: 200,
			operationId: expect.stringMatching(UUID) as unknown,
			data: {
				frontLeft: closed,
				frontRight: closed,
				rearLeft: closed,
				rearRight: { value: 'OPEN', timestamp: NOON },
			},
		});
	});

	it('of doors and lock', async () => {
		const { data } = await get(doorsOf(V60), 'vehicledata');
		const closed = { value: 'CLOSED', timestamp: NOON };
		expect(data.data).toEqual({
			carLocked: { value: 'UNLOCKED', timestamp: NOON },
			frontLeft: { value: 'OPEN', timestamp: NOON },
			frontRight: closed,
			rearLeft: closed,
			rearRight: closed,
			tailGate: closed,
			hood: closed,
		});
	});

	it('omit what the car does not know', async () => {
		const { data } = await get(doorsOf(XC60), 'vehicledata');
		expect(Object.keys(data.data)).not.toContain('carLocked');
		expect(data.data).toMatchObject({ tailGate: { value: 'OPEN' } });
	});

	it('of the account and its vehicles', async () => {
		const list = await get('/vehicles', 'vehiclelist');
		expect(list.data).toMatchObject({
			status: 200,
			pagination: { limit: 4, total: 4 },
			data: [{ vin: XC40 }, { vin: EX30 }, { vin: XC60 }, { vin: V60 }],
		});
		const details = await get(`/vehicles/${XC40}`, 'vehicle');
		expect(details.data.data).toMatchObject({
			modelYear: '2022',
			descriptions: { steering: 'LEFT HAND DRIVE' },
			images: { interiorDefaultUrl: '' },
		});
	});

	it('of commands and their accessibility', async () => {
		const list = await get(`/vehicles/${V60}/commands`, 'commandlist');
		const href = `${simulator.url}/connected-vehicle/v1/vehicles/${V60}/commands/lock`;
		expect(list.data.data).toEqual([{ command: 'LOCK', href }]);
		const path = `/vehicles/${XC40}/command-accessibility`;
		const open = await get(path, 'commands.accessibility');
		expect(open.data.data).toEqual({
			accessible: true,
			accessibleUntil: '2026-11-21T13:00:00.000Z',
		});
		simulator.editVehicle(XC40, { availability: { value: 'UNAVAILABLE' } });
		const closed = await get(path, 'commands.accessibility');
		expect(closed.data.data).toEqual({ accessible: false, accessibleUntil: NOON });
	});
});

describe('v1 lock', () => {
	it('is answered at once, and its request reports the outcome', async () => {
		const answer = await lock();
		expect(answer.status).toBe(202);
		expect(answer.headers['content-type']).toContain(v1Type('commandinvokeresponse'));
		const { id, href } = answer.data.async;
		expect(answer.data).toEqual({
			status: 202,
			operationId: expect.stringMatching(UUID) as unknown,
			async: {
				status: 'RUNNING',
				id: expect.stringMatching(UUID) as unknown,
				href: `${simulator.url}/connected-vehicle/v1/vehicles/${EX30}/requests/${id}`,
				expires: '2027-11-21T12:00:00.000Z',
			},
		});
		expect(truth()).toBe('UNLOCKED');
		simulator.clock.advance(1);
		const followed = await follow(answer);
		expect(followed.headers['content-type']).toContain(v1Type('requestdetailresponse'));
		expect(followed.data).toMatchObject({
			status: 200,
			data: {
				created: NOON,
				updated: '2026-11-21T12:00:01.000Z',
				command: 'LOCK',
				requestId: id,
				invokeStatus: 'COMPLETED',
				href,
			},
		});
		expect(truth()).toBe('LOCKED');
		const { data } = await get(doorsOf(EX30), 'vehicledata');
		expect(data.data.carLocked?.timestamp).toBe('2026-11-21T12:00:01.000Z');
	});

	it('happens even if nobody follows it', async () => {
		await lock();
		simulator.clock.advance(2.9);
		expect(truth()).toBe('UNLOCKED');
		simulator.clock.advance(0.1);
		expect(truth()).toBe('LOCKED');
		const { data } = await get(doorsOf(EX30), 'vehicledata');
		expect(data.data.carLocked?.value).toBe('LOCKED');
		expect(simulator.invocations()).toMatchObject([{ vin: EX30, invokeStatus: 'COMPLETED' }]);
	});

	it('is refused by an open door', async () => {
		expect(await statusAfter(await lock(V60))).toBe('UNABLE_TO_LOCK_DOOR_OPEN');
		simulator.changeSettings({ failureChannel: 'http' });
		const { status, data } = await lock(V60);
		expect([status, data]).toEqual([
			409,
			{
				status: 409,
				operationId: expect.stringMatching(UUID) as unknown,
				error: {
					message: 'CONFLICT',
					description: 'Invocation specific error, due to a conflict with the vehicle',
				},
			},
		]);
	});

	it.each(STATUSES_OF_V1)('can end as %s', async (status) => {
		simulator.faults.set({ name: 'invokeStatus', status, times: 1 });
		expect(await statusAfter(await lock())).toBe(status);
		expect(truth()).toBe(status === 'COMPLETED' ? 'LOCKED' : 'UNLOCKED');
	});

	it('can lie, be late with the reading, and fail at once', async () => {
		simulator.faults.set({ name: 'lies', times: 1 });
		expect(await statusAfter(await lock())).toBe('COMPLETED');
		expect(truth()).toBe('UNLOCKED');
		simulator.faults.set({ name: 'commandError', status: 503, times: 1 });
		expect((await lock()).status).toBe(503);
		simulator.faults.set({ name: 'lateReading', seconds: 20, times: 1 });
		expect(await statusAfter(await lock())).toBe('COMPLETED');
		simulator.clock.advance(19);
		const early = await get(doorsOf(EX30), 'vehicledata');
		simulator.clock.advance(1);
		const late = await get(doorsOf(EX30), 'vehicledata');
		expect([early, late].map(({ data }) => data.data.carLocked?.value)).toEqual([
			'UNLOCKED',
			'LOCKED',
		]);
	});
});

describe('v1 unlock', () => {
	it('arms the tailgate for the duration', async () => {
		await follow(await unlockFor(45, XC40));
		expect(simulator.vehicle(XC40).tailgateArmedUntil).toBe('2026-11-21T12:00:45.000Z');
		simulator.clock.advance(44);
		simulator.editVehicle(XC40, { doors: { tailgate: 'OPEN' } });
		expect(truth(XC40)).toBe('UNLOCKED');
	});

	it.each([[121], [-1], ['60'], [1.5], [undefined]])('refuses %p seconds', async (seconds) => {
		const { status, data } = await unlockFor(seconds);
		expect([status, data.error.message]).toEqual([400, 'BAD_REQUEST']);
	});

	it.each([[undefined], ['{\\"unlockDuration\\":120}'], ['[]']])('refuses %p', async (body) => {
		expect((await unlock(EX30, body)).status).toBe(400);
	});

	it('is no command of the V60', async () => {
		expect((await unlockFor(60, V60)).status).toBe(404);
	});
});

describe('v1 requests', () => {
	it('can be late', async () => {
		simulator.faults.set({ name: 'requestLate', reads: 2, status: 'WAITING', times: 1 });
		const answer = await lock();
		expect(answer.data.async.status).toBe('WAITING');
		simulator.clock.advance(600);
		const statuses: unknown[] = [];
		for (let read = 0; read < 3; read += 1) statuses.push(await statusAfter(answer));
		expect(statuses).toEqual(['WAITING', 'WAITING', 'COMPLETED']);
	});

	it('can run forever', async () => {
		simulator.faults.set({ name: 'requestPending', times: 1 });
		const answer = await lock();
		simulator.clock.advance(3000);
		for (let read = 0; read < 5; read += 1) expect(await statusAfter(answer)).toBe('RUNNING');
		expect(truth()).toBe('UNLOCKED');
	});

	it('can be settled by the answer to the command', async () => {
		simulator.faults.set({ name: 'requestImmediate', times: 1 });
		expect((await lock()).data.async.status).toBe('COMPLETED');
		expect(truth()).toBe('LOCKED');
	});

	it('are of one car, and kept for a year', async () => {
		const answer = await lock();
		const path = `/requests/${answer.data.async.id}`;
		const ask = (vin: string) => get(`/vehicles/${vin}${path}`, 'requestdetailresponse');
		expect((await ask(XC40)).status).toBe(404);
		expect((await get(`/vehicles/${EX30}/requests/x`, 'requestdetailresponse')).status).toBe(404);
		expect((await ask(EX30)).status).toBe(200);
		simulator.clock.advance(365 * 86_400);
		volvo = connect(simulator, 'v1');
		expect((await ask(EX30)).status).toBe(404);
	});
});

describe('v1 media types and access', () => {
	it.each<[Headers]>([
		[{ accept: 'application/json' }],
		[{ accept: '*/*' }],
		[{ accept: v1Type('vehiclelist') }],
	])('406 for %j', async (headers) => {
		const { status, data } = await volvo.get(doorsOf(EX30), headers);
		expect([status, data.status, data.error.message]).toEqual([406, 406, 'NOT_ACCEPTABLE']);
	});

	it.each<[Headers]>([
		[{ 'content-type': 'application/json' }],
		[{ 'content-type': v1Type('unlock') }],
		[{ 'content-type': undefined }],
	])('415 for %j', async (headers) => {
		expect((await volvo.post(lockOf(EX30), headers)).status).toBe(415);
	});

	it.each([
		[v1Type('commandinvokeresponse'), 202],
		[`${v1Type('commandinvokeresponse')}, application/json;q=0.5`, 202],
		['*/*', 202],
		[undefined, 202],
		['application/json', 406],
		[v1Type('lock'), 406],
	])('answers a command that accepts %s with %d', async (accept, expected) => {
		const headers = { 'content-type': v1Type('lock'), accept };
		const { status } = await volvo.post(lockOf(EX30), headers, '');
		expect([status, simulator.invocations().length]).toEqual([expected, expected === 202 ? 1 : 0]);
	});

	it('accepts the type among others', async () => {
		const accept = `${v1Type('vehicledata')};q=0.9, */*`;
		expect((await volvo.get(doorsOf(EX30), { accept })).status).toBe(200);
	});

	it('has no reduced guard', async () => {
		expect((await volvo.post(`${lockOf(EX30)}-reduced-guard`)).status).toBe(404);
	});

	it.each([
		['GET', doorsOf(EX30), 'vehicledata', ['openid', 'conve:doors_status']],
		['GET', windowsOf(EX30), 'vehicledata', ['openid', 'conve:lock_status']],
		['POST', lockOf(EX30), 'lock', ['openid', 'conve:unlock']],
		['POST', unlockOf(EX30), 'unlock', ['openid', 'conve:lock']],
	])('%s %s misses a scope', async (method, path, type, scopes) => {
		const token = simulator.portalAccessToken({ scopes });
		const accept = v1Type(method === 'POST' ? 'commandinvokeresponse' : type);
		const headers = { accept, 'content-type': v1Type(type) };
		const { status, data } = await connect(simulator, 'v1', token).send(method, path, headers);
		expect([status, data.status, data.error.description]).toEqual([403, 403, 'Access is denied']);
	});

	it('uses the operation name of the request', async () => {
		const headers = { accept: v1Type('vehiclelist'), 'vcc-api-operationId': 'my-transaction' };
		expect((await volvo.get('/vehicles', headers)).data.operationId).toBe('my-transaction');
	});

	it('is refused at the gateway with the gateway’s message', async () => {
		const { data } = await volvo.get('/vehicles', { 'vcc-api-key': 'wrong' });
		expect(data).toEqual({ status: 401, error: { message: expect.any(String) as unknown } });
	});
});
