import { BACK_DOOR, FRONT_DOOR, OFFICE_DOOR } from '../../../../simulators/seam/seed';
import { ServiceClient } from '../../../../nodes/shared/http/client';
import { Poller } from '../../../support/poller';
import {
	ALL_EVENTS,
	rig,
	lockEvent,
	minutesPass,
	published,
	useSeamTriggers,
} from '../../../support/seamTriggers';

useSeamTriggers();

it.each([[[FRONT_DOOR]], [[FRONT_DOOR, BACK_DOOR]]])(
	'log events are not lost when only the reading of chosen locks meets a rate limit',
	async (deviceIds) => {
		const poller = await published({ deviceIds });
		const { event_id } = lockEvent('unlocked', { method: 'keycode' });
		rig.simulator.faults.set({ name: 'rateLimited', times: 1, retryAfterSeconds: 60 });
		expect(await poller.poll()).toBeNull();
		minutesPass(2);
		const told = [...((await poller.poll()) ?? [])];
		minutesPass(1);
		told.push(...((await poller.poll()) ?? []));
		expect(told.map(({ id }) => id)).toEqual([event_id]);
	},
);

it('log events of a lock that is read late on are not lost when unlocked and locked again', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR] });
	lockEvent('unlocked');
	lockEvent('locked');
	rig.simulator.faults.set({ name: 'rateLimited', times: 1, retryAfterSeconds: 60 });
	expect(await poller.poll()).toBeNull();
	minutesPass(2);
	expect(await poller.events()).toEqual(['unlocked', 'locked']);
});

it('a chosen lock that is missing from one answer loses no log event', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR, BACK_DOOR] });
	lockEvent('unlocked');
	rig.time.advance(1);
	lockEvent('locked');
	rig.simulator.editDevice(FRONT_DOOR, { is_managed: false });
	const one = await poller.events();
	rig.simulator.editDevice(FRONT_DOOR, { is_managed: true });
	minutesPass(1);
	expect([...one, ...(await poller.events())]).toEqual(['unlocked', 'locked']);
});

it('lock emitted from a reading first: late entries do not repeat the next change', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR], events: ['locked', 'unlocked'] });
	const now = rig.simulator.clock.now();
	rig.simulator.editDevice(FRONT_DOOR, { properties: { locked: false } });
	expect(await poller.poll()).toBeNull();
	minutesPass(2);
	const told = [...(await poller.events())];
	expect(told).toEqual(['unlocked']);
	minutesPass(1);
	// the maker is asked again: it was locked before the poll that reported 'unlocked'
	lockEvent('unlocked', { occurred_at: new Date(now - 60_000).toISOString() });
	lockEvent('locked', { occurred_at: new Date(now + 30_000).toISOString() });
	for (let minute = 0; minute < 25; minute++) {
		told.push(...(await poller.events()));
		minutesPass(1);
	}
	expect(told).toEqual(['unlocked', 'locked']);
});

it('more than 500 events of one instant do not end in endless questions', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR], events: ['locked', 'unlocked'] });
	for (let n = 0; n < 501; n++) lockEvent(n % 2 === 0 ? 'unlocked' : 'locked');
	minutesPass(1);
	rig.simulator.requests.clear();
	const poll = poller.poll({ budgetMs: 30_000 });
	const add = jest.spyOn(rig.simulator.requests, 'add');
	let count = 0;
	add.mockImplementation(() => {
		count++;
		// ends after all
		if (count > 300) rig.time.advance(60);
	});
	await poll;
	add.mockRestore();
	expect(count).toBeLessThan(100);
}, 60_000);

it('after a long standstill a large log is caught up in several polls', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR], events: ['locked', 'unlocked'] });
	for (let n = 0; n < 20_000; n++) {
		rig.time.advance(10);
		lockEvent(n % 2 === 0 ? 'unlocked' : 'locked');
	}
	const add = jest.spyOn(rig.simulator.requests, 'add');
	// 400 milliseconds a call; n8n's durable polls have 36 seconds
	add.mockImplementation(() => rig.time.advance(0.4));
	const told = new Set<unknown>();
	const outcomes: unknown[] = [];
	for (let poll = 0; poll < 3; poll++) {
		const items = await poller.poll({ budgetMs: 36_000 }).catch((e: Error) => e.message);
		outcomes.push(typeof items === 'string' ? items : items?.length);
		if (Array.isArray(items)) for (const { id } of items) told.add(id);
		minutesPass(1);
	}
	add.mockRestore();
	expect(told.size).toBeGreaterThan(0);
}, 120_000);

