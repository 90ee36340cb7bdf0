import { BACK_DOOR, FRONT_DOOR, GARAGE_DOOR, OFFICE_DOOR } from '../../../../simulators/seam/seed';
import { declared } from '../../../support/hostFeatures';
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

const openDoor = (door_open: boolean) =>
	rig.simulator.editDevice(FRONT_DOOR, { properties: { door_open } });

it('emits nothing at first or without a change, and makes two calls a poll', async () => {
	const poller = await published();
	const before = poller.state;
	rig.simulator.requests.clear();
	expect(await poller.poll()).toBeNull();
	expect(rig.calls()).toEqual(['/devices/list', '/events/list']);
	expect(poller.state).toBe(before);
});

it('makes one call when no lock event is chosen', async () => {
	const poller = await published({ events: ['doorOpened'] });
	rig.simulator.requests.clear();
	await poller.poll();
	expect(rig.calls()).toEqual(['/devices/list']);
});

it('reports what was unlocked, how, and the id of the code, but never the code', async () => {
	const poller = await published();
	const event = lockEvent('unlocked', {
		method: 'keycode',
		code: '471108150',
		access_code_id: 'code-1',
	});
	const items = await poller.poll();
	expect(items).toHaveLength(1);
	expect(items![0]).toEqual({
		id: event.event_id,
		event: 'unlocked',
		service: 'seam',
		deviceId: FRONT_DOOR,
		name: 'Front door',
		part: 'lock',
		from: 'locked',
		to: 'unlocked',
		observedAt: event.occurred_at,
		previousObservedAt: null,
		detectedAt: expect.stringMatching(/Z$/) as string,
		text: 'Front door was unlocked with a code',
		method: 'keycode',
		accessCodeId: 'code-1',
		guestCode: {
			accessCodeId: 'code-1',
			name: null,
			bookingReference: null,
			guestName: null,
		},
		status: expect.objectContaining({ lock: 'unlocked', secure: false }) as object,
	});
	expect(JSON.stringify(items)).not.toContain('471108150');
	expect(poller.state).not.toContain('471108150');
	expect(await poller.poll()).toBeNull();
});

it('emits lock, unlock and lock between two polls, in the order in which they happened', async () => {
	const poller = await published();
	const ids = (['unlocked', 'locked', 'unlocked'] as const).map((state) => {
		rig.time.advance(5);
		return lockEvent(state, { method: 'manual' }).event_id;
	});
	const items = await poller.poll();
	expect(items!.map(({ id }) => id)).toEqual(ids);
	expect(items!.map(({ from, to }) => [from, to])).toEqual([
		['locked', 'unlocked'],
		['unlocked', 'locked'],
		['locked', 'unlocked'],
	]);
});

it('finds an event that Seam created late, and sorts events by when they happened', async () => {
	const poller = await published();
	const now = rig.simulator.clock.now();
	const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();
	lockEvent('locked', { occurred_at: at(-10), created_at: at(0) });
	lockEvent('unlocked', { occurred_at: at(-30), created_at: at(-1) });
	expect(await poller.events()).toEqual(['unlocked', 'locked']);
	minutesPass(2);
	// created at the time of the event, and listed only now
	lockEvent('unlocked', { occurred_at: at(-20), created_at: at(-2), event_id: 'late' });
	rig.simulator.editDevice(FRONT_DOOR, { properties: { locked: true } });
	const items = await poller.poll();
	expect(items!.map(({ id }) => id)).toEqual(['late']);
	// it does not bring back the earlier state
	minutesPass(1);
	expect(await poller.poll()).toBeNull();
});

it('emits door events, which are not in the event log, with ids that count the changes', async () => {
	const poller = await published();
	openDoor(true);
	const [opened] = (await poller.poll())!;
	expect(opened).toMatchObject({
		event: 'doorOpened',
		part: 'doors.door',
		from: 'closed',
		to: 'open',
		observedAt: null,
		text: 'The door of Front door was opened',
		status: { doors: { door: 'open' }, secure: false },
	});
	expect(opened).not.toHaveProperty('method');
	openDoor(false);
	expect(await poller.events()).toEqual(['doorClosed']);
	openDoor(true);
	const [again] = (await poller.poll())!;
	expect(again!.id).not.toBe(opened!.id);
});

