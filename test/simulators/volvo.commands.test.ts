import { createClock } from '../../simulators/shared/clock';
import type { VolvoFaultName } from '../../simulators/volvo/volvoWorld';
import { EX30, V60, XC40, XC60 } from '../../simulators/volvo/seed';
import type { VolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { startVolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { INVOKE_STATUSES } from '../../simulators/volvo/volvoTypes';
import type { VolvoClient } from './volvoClient';
import { connect, doorsOf, lockOf, NOON, unlockOf } from './volvoClient';

let simulator: VolvoSimulator;
let volvo: VolvoClient;

beforeEach(async () => {
	simulator = await startVolvoSimulator({ clock: createClock(Date.parse(NOON)) });
	volvo = connect(simulator);
});
afterEach(() => simulator.close());

const truth = (vin: string) => simulator.vehicle(vin).car.doors.centralLock;
const reading = async (vin: string) => {
	const { data } = await volvo.get(doorsOf(vin));
	return [data.data.centralLock?.value, data.data.centralLock?.timestamp.slice(11, 19)];
};
const outcome = async (path: string) => {
	const { status, data } = await volvo.post(path);
	return [status, data.data?.invokeStatus ?? data.error.description];
};

describe('lock', () => {
	it.each([lockOf(EX30), `${lockOf(EX30)}-reduced-guard`])('%s', async (path) => {
		simulator.clock.advance(5);
		const { status, data } = await volvo.post(path);
		expect([status, data]).toEqual([
			200,
			{ data: { invokeStatus: 'COMPLETED', message: '', vin: EX30 } },
		]);
		expect(await reading(EX30)).toEqual(['LOCKED', '12:00:05']);
	});

	it.each([
		['frontLeftDoor', 'OPEN'],
		['rearRightDoor', 'AJAR'],
		['hood', 'OPEN'],
		['tailgate', 'AJAR'],
	] as const)('is refused with the %s %s', async (name, value) => {
		simulator.editVehicle(EX30, { doors: { [name]: value } });
		expect(await outcome(lockOf(EX30))).toEqual([200, 'UNABLE_TO_LOCK_DOOR_OPEN']);
		expect(truth(EX30)).toBe('UNLOCKED');
		simulator.changeSettings({ failureChannel: 'http' });
		expect(await outcome(lockOf(EX30))).toEqual([409, expect.stringContaining('conflict')]);
		expect(truth(EX30)).toBe('UNLOCKED');
	});

	it('does not mind the windows and the tank lid', async () => {
		simulator.editVehicle(EX30, { doors: { tankLid: 'OPEN' }, windows: { sunroof: 'OPEN' } });
		expect(await outcome(lockOf(EX30))).toEqual([200, 'COMPLETED']);
	});

	it('is refused by the open tailgate of the XC60 and the door of the V60', async () => {
		expect(await outcome(lockOf(XC60))).toEqual([200, 'UNABLE_TO_LOCK_DOOR_OPEN']);
		expect(await outcome(lockOf(V60))).toEqual([200, 'UNABLE_TO_LOCK_DOOR_OPEN']);
	});
});

describe('unlock', () => {
	it('unlocks the doors of some cars', async () => {
		await volvo.post(lockOf(EX30));
		const { data } = await volvo.post(unlockOf(EX30));
		expect(data.data).toEqual({
			invokeStatus: 'COMPLETED',
			message: '',
			readyToUnlock: true,
			readyToUnlockUntil: 120,
			vin: EX30,
		});
		expect(await reading(EX30)).toEqual(['UNLOCKED', '12:00:00']);
	});

	it('arms the tailgate of others: opening it in time unlocks the doors', async () => {
		simulator.clock.advance(10);
		expect(await outcome(unlockOf(XC40))).toEqual([200, 'COMPLETED']);
		expect(simulator.vehicle(XC40).tailgateArmedUntil).toBe('2026-11-21T12:02:10.000Z');
		expect(await reading(XC40)).toEqual(['LOCKED', '12:00:10']);
		simulator.clock.advance(119);
		simulator.editVehicle(XC40, { doors: { tailgate: 'OPEN' } });
		expect(await reading(XC40)).toEqual(['UNLOCKED', '12:02:09']);
		expect(simulator.vehicle(XC40).tailgateArmedUntil).toBeNull();
	});

	it.each([
		['after its time', () => Promise.resolve(simulator.clock.advance(120))],
		['after a lock', () => volvo.post(lockOf(XC40))],
	])('leaves the doors locked when the tailgate opens %s', async (_name, happen) => {
		await volvo.post(unlockOf(XC40));
		await happen();
		simulator.editVehicle(XC40, { doors: { tailgate: 'OPEN' } });
		expect(truth(XC40)).toBe('LOCKED');
	});

	it('can report the time as milliseconds since 1970', async () => {
		simulator.changeSettings({ readyToUnlockUntil: 'epochMilliseconds' });
		const { data } = await volvo.post(unlockOf(XC40));
		expect(data.data.readyToUnlockUntil).toBe(Date.parse(NOON) + 120_000);
	});

	it('is no command of the V60', async () => {
		expect(await outcome(unlockOf(V60))).toEqual([404, expect.stringContaining('not supported')]);
	});
});

describe('a car that cannot be reached', () => {
	it.each([
		['NO_INTERNET', 'CONNECTION_FAILURE', 504],
		['POWER_SAVING_MODE', 'VEHICLE_IN_SLEEP', 503],
		['CAR_IN_USE', 'NOT_ALLOWED_WRONG_USAGE_MODE', 503],
		['UNSPECIFIED', 'UNKNOWN', 500],
		[null, 'UNKNOWN', 500],
	] as const)('%s: %s or %d', async (unavailableReason, invokeStatus, status) => {
		simulator.editVehicle(EX30, { availability: { value: 'UNAVAILABLE', unavailableReason } });
		expect(await outcome(lockOf(EX30))).toEqual([200, invokeStatus]);
		simulator.changeSettings({ failureChannel: 'http' });
		expect((await volvo.post(lockOf(EX30))).status).toBe(status);
		expect(truth(EX30)).toBe('UNLOCKED');
		expect((await volvo.get(doorsOf(EX30))).status).toBe(200);
	});
});

describe('faults of commands', () => {
	it.each(INVOKE_STATUSES)('invokeStatus %s', async (status) => {
		simulator.faults.set({ name: 'invokeStatus', status, times: 1 });
		expect(await outcome(lockOf(EX30))).toEqual([200, status]);
		const moves = ['COMPLETED', 'DELIVERED', 'SUCCESS'].includes(status);
		expect(truth(EX30)).toBe(moves ? 'LOCKED' : 'UNLOCKED');
	});

	it.each([
		[{ status: 'TIMEOUT', moves: true }, 'LOCKED'],
		[{ status: 'DELIVERED', moves: false }, 'UNLOCKED'],
	] as const)('invokeStatus %j', async (parameters, expected) => {
		simulator.faults.set({ name: 'invokeStatus', ...parameters });
		expect(await outcome(lockOf(EX30))).toEqual([200, parameters.status]);
		expect(truth(EX30)).toBe(expected);
	});

	it('a failing unlock is not ready to unlock', async () => {
		simulator.faults.set({ name: 'invokeStatus', status: 'UNLOCK_TIME_FRAME_PASSED' });
		const { data } = await volvo.post(unlockOf(XC40));
		expect(data.data).toMatchObject({ readyToUnlock: false, readyToUnlockUntil: null });
		expect(simulator.vehicle(XC40).tailgateArmedUntil).toBeNull();
	});

	it.each([
		[400, 'BAD_REQUEST'],
		[404, 'NOT_FOUND'],
		[409, 'CONFLICT'],
		[422, 'UNPROCESSABLE_ENTITY'],
		[500, 'INTERNAL_SERVER_ERROR'],
		[502, 'BAD_GATEWAY'],
		[503, 'SERVICE_UNAVAILABLE'],
		[504, 'GATEWAY_TIMEOUT'],
	])('commandError %d', async (status, message) => {
		simulator.faults.set({ name: 'commandError', status, times: 1 });
		const answer = await volvo.post(lockOf(EX30));
		expect([answer.status, answer.data.error.message]).toEqual([status, message]);
		expect(truth(EX30)).toBe('UNLOCKED');
	});

	it('commandError with another message, although the car did it', async () => {
		simulator.faults.set({ name: 'commandError', description: 'Oh', message: 'NO', moves: true });
		const { status, data } = await volvo.post(lockOf(EX30));
		expect([status, data]).toEqual([500, { error: { message: 'NO', description: 'Oh' } }]);
		expect(await reading(EX30)).toEqual(['LOCKED', '12:00:00']);
	});

	it.each([
		[{ name: 'lateReading', seconds: 10 }, 'COMPLETED'],
		[{ name: 'invokeStatus', status: 'DELIVERED', seconds: 10 }, 'DELIVERED'],
	] as const)('%j: the reading comes later, with a newer time', async (fault, status) => {
		simulator.faults.set({ ...fault, times: 1 });
		expect(await outcome(lockOf(EX30))).toEqual([200, status]);
		expect(truth(EX30)).toBe('LOCKED');
		simulator.clock.advance(9.9);
		expect(await reading(EX30)).toEqual(['UNLOCKED', '12:00:00']);
		simulator.clock.advance(5);
		expect(await reading(EX30)).toEqual(['LOCKED', '12:00:10']);
	});

	it.each([
		[true, '12:00:05'],
		[false, '12:00:00'],
	])('lies, reports: %s', async (reports, time) => {
		simulator.faults.set({ name: 'lies', reports, times: 1 });
		simulator.clock.advance(5);
		expect(await outcome(lockOf(EX30))).toEqual([200, 'COMPLETED']);
		simulator.clock.advance(600);
		expect(truth(EX30)).toBe('UNLOCKED');
		expect(await reading(EX30)).toEqual(['UNLOCKED', time]);
	});

	it('concern the car and the command that they name', async () => {
		simulator.faults.set({ name: 'invokeStatus', status: 'REJECTED', vin: XC40, command: 'LOCK' });
		expect(await outcome(lockOf(EX30))).toEqual([200, 'COMPLETED']);
		expect(await outcome(unlockOf(XC40))).toEqual([200, 'COMPLETED']);
		expect(await outcome(lockOf(XC40))).toEqual([200, 'REJECTED']);
	});

	it('an answer can be slow, as the car is', async () => {
		simulator.faults.set({ name: 'slow', seconds: 0.08 });
		const before = performance.now();
		expect(await outcome(lockOf(EX30))).toEqual([200, 'COMPLETED']);
		expect(performance.now() - before).toBeGreaterThanOrEqual(75);
	});

	it.each([
		['internalError', 500, 'INTERNAL_SERVER_ERROR'],
		['unauthorized', 401, 'Unauthorized'],
		['forbidden', 403, 'FORBIDDEN'],
		['badRequest', 400, 'BAD_REQUEST'],
		['notFound', 404, 'NOT_FOUND'],
		['conflict', 409, 'CONFLICT'],
	] as const)('%s speaks as Volvo does', async (name, status, message) => {
		simulator.faults.set({ name, times: 1 });
		const answer = await volvo.post(lockOf(EX30));
		expect([answer.status, answer.data.error.message]).toEqual([status, message]);
		expect(truth(EX30)).toBe('UNLOCKED');
	});

	it('rateLimited speaks as the gateway does', async () => {
		simulator.faults.set({ name: 'rateLimited' });
		const { status, data, headers } = await volvo.post(lockOf(EX30));
		expect([status, headers['retry-after'], data.statusCode]).toEqual([429, '2', 429]);
	});

	it('an executed command whose answer is lost has happened', async () => {
		simulator.faults.set({ name: 'dropAfterRead' });
		await expect(volvo.post(lockOf(EX30))).rejects.toThrow(/hang up|ECONNRESET/);
		expect(truth(EX30)).toBe('LOCKED');
	});

	it.each([
		[{ name: 'invokeStatus' }, 'status: Required'],
		[{ name: 'invokeStatus', status: 'DONE' }, 'status: '],
		[{ name: 'commandError', status: 418 }, 'status: has to be one of 400, 404'],
		[{ name: 'lateReading', seconds: -1 }, 'seconds: '],
		[{ name: 'lies', command: 'OPEN' }, 'command: '],
		[{ name: 'lies', path: '/x' }, "'path'"],
		[{ name: 'explosion' }, 'Unknown fault'],
	])('refuses %j', (setting, message) => {
		const { name, ...parameters } = setting;
		const set = () => simulator.faults.set({ name: name as VolvoFaultName, ...parameters });
		expect(set).toThrow(message);
	});
});
