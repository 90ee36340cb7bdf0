import { createClock } from '../../simulators/shared/clock';
import type { SeamSimulator } from '../../simulators/seam/seamSimulator';
import { startSeamSimulator } from '../../simulators/seam/seamSimulator';
import {
	BACK_DOOR,
	CELLAR_KEYPAD,
	FRONT_DOOR,
	GARAGE_DOOR,
	HALL_THERMOSTAT,
	OFFICE_DOOR,
} from '../../simulators/seam/seed';
import type { SeamActionAttempt } from '../../simulators/seam/seamTypes';
import type { SeamClient } from './seamClient';
import { connect, lock, unlock } from './seamClient';

const NOON = Date.parse('2026-11-21T12:00:00.000Z');
const LIMIT = 15;

let simulator: SeamSimulator;
let home: SeamClient;

beforeAll(async () => {
	simulator = await startSeamSimulator({ clock: createClock(NOON) });
	home = connect(simulator);
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

async function command(path: string, deviceId: string): Promise<SeamActionAttempt> {
	const { status, data } = await home.post(path, { device_id: deviceId });
	expect(status).toBe(200);
	return data.action_attempt;
}

async function read({ action_attempt_id }: SeamActionAttempt): Promise<SeamActionAttempt> {
	const { data } = await home.post('/action_attempts/get', { action_attempt_id });
	return data.action_attempt;
}

const isLocked = (deviceId: string) => simulator.device(deviceId).properties.locked;

async function eventTypes(): Promise<string[]> {
	const { data } = await home.post('/events/list', { since: '2026-01-01' });
	return data.events.map((event) => event.event_type);
}

describe('a command', () => {
	it('is pending first; its first read settles the outcome, the event and the new state', async () => {
		const attempt = await command(lock, FRONT_DOOR);
		expect(attempt).toMatchObject({ status: 'pending', result: null, error: null });
		expect(isLocked(FRONT_DOOR)).toBe(false);
		expect(await eventTypes()).toEqual([]);

		expect(await read(attempt)).toEqual({
			action_attempt_id: attempt.action_attempt_id,
			action_type: 'LOCK_DOOR',
			status: 'success',
			result: { was_confirmed_by_device: true },
			error: null,
		});
		expect(isLocked(FRONT_DOOR)).toBe(true);
		expect(await eventTypes()).toEqual(['action_attempt.lock_door.succeeded', 'lock.locked']);
	});

	it('names its attempt in the event', async () => {
		const attempt = await command(unlock, BACK_DOOR);
		await read(attempt);
		const { data } = await home.post('/events/list', {
			since: '2026-01-01',
			event_type: 'lock.unlocked',
		});
		expect(data.events).toMatchObject([
			{ device_id: BACK_DOOR, method: 'remote', action_attempt_id: attempt.action_attempt_id },
		]);
	});

	it('is carried out after a while although nobody reads the attempt', async () => {
		await command(lock, FRONT_DOOR);
		const isSeenLocked = async () => {
			const { data } = await home.post('/devices/get', { device_id: FRONT_DOOR });
			return data.device.properties.locked;
		};
		simulator.clock.advance(2);
		expect(await isSeenLocked()).toBe(false);
		simulator.clock.advance(1);
		expect(await isSeenLocked()).toBe(true);
	});

	it('is not confirmed by a brand that cannot', async () => {
		const attempt = await read(await command(unlock, OFFICE_DOOR));
		expect(attempt).toMatchObject({
			status: 'success',
			result: { was_confirmed_by_device: false },
		});
		expect(isLocked(OFFICE_DOOR)).toBe(false);
	});

	it('to an offline lock ends with its error', async () => {
		const attempt = await command(lock, GARAGE_DOOR);
		expect(attempt.status).toBe('pending');
		expect(await read(attempt)).toMatchObject({
			status: 'error',
			result: null,
			error: { type: 'device_offline', message: 'Device is offline' },
		});
		expect(await eventTypes()).toEqual(['action_attempt.lock_door.failed']);
	});

	it('to a lock that is online but out of reach ends with an error', async () => {
		simulator.editDevice(FRONT_DOOR, { can_remotely_lock: false });
		const attempt = await read(await command(lock, FRONT_DOOR));
		expect(attempt).toMatchObject({ status: 'error', error: { type: 'device_disconnected' } });
	});

	it('to an offline lock with a stale capability flag ends with its error', async () => {
		const change = { properties: { online: false }, can_remotely_lock: true };
		simulator.editDevice(FRONT_DOOR, change);
		const attempt = await read(await command(lock, FRONT_DOOR));
		expect(attempt).toMatchObject({ status: 'error', error: { type: 'device_offline' } });
	});

	it.each([
		[lock, CELLAR_KEYPAD],
		[unlock, CELLAR_KEYPAD],
		[lock, HALL_THERMOSTAT],
	])('%s to %s, which cannot, is refused', async (path, device_id) => {
		const { status, data } = await home.post(path, { device_id });
		expect([status, data.error.type]).toEqual([400, 'invalid_input']);
		expect(simulator.attempts.list()).toEqual([]);
	});

	it('is nobody else’s to read', async () => {
		const { action_attempt_id } = await command(lock, FRONT_DOOR);
		const other = connect(simulator, {
			Authorization: `Bearer ${simulator.otherWorkspaceApiKey}`,
		});
		const { status, data } = await other.post('/action_attempts/get', { action_attempt_id });
		expect([status, data.error.type]).toEqual([404, 'action_attempt_not_found']);
	});
});

describe('15 lock and 15 unlock requests a minute and device', () => {
	const burst = async (path: string, deviceId: string, count: number) => {
		for (let sent = 0; sent < count; sent += 1) await command(path, deviceId);
	};
	const refused = async (path: string, device_id: string) => {
		const { status, data, headers } = await home.post(path, { device_id });
		expect([status, data.error.type]).toEqual([429, 'rate_limit_exceeded']);
		return Number(headers['retry-after']);
	};

	it('refuses the sixteenth until the reported time', async () => {
		await command(lock, FRONT_DOOR);
		simulator.clock.advance(10);
		await burst(lock, FRONT_DOOR, LIMIT - 1);
		expect(await refused(lock, FRONT_DOOR)).toBe(50);
		simulator.clock.advance(49);
		expect(await refused(lock, FRONT_DOOR)).toBe(1);
		simulator.clock.advance(1);
		await command(lock, FRONT_DOOR);
		expect(await refused(lock, FRONT_DOOR)).toBe(10);
		expect(simulator.attempts.list()).toHaveLength(LIMIT + 1);
	});

	it('counts commands and devices separately', async () => {
		await burst(lock, FRONT_DOOR, LIMIT);
		await burst(unlock, FRONT_DOOR, LIMIT);
		await command(lock, BACK_DOOR);
		expect(await refused(lock, FRONT_DOOR)).toBe(60);
	});
});

describe('outcomes of a command', () => {
	it('attemptPending: never anything', async () => {
		simulator.faults.set({ name: 'attemptPending' });
		const attempt = await command(lock, FRONT_DOOR);
		simulator.clock.advance(3600);
		for (let reads = 0; reads < 5; reads += 1) {
			expect((await read(attempt)).status).toBe('pending');
		}
		expect(isLocked(FRONT_DOOR)).toBe(false);
	});

	it('attemptLate: this many reads are too early', async () => {
		simulator.faults.set({ name: 'attemptLate', reads: 2 });
		const attempt = await command(lock, FRONT_DOOR);
		const states = [await read(attempt), await read(attempt), await read(attempt)];
		expect(states.map(({ status }) => status)).toEqual(['pending', 'pending', 'success']);
	});

	it('attemptFails: the requested error', async () => {
		simulator.faults.set({ name: 'attemptFails', type: 'bolt_stuck', message: 'No way' });
		const attempt = await read(await command(lock, FRONT_DOOR));
		expect(attempt).toMatchObject({
			status: 'error',
			result: null,
			error: { type: 'bolt_stuck', message: 'No way' },
		});
		expect(isLocked(FRONT_DOOR)).toBe(false);
	});

	it.each([
		['attemptUnconfirmed', { was_confirmed_by_device: false }, true],
		['attemptEmptyResult', {}, true],
		['attemptNullResult', null, true],
		['attemptLies', { was_confirmed_by_device: true }, false],
	] as const)('%s: success with %j; locked: %s', async (name, result, locked) => {
		simulator.faults.set({ name });
		const attempt = await read(await command(lock, FRONT_DOOR));
		expect([attempt.status, attempt.result]).toEqual(['success', result]);
		expect(isLocked(FRONT_DOOR)).toBe(locked);
		expect((await eventTypes()).includes('lock.locked')).toBe(locked);
	});

	it('attemptImmediate: no waiting', async () => {
		simulator.faults.set({ name: 'attemptImmediate' });
		const attempt = await command(lock, FRONT_DOOR);
		expect([attempt.status, isLocked(FRONT_DOOR)]).toEqual(['success', true]);
	});

	it('affects one device, this many times', async () => {
		simulator.faults.set({ name: 'attemptImmediate', deviceId: BACK_DOOR, times: 1 });
		expect((await command(lock, FRONT_DOOR)).status).toBe('pending');
		expect((await command(lock, BACK_DOOR)).status).toBe('success');
		expect((await command(lock, BACK_DOOR)).status).toBe('pending');
	});

	it('stays with an attempt when the fault is cleared', async () => {
		simulator.faults.set({ name: 'attemptPending' });
		const attempt = await command(lock, FRONT_DOOR);
		simulator.faults.clear();
		expect((await read(attempt)).status).toBe('pending');
	});

	it('can be settled by hand, once', async () => {
		simulator.faults.set({ name: 'attemptPending' });
		const attempt = await command(lock, FRONT_DOOR);
		const outcome = { status: 'success', result: {}, moves: true } as const;
		simulator.attempts.settle(attempt.action_attempt_id, outcome);
		expect(await read(attempt)).toMatchObject({ status: 'success', result: {} });
		expect(isLocked(FRONT_DOOR)).toBe(true);
		expect(() => simulator.attempts.settle(attempt.action_attempt_id, outcome)).toThrow(
			'is settled already',
		);
	});
});