it('emits the same ids when n8n repeats a poll after a crash', async () => {
	const poller = await published();
	const stored = poller.state;
	lockEvent('unlocked');
	openDoor(true);
	const first = await poller.poll();
	poller.restart(stored);
	const second = await poller.poll();
	expect(second!.map(({ id }) => id)).toEqual(first!.map(({ id }) => id));
	poller.restart();
	expect(await poller.poll()).toBeNull();
});

it('emits nothing while a lock is offline, and only the changes when it is back', async () => {
	const poller = await published();
	rig.simulator.editDevice(FRONT_DOOR, { properties: { online: false } });
	expect(await poller.poll()).toBeNull();
	minutesPass(5);
	rig.simulator.editDevice(FRONT_DOOR, { properties: { online: true } });
	expect(await poller.poll()).toBeNull();
	openDoor(true);
	expect(await poller.events()).toEqual(['doorOpened']);
});

it('believes a reading without an event when the next poll still shows it', async () => {
	const poller = await published();
	rig.simulator.editDevice(FRONT_DOOR, { properties: { locked: false } });
	// an event may be on its way
	expect(await poller.poll()).toBeNull();
	minutesPass(1);
	expect(await poller.poll()).toBeNull();
	minutesPass(1);
	const [item] = (await poller.poll())!;
	expect(item).toMatchObject({ event: 'unlocked', observedAt: null, from: 'locked' });
	// the event arrives after all
	const occurred_at = new Date(rig.simulator.clock.now() - 150_000).toISOString();
	lockEvent('unlocked', { occurred_at });
	minutesPass(1);
	expect(await poller.poll()).toBeNull();
});

it('follows the readings of a lock that logs nothing', async () => {
	const poller = await published();
	for (const [locked, event] of [
		[false, 'unlocked'],
		[true, 'locked'],
		[false, 'unlocked'],
	] as const) {
		rig.simulator.editDevice(FRONT_DOOR, { properties: { locked } });
		minutesPass(1);
		expect(await poller.poll()).toBeNull();
		minutesPass(2);
		expect(await poller.events()).toEqual([event]);
	}
});

it('does not fall back to a reading that is behind the log', async () => {
	const poller = await published({ events: ['locked', 'unlocked'] });
	lockEvent('unlocked');
	rig.simulator.editDevice(FRONT_DOOR, { properties: { locked: true } });
	const [item] = (await poller.poll())!;
	expect(item).toMatchObject({ event: 'unlocked', status: { lock: 'unlocked' } });
	for (let minute = 1; minute <= 10; minute++) {
		minutesPass(1);
		expect(await poller.poll()).toBeNull();
	}
	minutesPass(10);
	expect(await poller.events()).toEqual(['locked']);
});

