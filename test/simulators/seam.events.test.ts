import { createClock } from '../../simulators/shared/clock';
import type { SeamSimulator } from '../../simulators/seam/seamSimulator';
import { startSeamSimulator } from '../../simulators/seam/seamSimulator';
import { BACK_DOOR, FRONT_DOOR, GARAGE_DOOR, HOLIDAY_FLAT } from '../../simulators/seam/seed';
import type { SeamClient } from './seamClient';
import { connect } from './seamClient';

const NOON = Date.parse('2026-11-21T12:00:00.000Z');

let simulator: SeamSimulator;
let home: SeamClient;
let holiday: SeamClient;

beforeAll(async () => {
	simulator = await startSeamSimulator({ clock: createClock(NOON) });
	home = connect(simulator);
	holiday = connect(simulator, { Authorization: `Bearer ${simulator.otherWorkspaceApiKey}` });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

describe('events', () => {
	const since = '2026-11-21T00:00:00Z';
	const add = (id: string, minute: number, more: Record<string, unknown> = {}) =>
		simulator.addEvent({
			event_type: 'lock.unlocked',
			device_id: FRONT_DOOR,
			event_id: id,
			created_at: `2026-11-21T11:${String(minute).padStart(2, '0')}:00.000Z`,
			...more,
		});
	const list = async (body: unknown, client = home): Promise<string[]> => {
		const { data } = await client.post('/events/list', body);
		return data.events.map((event) => event.event_id);
	};

	it('newest first, up to the limit', async () => {
		add('b', 20);
		add('a', 10);
		add('c', 30);
		expect(await list({ since })).toEqual(['c', 'b', 'a']);
		expect(await list({ since, limit: 2 })).toEqual(['c', 'b']);
	});

	it('500 unless a limit is given', async () => {
		for (let count = 0; count < 501; count += 1) add(`event ${count}`, 10);
		expect(await list({ since })).toHaveLength(500);
		expect(await list({ since, limit: 501 })).toHaveLength(501);
	});

	it('both ends are exclusive', async () => {
		add('a', 10);
		add('b', 20);
		add('c', 30);
		expect(await list({ since: '2026-11-21T11:10:00Z' })).toEqual(['c', 'b']);
		const between = ['2026-11-21T11:10:00Z', '2026-11-21T11:30:00Z'];
		expect(await list({ between })).toEqual(['b']);
	});

	it.each([
		['neither', {}, 'Must specify either since or between'],
		['both', { since, between: [since, '2026-11-22'] }, 'Cannot specify both since and between'],
		['no date', { since: 'yesterday' }, 'Must be parsable date string if defined for "since"'],
		[
			'a backward range',
			{ between: ['2026-11-22', '2026-11-21'] },
			'second value must be greater than first value for "between"',
		],
	])('refuses %s', async (_name, body, message) => {
		const { status, data } = await home.post('/events/list', body);
		expect(status).toBe(400);
		expect(data.error).toMatchObject({ type: 'invalid_input', message });
	});

	it('filters', async () => {
		add('front', 10);
		add('back', 20, { device_id: BACK_DOOR, access_code_id: 'code 1' });
		add('elsewhere', 30, { device_id: HOLIDAY_FLAT });
		add('denied', 40, { event_type: 'lock.access_denied' });
		expect(await list({ since })).toEqual(['denied', 'back', 'front']);
		expect(await list({ since }, holiday)).toEqual(['elsewhere']);
		expect(await list({ since, device_ids: [BACK_DOOR] })).toEqual(['back']);
		expect(await list({ since, event_types: ['lock.unlocked'] })).toEqual(['back', 'front']);
		expect(await list({ since, access_code_id: 'code 1' })).toEqual(['back']);
		expect(await list({ since, access_code_ids: ['code 1'] })).toEqual(['back']);
		expect(await list({ since, event_ids: ['front'] })).toEqual(['front']);
	});

	it('come back with all their fields, and the device follows', async () => {
		simulator.addEvent({
			event_type: 'lock.locked',
			device_id: FRONT_DOOR,
			method: 'keycode',
			code: '4821',
			access_code_id: 'code 1',
			occurred_at: '2026-11-21T11:58:50.000Z',
		});
		const { data } = await home.post('/events/list', { since });
		expect(data.events).toMatchObject([
			{
				method: 'keycode',
				code: '4821',
				access_code_id: 'code 1',
				workspace_id: simulator.workspaceId,
				occurred_at: '2026-11-21T11:58:50.000Z',
				created_at: new Date(simulator.clock.now()).toISOString(),
			},
		]);
		expect(simulator.device(FRONT_DOOR).properties.locked).toBe(true);
	});

	it.each([
		['device.disconnected', {}, { online: false }],
		['device.low_battery', { battery_level: 0.2 }, { battery: { level: 0.2, status: 'low' } }],
		[
			'device.low_battery',
			{ battery_level: 0.2, accessory_keypad_battery_level: 0.2, device_battery_level: 0.9 },
			{ battery: { level: 0.9 }, accessory_keypad: { battery: { level: 0.2 } } },
		],
	])('%s with %j shows on the device', (event_type, more, properties) => {
		simulator.addEvent({ event_type, device_id: FRONT_DOOR, ...more });
		expect(simulator.device(FRONT_DOOR).properties).toMatchObject(properties);
	});

	it('a late event of an offline lock says nothing about its current bolt', () => {
		simulator.addEvent({ event_type: 'lock.unlocked', device_id: GARAGE_DOOR });
		expect(simulator.device(GARAGE_DOOR).properties).not.toHaveProperty('locked');
	});

	it('device.removed removes the device', async () => {
		simulator.addEvent({ event_type: 'device.removed', device_id: FRONT_DOOR });
		expect((await home.post('/devices/get', { device_id: FRONT_DOOR })).status).toBe(404);
	});
});
