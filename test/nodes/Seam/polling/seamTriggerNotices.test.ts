import type { IDataObject } from 'n8n-workflow';

import { BACK_DOOR, FRONT_DOOR, OFFICE_DOOR } from '../../../../simulators/seam/seed';
import {
	lockEvent,
	minutesPass,
	published,
	rig,
	useSeamTriggers,
} from '../../../support/seamTriggers';

useSeamTriggers();

const NOTICES = ['accessDenied', 'deviceConnected', 'deviceDisconnected', 'lowBattery'];
const happens = (event_type: string, more: IDataObject = {}) =>
	rig.simulator.addEvent({ event_type, device_id: FRONT_DOOR, ...more });
const denied = (more: IDataObject = {}) =>
	happens('lock.access_denied', {
		reason: { reason_code: 'expired_code', message: '471108150' },
		...more,
	});

it.each([
	['lock.access_denied', { reason: { reason_code: 'expired_code' }, access_code_id: 'c1' }],
	['device.disconnected', { error_code: 'hub_disconnected' }],
	['device.connected', {}],
	['device.low_battery', { battery_level: 0.12 }],
])('emits %s with the same id and fields as the webhook, once', async (type, more) => {
	const poller = await published({ events: NOTICES });
	const { event_id } = happens(type, more);
	const items = (await poller.poll())!;
	expect(items).toMatchObject([
		{ id: event_id, service: 'seam', deviceId: FRONT_DOOR, name: 'Front door', part: null },
	]);
	expect(items[0]!.status).toMatchObject({ deviceId: FRONT_DOOR });
	minutesPass(1);
	expect(await poller.poll()).toBeNull();
	poller.restart();
	minutesPass(1);
	expect(await poller.poll()).toBeNull();
});

it('says what happened in words, without the words of the one who typed', async () => {
	const poller = await published({ events: NOTICES });
	denied();
	minutesPass(1);
	happens('device.disconnected', { error_code: 'hub_disconnected' });
	minutesPass(1);
	happens('device.low_battery', { battery_level: 0.12 });
	const items = (await poller.poll())!;
	expect(items).toMatchObject([
		{ reason: 'expired_code', text: 'Access was denied at Front door: expired code' },
		{ reason: 'hub_disconnected', text: 'Front door is no longer connected' },
		{ batteryLevel: 0.12, text: 'The battery of Front door is low (12 %)' },
	]);
	expect(JSON.stringify([items, poller.state, poller.log])).not.toContain('471108150');
});

it('makes no further call for them', async () => {
	const poller = await published({ events: [...NOTICES, 'unlocked', 'doorOpened'] });
	rig.simulator.requests.clear();
	denied();
	await poller.poll();
	const paths = rig.simulator.requests.all().map(({ path }) => path);
	expect(paths.filter((path) => path === '/events/list')).toHaveLength(1);
	expect(paths).toHaveLength(2);
});

it('puts changes and notices in the order in which they happened', async () => {
	const poller = await published({ events: [...NOTICES, 'locked', 'unlocked'] });
	denied();
	minutesPass(1);
	lockEvent('unlocked');
	minutesPass(1);
	denied();
	expect(await poller.events()).toEqual(['accessDenied', 'unlocked', 'accessDenied']);
});

it('loses nothing of a poll that fails, and emits an event that Seam lists late', async () => {
	const poller = await published({ events: NOTICES });
	denied();
	rig.simulator.faults.set({ name: 'internalError', path: '/events/list' });
	await poller.poll().catch(() => null);
	rig.simulator.faults.clear();
	minutesPass(1);
	expect(await poller.events()).toEqual(['accessDenied']);
	const at = new Date(rig.simulator.clock.now() - 120_000).toISOString();
	happens('device.connected', { created_at: at, occurred_at: at });
	minutesPass(1);
	expect(await poller.events()).toEqual(['deviceConnected']);
});

it('begins with what happens after an event was chosen', async () => {
	const poller = await published({ events: ['unlocked'] });
	denied();
	minutesPass(1);
	expect(await poller.poll()).toBeNull();
	poller.change({ events: ['unlocked', 'accessDenied'] });
	minutesPass(1);
	expect(await poller.poll()).toBeNull();
	denied();
	minutesPass(1);
	expect(await poller.events()).toEqual(['accessDenied']);
});

it('leaves out locks that are not chosen, and devices that are no locks', async () => {
	const poller = await published({ events: NOTICES, deviceIds: [BACK_DOOR] });
	denied();
	happens('device.connected', { device_id: BACK_DOOR });
	expect(await poller.poll()).toMatchObject([{ deviceId: BACK_DOOR }]);
	const all = await published({ events: NOTICES });
	rig.simulator.addEvent({ event_type: 'device.connected', device_id: OFFICE_DOOR });
	expect(await all.poll()).toMatchObject([{ deviceId: OFFICE_DOOR }]);
});

it('gives a sample of each in the editor', async () => {
	const poller = await published({ events: NOTICES });
	const items = (await poller.poll({ mode: 'manual' }))!;
	expect(items.map(({ event }) => event).sort()).toEqual(NOTICES);
	expect(items.map(({ text }) => text)).toContainEqual('Sample: Back door is connected');
});