describe('left unlocked, left open', () => {
	it('comes once for each time, from when Seam says it was unlocked', async () => {
		rig.simulator.editDevice(OFFICE_DOOR, { properties: { locked: false } });
		const poller = await published({ events: ['leftUnlocked'], leftMinutes: 10 });
		const { occurred_at } = lockEvent('unlocked');
		minutesPass(8);
		expect(await poller.poll()).toBeNull();
		minutesPass(2.1);
		const items = (await poller.poll())!;
		expect(items.map(({ name, event, from }) => [name, event, from])).toEqual([
			['Office', 'leftUnlocked', null],
			['Front door', 'leftUnlocked', null],
		]);
		expect(items[1]).toMatchObject({
			observedAt: occurred_at,
			text: 'Front door was left unlocked for 10 minutes',
		});
		poller.restart();
		minutesPass(30);
		expect(await poller.poll()).toBeNull();
		lockEvent('locked');
		minutesPass(1);
		lockEvent('unlocked');
		expect(await poller.poll()).toBeNull();
		minutesPass(11);
		expect(await poller.events()).toEqual(['leftUnlocked']);
	});

	it('does not come for what is over, however long it was so', async () => {
		const poller = await published({
			events: ['leftUnlocked', 'locked', 'unlocked'],
			leftMinutes: 10,
			deviceIds: [FRONT_DOOR],
		});
		lockEvent('unlocked');
		minutesPass(20);
		lockEvent('locked');
		minutesPass(1);
		lockEvent('unlocked');
		minutesPass(5);
		lockEvent('locked');
		minutesPass(60);
		expect(await poller.events()).toEqual(['unlocked', 'locked', 'unlocked', 'locked']);
	});

	it('comes for a door from when it was first seen open', async () => {
		const poller = await published({ events: ['doorLeftOpen'], leftMinutes: 5 });
		openDoor(true);
		expect(await poller.poll()).toBeNull();
		minutesPass(4);
		expect(await poller.poll()).toBeNull();
		minutesPass(1);
		expect(await poller.poll()).toMatchObject([
			{ event: 'doorLeftOpen', part: 'doors.door', to: 'open' },
		]);
		expect(await poller.poll()).toBeNull();
	});
});

it('watches only the locks that were chosen', async () => {
	const poller = await published({ deviceIds: [BACK_DOOR, FRONT_DOOR] });
	rig.simulator.addEvent({ event_type: 'lock.unlocked', device_id: GARAGE_DOOR });
	lockEvent('unlocked');
	expect((await poller.poll())!.map(({ deviceId }) => deviceId)).toEqual([FRONT_DOOR]);
	expect(rig.calls()).toContain('/devices/list');
});

it('keeps its state when other locks or events are chosen', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR], events: ['doorOpened'] });
	poller.change({ deviceIds: [OFFICE_DOOR] });
	expect(await poller.poll()).toBeNull();
	openDoor(true);
	poller.change({ deviceIds: [FRONT_DOOR, OFFICE_DOOR] });
	expect(await poller.events()).toEqual(['doorOpened']);
});

it('does not emit old log events when locks are watched again', async () => {
	const poller = await published({ events: ['locked', 'unlocked'] });
	poller.change({ events: ['doorOpened'] });
	await poller.poll();
	lockEvent('unlocked');
	lockEvent('locked');
	minutesPass(10);
	poller.change({ events: ['locked', 'unlocked'] });
	expect(await poller.poll()).toBeNull();
	lockEvent('unlocked');
	expect(await poller.events()).toEqual(['unlocked']);
});

it('takes the current state of a new lock as its baseline', async () => {
	const poller = await published();
	const [id = ''] = rig.simulator.addLocks(2);
	expect(await poller.poll()).toBeNull();
	minutesPass(1);
	rig.simulator.addEvent({ event_type: 'lock.unlocked', device_id: id });
	expect(await poller.events()).toEqual(['unlocked']);
});

it('splits the span when there are more events than Seam lists at once', async () => {
	const poller = await published({ events: ['locked', 'unlocked'] });
	const ids: unknown[] = [];
	for (let n = 0; n < 1200; n++) {
		rig.time.advance(1);
		ids.push(lockEvent(n % 2 === 0 ? 'unlocked' : 'locked').event_id);
	}
	const items = (await poller.poll())!;
	expect(items.map(({ id }) => id)).toEqual(ids);
	expect(await poller.poll()).toBeNull();
});

