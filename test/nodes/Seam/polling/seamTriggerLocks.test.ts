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

it.each([
	['chosen', { deviceIds: [FRONT_DOOR, BACK_DOOR] }],
	['all', {}],
])('%s locks: one that is missing from one answer loses no log event', async (_, chosen) => {
	const poller = await published(chosen);
	lockEvent('unlocked');
	rig.time.advance(1);
	lockEvent('locked');
	rig.simulator.editDevice(FRONT_DOOR, { is_managed: false });
	const one = await poller.events();
	rig.simulator.editDevice(FRONT_DOOR, { is_managed: true });
	minutesPass(1);
	expect([...one, ...(await poller.events())]).toEqual(['unlocked', 'locked']);
});

it('Fetch Test Event with a first lock that is gone shows the others', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR] });
	poller.change({ deviceIds: ['00000000-0000-4000-8000-000000000000', FRONT_DOOR] });
	const samples = await poller.poll({ mode: 'manual' });
	expect(samples).toHaveLength(ALL_EVENTS.length);
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

it('locks that are no longer chosen are not logged as unlisted', async () => {
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
