import axios from 'axios';
import { createClock } from '../../simulators/shared/clock';
import type { SeamSimulator } from '../../simulators/seam/seamSimulator';
import { startSeamSimulator } from '../../simulators/seam/seamSimulator';
import { BACK_DOOR, FRONT_DOOR, HOLIDAY_FLAT } from '../../simulators/seam/seed';
import type { ControlClient, SeamClient } from './seamClient';
import { connect, connectControl, ids, lock } from './seamClient';

const NOON = '2026-11-21T12:00:00.000Z';

let simulator: SeamSimulator;
let home: SeamClient;
let control: ControlClient;

beforeEach(async () => {
	simulator = await startSeamSimulator({ clock: createClock(Date.parse(NOON)) });
	home = connect(simulator);
	control = connectControl(simulator);
});
afterEach(() => simulator.close());

const frontDoor = `/devices/${FRONT_DOOR}`;

describe('/_control', () => {
	it('shows the state', async () => {
		const { data } = await control.get('/state');
		expect(data).toMatchObject({
			service: 'seam',
			now: NOON,
			events: [],
			attempts: [],
			faults: [],
		});
		expect(ids(data.devices)).toContain(HOLIDAY_FLAT);
	});

	it('changes a device for the API', async () => {
		const { data } = await control.send('PATCH', frontDoor, {
			properties: { door_open: true, battery: { level: 0.05 }, keypad_battery: { level: 0.5 } },
			custom_metadata: { floor: 'first' },
		});
		expect(data.properties.door_open).toBe(true);
		const read = await home.post('/devices/get', { device_id: FRONT_DOOR });
		expect(read.data.device).toMatchObject({
			custom_metadata: { floor: 'first' },
			properties: {
				door_open: true,
				locked: false,
				battery: { level: 0.05, status: 'critical' },
				battery_level: 0.05,
				keypad_battery: { level: 0.5 },
			},
		});
	});

	it('removes a member with null', async () => {
		await control.send('PATCH', frontDoor, { properties: { door_open: null, locked: null } });
		const { properties } = simulator.device(FRONT_DOOR);
		expect(properties).not.toHaveProperty('door_open');
		expect(properties).not.toHaveProperty('locked');
	});

	it('takes a device offline', async () => {
		await control.send('PATCH', frontDoor, { properties: { online: false } });
		const device = simulator.device(FRONT_DOOR);
		expect(device).toMatchObject({
			can_remotely_lock: false,
			errors: [{ error_code: 'device_offline', created_at: NOON }],
		});
		expect(device.properties).not.toHaveProperty('locked');
	});

	it('sets, lists and clears faults', async () => {
		const set = await control.send('POST', '/faults', {
			name: 'rateLimited',
			path: lock,
			times: 2,
		});
		const expected = { name: 'rateLimited', path: lock, times: 2, retryAfterSeconds: 2 };
		expect(set.data.faults).toEqual([expected]);
		expect((await home.post(lock, { device_id: FRONT_DOOR })).status).toBe(429);
		const { data } = await control.get('/faults');
		expect(data.faults).toEqual([{ ...expected, times: 1 }]);
		expect(data.known).toContainEqual({
			name: 'slow',
			description: expect.stringContaining('seconds') as string,
			parameters: ['times', 'path', 'seconds'],
		});
		expect((await control.send('DELETE', '/faults')).data.faults).toEqual([]);
		expect((await home.post(lock, { device_id: FRONT_DOOR })).status).toBe(200);
	});

	it('shows and clears the requests, its own not among them', async () => {
		await home.post('/locks/list');
		const { data } = await control.get('/requests');
		expect(data.requests).toMatchObject([{ path: '/locks/list', status: 200, at: NOON }]);
		await control.send('DELETE', '/requests');
		expect((await control.get('/requests')).data).toEqual({ requests: [] });
	});

	it('advances the clock, for the Date of answers too', async () => {
		const { data } = await control.send('POST', '/clock', { advanceSeconds: 90 });
		expect(data).toEqual({ now: '2026-11-21T12:01:30.000Z' });
		const { headers } = await home.post('/locks/list');
		expect(headers.date).toBe('Sat, 21 Nov 2026 12:01:30 GMT');
	});

	it('adds an event', async () => {
		const { data } = await control.send('POST', '/events', {
			event_type: 'lock.unlocked',
			device_id: BACK_DOOR,
			method: 'keycode',
		});
		expect(data).toMatchObject({ created_at: NOON, occurred_at: NOON, method: 'keycode' });
		expect(simulator.device(BACK_DOOR).properties.locked).toBe(false);
	});

	it('settles an attempt', async () => {
		simulator.faults.set({ name: 'attemptPending' });
		const { data } = await home.post(lock, { device_id: FRONT_DOOR });
		const path = `/attempts/${String(data.action_attempt.action_attempt_id)}`;
		const error = { type: 'device_disconnected', message: 'Gone' };
		await control.send('POST', path, { status: 'error', error });
		expect((await control.get('/attempts')).data.attempts).toMatchObject([
			{ status: 'error', error },
		]);
	});

	it('resets', async () => {
		simulator.addLocks(2);
		simulator.faults.set({ name: 'unavailable', path: '/locks/get' });
		simulator.addEvent({ event_type: 'lock.locked', device_id: FRONT_DOOR });
		for (let sent = 0; sent < 15; sent += 1) await home.post(lock, { device_id: BACK_DOOR });
		const { data } = await control.send('POST', '/reset');
		expect(data).toMatchObject({ events: [], attempts: [], faults: [] });
		expect(data.devices).toHaveLength(7);
		expect(simulator.device(FRONT_DOOR).properties.locked).toBe(false);
		expect(simulator.requests.all()).toEqual([]);
		expect((await home.post(lock, { device_id: BACK_DOOR })).status).toBe(200);
	});

	it.each([
		['PATCH', frontDoor, { properties: { locked: 'yes' } }, 'properties.locked: Expected boolean'],
		['PATCH', frontDoor, { properties: { battery: { level: 82 } } }, 'properties.battery.level'],
		['PATCH', frontDoor, { device_id: 'another' }, 'device_id: cannot be changed'],
		['PATCH', frontDoor, [], 'JSON object'],
		['PATCH', frontDoor, '{"broken', 'JSON'],
		['POST', '/faults', { name: 'explosion' }, 'Unknown fault "explosion"'],
		['POST', '/faults', { times: 1 }, 'name: Required'],
		['POST', '/faults', undefined, 'name: Required'],
		['POST', '/clock', { advanceSeconds: -1 }, 'advanceSeconds'],
		['POST', '/clock', {}, 'advanceSeconds: Required'],
		['POST', '/events', { device_id: FRONT_DOOR }, 'event_type: Required'],
		[
			'POST',
			'/events',
			{ event_type: 'device.low_battery', device_id: FRONT_DOOR },
			'battery_level',
		],
	] as const)('%s %s %j is a 400 that says why', async (method, path, body, reason) => {
		const before = simulator.device(FRONT_DOOR);
		const { status, data } = await control.send(method, path, body);
		expect([status, Object.keys(data)]).toEqual([400, ['error']]);
		expect(data.error).toContain(reason);
		expect(simulator.device(FRONT_DOOR)).toEqual(before);
	});

	it.each([
		['PATCH', '/devices/nobody', {}, 'There is no device nobody'],
		['POST', '/events', { event_type: 'lock.locked', device_id: 'nobody' }, 'There is no device'],
		['POST', '/attempts/none', { status: 'success', result: {} }, 'There is no action attempt'],
		['POST', '/nothing', {}, 'There is no control POST /nothing'],
	] as const)('%s %s %j is a 404 that says why', async (method, path, body, reason) => {
		const { status, data } = await control.send(method, path, body);
		expect(status).toBe(404);
		expect(data.error).toContain(reason);
	});

	it.each([{ Origin: 'https://evil.example' }, { Host: 'evil.example' }])(
		'prevents pages of other sites from opening the door (%j)',
		async (headers) => {
			const url = `${simulator.url}/_control/devices/${FRONT_DOOR}`;
			const change = { properties: { door_open: true } };
			const { status } = await axios.patch(url, change, { headers, validateStatus: () => true });
			expect(status).toBe(403);
			expect(simulator.device(FRONT_DOOR).properties.door_open).toBe(false);
		},
	);
});