it('waits as long as Seam says at a rate limit, across a restart, and logs it once', async () => {
	const poller = await published();
	lockEvent('unlocked');
	rig.simulator.faults.set({ name: 'rateLimited', retryAfterSeconds: 300 });
	expect(await poller.poll()).toBeNull();
	expect(poller.log).toEqual([
		expect.stringMatching(/^Seam: Nothing is read until .* receiving too many requests/),
	]);
	rig.simulator.faults.clear();
	rig.simulator.requests.clear();
	poller.restart();
	minutesPass(4);
	expect(await poller.poll()).toBeNull();
	expect(rig.calls()).toEqual([]);
	expect(poller.log).toHaveLength(1);
	minutesPass(1.1);
	expect(await poller.events()).toEqual(['unlocked']);
});

it('resets to a baseline when the stored state is invalid', async () => {
	const poller = await published();
	const broken = [
		{ 'node:Node': { watch: { version: 0, devices: { [FRONT_DOOR]: 'locked' } } } },
		{ 'node:Node': { watch: { version: 1, devices: { [FRONT_DOOR]: { known: { name: 5 } } } } } },
		{ 'node:Node': { watch: 'nonsense' } },
		{ 'node:Node': { watch: { version: 1, devices: {}, log: { cursorMs: 'x', seen: [] } } } },
	];
	for (const state of broken) {
		lockEvent('unlocked');
		poller.restart(JSON.stringify(state));
		expect(await poller.poll()).toBeNull();
		minutesPass(1);
		lockEvent('locked');
		expect(await poller.events()).toEqual(['locked']);
	}
});

describe('Fetch Test Event', () => {
	it('shows every chosen event, and touches no state', async () => {
		const poller = await published();
		const before = poller.state;
		openDoor(true);
		const samples = (await poller.poll({ mode: 'manual' }))!;
		expect(samples.map(({ event }) => event)).toEqual(ALL_EVENTS);
		for (const { text, status } of samples) {
			expect(text).toMatch(/^Sample: .*Back door was /);
			expect(status).toMatchObject({ lock: 'locked', doors: { door: 'closed' } });
		}
		expect(poller.state).toBe(before);
		const [real] = (await poller.poll())!;
		const sample = samples.find(({ event }) => event === 'doorOpened')!;
		expect(Object.keys(sample)).toEqual(Object.keys(real!));
		lockEvent('unlocked');
		const [unlocked] = (await poller.poll())!;
		expect(Object.keys(samples.at(-1)!)).toEqual(Object.keys(unlocked!));
	});
});

describe('what stops the publishing', () => {
	it('a wrong key, with a sentence about the key', async () => {
		rig.setCredential({ apiKey: 'seam_wrong' });
		const poller = new Poller(rig.engine, rig.engine.node('seamTrigger', {}));
		await expect(poller.poll()).rejects.toThrow(/does not accept the key/);
	});

	it('no event, or one that Seam does not have', async () => {
		for (const events of [[], ['windowOpened'], ['windowLeftOpen'], ['leftOpen'], 5]) {
			const poller = new Poller(rig.engine, rig.engine.node('seamTrigger', { events }));
			await expect(poller.poll()).rejects.toThrow(/'Trigger On'/);
		}
	});

	it('but not a service that is down; the baseline comes later', async () => {
		rig.simulator.faults.set({ name: 'unavailable', times: 1 });
		const poller = await published();
		expect(await poller.poll()).toBeNull();
		lockEvent('unlocked');
		expect(await poller.events()).toEqual(['unlocked']);
	});
});

it('fails when Seam is down later on, and loses nothing by it', async () => {
	const poller = await published();
	lockEvent('unlocked');
	rig.simulator.faults.set({ name: 'unavailable', times: 1 });
	const failed = poller.poll();
	await expect(failed).rejects.toMatchObject({
		...declared('temporarily-unavailable'),
	});
	expect(await poller.events()).toEqual(['unlocked']);
});

it('ids of door events are not reused after the node was renamed or reset', async () => {
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

it('after an answer that asks to wait no call is made', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR] });
	rig.simulator.requests.clear();
	rig.simulator.faults.set({ name: 'rateLimited', retryAfterSeconds: 60 });
	expect(await poller.poll()).toBeNull();
	expect(rig.calls()).toHaveLength(1);
});
