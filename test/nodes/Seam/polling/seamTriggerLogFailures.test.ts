import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import { seamFailure } from '../../../../nodes/Seam/api/seamFailures';
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

/** The log of lock events cannot be read, but the locks can. */

useSeamTriggers();

const PATH = '/events/list';
const openDoor = (door_open: boolean) =>
	rig.simulator.editDevice(FRONT_DOOR, { properties: { door_open } });
const trigger = () =>
	new Poller(rig.engine, rig.engine.node('seamTrigger', { events: ALL_EVENTS }));

it.each([
	['unavailable', 'temporarily-unavailable'],
	['forbidden', 'configuration-invalid'],
	['badRequest', 'configuration-invalid'],
	['notJson', 'temporarily-unavailable'],
] as const)('%s fails the poll, and is logged once', async (name, cause) => {
	const poller = await published();
	rig.simulator.faults.set({ name, path: PATH });
	for (let hour = 0; hour < 5; hour++) {
		minutesPass(60);
		await expect(poller.poll()).rejects.toMatchObject({ ...declared(cause) });
	}
	expect(poller.log).toEqual([
		expect.stringMatching(/^Seam: The lock events could not be read\. /),
	]);
	rig.simulator.faults.clear();
	await poller.poll();
	expect(poller.log.slice(1)).toEqual(['Seam: The lock events can be read again']);
});

it('door events are emitted meanwhile, and lock events afterwards: in order, and once', async () => {
	const poller = await published();
	rig.simulator.faults.set({ name: 'unavailable', path: PATH });
	const told: unknown[] = [];
	const later: unknown[] = [];
	for (const [index, state] of (['unlocked', 'locked', 'unlocked'] as const).entries()) {
		openDoor(state === 'unlocked');
		later.push(lockEvent(state).event_id);
		// longer than a reading waits for its log entry
		for (let minute = 0; minute < 20; minute++) {
			const items = await poller.poll().catch(() => null);
			told.push(...(items?.map(({ event }) => event) ?? []));
			minutesPass(1);
		}
		expect(told.length).toBeGreaterThan(index);
	}
	expect(told.filter((event) => !/left/i.test(String(event)))).toEqual([
		'doorOpened',
		'doorClosed',
		'doorOpened',
	]);
	rig.simulator.faults.clear();
	const items = [...((await poller.poll()) ?? []), ...((await poller.poll()) ?? [])];
	expect(items.filter(({ event }) => event !== 'leftUnlocked').map(({ id }) => id)).toEqual(later);
	minutesPass(30);
	expect(await poller.poll()).toBeNull();
});

it('events not emitted yet prevent a poll from failing, which would lose them', async () => {
	const poller = await published({ events: ['doorClosed', 'locked'] });
	rig.simulator.faults.set({ name: 'unavailable', path: PATH });
	openDoor(true);
	expect(await poller.poll()).toBeNull();
	openDoor(false);
	expect(await poller.events()).toEqual(['doorClosed']);
});

describe('at publishing', () => {
	it('a key that may not read events stops it', async () => {
		rig.simulator.faults.set({ name: 'forbidden', path: PATH });
		await expect(trigger().poll()).rejects.toThrow(/is not allowed to do this/);
	});

	it('a temporary failure does not, and later events are emitted', async () => {
		lockEvent('unlocked');
		minutesPass(1);
		lockEvent('locked');
		minutesPass(1);
		rig.simulator.faults.set({ name: 'unavailable', path: PATH });
		const poller = trigger();
		expect(await poller.poll()).toBeNull();
		minutesPass(1);
		const ids = (['unlocked', 'locked'] as const).map((state) => {
			rig.time.advance(1);
			return lockEvent(state).event_id;
		});
		rig.simulator.faults.clear();
		expect((await poller.poll())!.map(({ id }) => id)).toEqual(ids);
	});
});

it('a limit of the log leaves what was read', async () => {
	const poller = await published();
	openDoor(true);
	rig.simulator.faults.set({ name: 'rateLimited', times: 1, retryAfterSeconds: 600, path: PATH });
	expect(await poller.poll()).toMatchObject([{ event: 'doorOpened', status: { lock: 'locked' } }]);
	expect(poller.log).toEqual([expect.stringMatching(/^Seam: Nothing is read until /)]);
});

it('events of chosen locks that were read before a limit are emitted', async () => {
	const ids = rig.simulator.addLocks(600);
	const [first, last] = [ids[0]!, ids[599]!];
	const openBoth = (door_open: boolean) => {
		for (const id of [first, last]) rig.simulator.editDevice(id, { properties: { door_open } });
	};
	openBoth(false);
	const poller = await published({ deviceIds: ids, events: ['doorOpened', 'locked'] });
	openBoth(true);
	const real = rig.simulator.requests.add.bind(rig.simulator.requests);
	const add = jest.spyOn(rig.simulator.requests, 'add');
	let count = 0;
	add.mockImplementation((entry) => {
		if (++count > 1) rig.simulator.faults.set({ name: 'rateLimited', retryAfterSeconds: 600 });
		return real(entry);
	});
	expect((await poller.poll())!.map(({ deviceId }) => deviceId)).toEqual([first]);
	add.mockRestore();
	rig.simulator.faults.clear();
	minutesPass(11);
	expect((await poller.poll())!.map(({ deviceId }) => deviceId)).toEqual([last]);
});

it.each([
	'{"events":[{"event_id":"a","event_type":"lock.unlocked","code":"471108150","device_id":"b"',
	'[{"event_id":"a", "code": "471108150"}]',
	'"{\\"code\\":\\"471108150\\"}"',
])('a PIN is not shown of an answer that is broken: %s', (text) => {
	const { detail } = seamFailure({ status: 200, headers: {}, text, json: undefined });
	expect(detail).toBe('The answer is incomplete');
});

it("but a proxy's answer is", () => {
	const text = '<h1>Error code: 502</h1>';
	const { detail } = seamFailure({ status: 502, headers: {}, text, json: undefined });
	expect(detail).toContain('Error code: 502');
});