it('ids of a door do not come again after the node was renamed or reset', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR], events: ['doorOpened'] });
	rig.simulator.editDevice(FRONT_DOOR, { properties: { door_open: true } });
	const [first] = (await poller.poll())!;
	rig.simulator.editDevice(FRONT_DOOR, { properties: { door_open: false } });
	await poller.poll();
	// n8n stores the state under the node's name
	poller.restart('{}');
	minutesPass(60);
	expect(await poller.poll()).toBeNull();
	minutesPass(60);
	rig.simulator.editDevice(FRONT_DOOR, { properties: { door_open: true } });
	const [second] = (await poller.poll())!;
	expect(second!.id).not.toBe(first!.id);
});

it('Fetch Test Event with a first lock that is gone shows the others', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR] });
	poller.change({ deviceIds: ['00000000-0000-4000-8000-000000000000', FRONT_DOOR] });
	const samples = await poller.poll({ mode: 'manual' });
	expect(samples).toHaveLength(ALL_EVENTS.length);
});

it('all locks: one that is missing from one list loses no log event', async () => {
	const poller = await published();
	lockEvent('unlocked');
	rig.time.advance(1);
	lockEvent('locked');
	rig.simulator.editDevice(FRONT_DOOR, { is_managed: false });
	const one = await poller.events();
	rig.simulator.editDevice(FRONT_DOOR, { is_managed: true });
	minutesPass(1);
	expect([...one, ...(await poller.events())]).toEqual(['unlocked', 'locked']);
});

it('all locks: one that leaves the list is logged once, by its name', async () => {
	const poller = await published();
	rig.simulator.editDevice(OFFICE_DOOR, { is_managed: false });
	for (let n = 0; n < 3; n++) {
		expect(await poller.poll()).toBeNull();
		minutesPass(1);
	}
	expect(poller.log).toEqual(['Seam: Office is no longer listed, and not read any more']);
	rig.simulator.editDevice(OFFICE_DOOR, { is_managed: true });
	await poller.poll();
	rig.simulator.editDevice(OFFICE_DOOR, { is_managed: false });
	minutesPass(1);
	await poller.poll();
	expect(poller.log).toHaveLength(2);
});

it('locks that are no longer chosen have left no list', async () => {
	const poller = await published();
	poller.change({ deviceIds: [FRONT_DOOR] });
	await poller.poll();
	poller.change({ deviceIds: [] });
	await poller.poll();
	expect(poller.log).toEqual([]);
});

it('an id in upper case does not break the poll', async () => {
	const [id = ''] = rig.simulator
		.devices()
		.map(({ device_id }) => device_id)
		.filter((d) => /[a-f]/.test(d));
	const given = id === '' ? 'AAAAAAAA-1111-4111-8111-111111111111' : id.toUpperCase();
	// Seam compares UUIDs by value, the simulator by letter
	const list = jest.spyOn(ServiceClient.prototype, 'send').mockImplementation(async ({ path }) => {
		const device = (device_id: string) => ({
			device_id,
			device_type: 'august_lock',
			properties: { locked: true, online: true },
		});
		const json =
			path === '/events/list'
				? { events: [] }
				: { devices: [device(given.toLowerCase()), device(BACK_DOOR)] };
		return await Promise.resolve({ status: 200, headers: {}, text: '', json });
	});
	const node = rig.engine.node('seamTrigger', {
		events: ALL_EVENTS,
		deviceIds: [given, BACK_DOOR],
	});
	const poller = new Poller(rig.engine, node);
	const outcome = await poller.poll().catch((error: Error) => error.message);
	list.mockRestore();
	expect(outcome).toBeNull();
});

it('left unlocked does not come for a lock that locks itself without an event', async () => {
	const poller = await published({
		deviceIds: [FRONT_DOOR],
		events: ['leftUnlocked', 'unlocked'],
		leftMinutes: 10,
	});
	const told: unknown[] = [];
	for (let minute = 0; minute < 40; minute++) {
		// two visitors, the second before readings override the log again
		if (minute === 0 || minute === 12) {
			lockEvent('unlocked');
			rig.simulator.editDevice(FRONT_DOOR, { properties: { locked: true } });
		}
		told.push(...(await poller.events()));
		minutesPass(1);
	}
	expect(told).toEqual(['unlocked', 'unlocked']);
});

it('no further call follows an answer that says to wait', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR] });
	rig.simulator.requests.clear();
	rig.simulator.faults.set({ name: 'rateLimited', retryAfterSeconds: 60 });
	expect(await poller.poll()).toBeNull();
	expect(rig.calls()).toHaveLength(1);
});

it('a lock that a newer reading shows unlocked is not secure, though the event log is silent', async () => {
	rig.simulator.editDevice(FRONT_DOOR, { properties: { locked: true, door_open: true } });
	const poller = await published({ events: ALL_EVENTS });
	rig.simulator.editDevice(FRONT_DOOR, { properties: { locked: false, door_open: false } });
	expect(await poller.poll()).toMatchObject([
		{ event: 'doorClosed', status: { lock: 'unlocked', secure: false } },
	]);
});
