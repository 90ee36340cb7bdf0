import { BACK_DOOR, FRONT_DOOR } from '../../../../simulators/seam/seed';
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

it('log events are not lost when a lock is unlocked and locked before it can be read', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR] });
	lockEvent('unlocked');
	lockEvent('locked');
	rig.simulator.faults.set({ name: 'rateLimited', times: 1, retryAfterSeconds: 60 });
	expect(await poller.poll()).toBeNull();
	minutesPass(2);
	expect(await poller.events()).toEqual(['unlocked', 'locked']);
});

it('after an event from a reading, late log entries do not repeat the change', async () => {
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

it('left unlocked is not emitted for a lock that locks itself without a log entry', async () => {
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

it('a lock that a newer reading shows unlocked is not secure, though the event log is silent', async () => {
	rig.simulator.editDevice(FRONT_DOOR, { properties: { locked: true, door_open: true } });
	const poller = await published({ events: ALL_EVENTS });
	rig.simulator.editDevice(FRONT_DOOR, { properties: { locked: false, door_open: false } });
	expect(await poller.poll()).toMatchObject([
		{ event: 'doorClosed', status: { lock: 'unlocked', secure: false } },
	]);
});
