import type { IDataObject } from 'n8n-workflow';

import { FRONT_DOOR, HALL_THERMOSTAT } from '../../../../simulators/seam/seed';
import { createCode, deleteCode, PIN, renameCode } from '../../../support/seamCodes';
import { rig, SeamPush, push, usePublishedPush } from '../../../support/seamPush';

usePublishedPush();

const CODE_EVENTS = ['guestCodeFailed', 'guestCodeFirstUse', 'guestCodeReady', 'guestCodeRemoved'];
const ANN = { name: '[B-1042] Ann', bookingReference: 'B-1042', guestName: 'Ann' };

let guests: SeamPush | undefined;
afterEach(async () => {
	await guests?.host.close();
	guests = undefined;
});
async function watching(parameters: IDataObject = {}): Promise<SeamPush> {
	guests = await SeamPush.published(rig, { events: CODE_EVENTS, ...parameters });
	return guests;
}
/** Lets time pass, and waits for the deliveries. */
async function pass(watcher: SeamPush, minutes: number): Promise<void> {
	rig.time.advance(minutes * 60);
	await watcher.arrived();
}
const typed = () => rig.simulator.codes.enter(FRONT_DOOR, PIN);
const told = ({ host }: SeamPush) => JSON.stringify([host.items, host.log]);
const eventsOf = ({ host }: SeamPush) => host.items.map(({ event }) => event);

it('says whose code opened the door, and whose was refused', async () => {
	const accessCodeId = await createCode(rig.simulator);
	rig.time.advance(60);
	await push.happens('lock.unlocked', {
		method: 'keycode',
		access_code_id: accessCodeId,
		code: PIN,
	});
	await push.happens('lock.access_denied', { access_code_id: accessCodeId, code: PIN });
	await push.happens('lock.locked', { method: 'manual' });
	expect(push.host.items).toMatchObject([
		{
			event: 'unlocked',
			guestCode: { accessCodeId, ...ANN },
			text: 'Front door was unlocked with the code of booking B-1042 (Ann)',
		},
		{ event: 'accessDenied', guestCode: { accessCodeId, ...ANN } },
		{ event: 'locked', guestCode: null },
	]);
	expect(told(push)).not.toContain(PIN);
});

it('an event comes without a name while the codes cannot be listed', async () => {
	const id = await createCode(rig.simulator);
	rig.simulator.faults.set({ name: 'internalError', path: '/access_codes/list' });
	await push.happens('lock.unlocked', { method: 'keycode', access_code_id: id });
	expect(push.statuses).toEqual([200]);
	expect(push.host.items).toMatchObject([
		{ event: 'unlocked', guestCode: { accessCodeId: id, name: null, bookingReference: null } },
	]);
	expect(push.host.log).toEqual([expect.stringMatching(/could not be listed/)]);
	// each other reason is logged, too, and the event is never lost
	rig.setCredential({ apiKey: 'seam_pk1_token' });
	push.host.node.parameters.onlyTheseCodes = 'B-1042';
	for (let use = 0; use < 2; use++) {
		await push.happens('lock.unlocked', { method: 'keycode', access_code_id: id });
	}
	expect(push.host.items.slice(1)).toMatchObject([
		{ event: 'unlocked', guestCode: { accessCodeId: id, name: null } },
		{ event: 'unlocked', guestCode: { accessCodeId: id, name: null } },
	]);
	const ofCodes = push.host.log.filter((line) => line.includes('could not be listed'));
	expect(ofCodes).toEqual([
		expect.stringContaining('Seam'),
		expect.stringMatching(/could not be listed.*This is a publishable key/),
	]);
});

it('follows a code from the lock to its removal, each step once', async () => {
	const watcher = await watching();
	const accessCodeId = await createCode(rig.simulator, { inHours: 2 });
	await pass(watcher, 1);
	await pass(watcher, 120);
	typed();
	typed();
	await pass(watcher, 1);
	await deleteCode(rig.simulator, accessCodeId);
	await pass(watcher, 1);
	expect(watcher.host.items).toMatchObject([
		{ id: `guestCodeReady:${accessCodeId}`, event: 'guestCodeReady' },
		{ id: `guestCodeFirstUse:${accessCodeId}`, event: 'guestCodeFirstUse' },
		{
			id: `guestCodeRemoved:${accessCodeId}`,
			text: 'The code of booking B-1042 (Ann) was removed from Front door',
		},
	]);
	for (const { guestCode } of watcher.host.items) {
		expect(guestCode).toEqual({ accessCodeId, ...ANN });
	}
	expect(told(watcher)).not.toContain(PIN);
});

it('tells the first use although its delivery comes after those of many later ones', async () => {
	const watcher = await watching({ events: ['guestCodeFirstUse'] });
	const id = await createCode(rig.simulator);
	await pass(watcher, 1);
	rig.simulator.webhooks.hold();
	for (let use = 0; use < 12; use++) {
		rig.time.advance(60);
		typed();
	}
	for (const messageId of rig.simulator.webhooks.held().toReversed()) {
		await rig.simulator.webhooks.release({ messageIds: [messageId] });
		await watcher.arrived();
	}
	await rig.simulator.webhooks.release();
	expect(watcher.host.items).toMatchObject([{ id: `guestCodeFirstUse:${id}` }]);
});

it('subscribes to the events of codes only if one is chosen', async () => {
	const types = () => rig.simulator.registeredWebhooks().flatMap(({ event_types }) => event_types);
	expect(types()?.join()).not.toContain('access_code');
	await watching({ events: ['guestCodeReady'] });
	const added = types().filter((type) => String(type).startsWith('access_code'));
	expect(added.sort()).toEqual(['access_code.scheduled_on_device', 'access_code.set_on_device']);
});

it('knows the names of codes from before it was published, and new ones', async () => {
	const old = await createCode(rig.simulator);
	rig.time.advance(60);
	const watcher = await watching({ events: ['guestCodeRemoved'] });
	await renameCode(rig.simulator, old, '[B-1042] Anna');
	await pass(watcher, 1);
	const young = await createCode(rig.simulator, { name: '[B-7] Ben', code: '20486' });
	rig.simulator.requests.clear();
	await pass(watcher, 1);
	expect(watcher.host.items).toEqual([]);
	// a name needs no reading of the lock
	expect(rig.calls()).not.toContain('/devices/get');
	for (const id of [old, young]) await deleteCode(rig.simulator, id);
	await pass(watcher, 1);
	expect(watcher.host.items).toMatchObject([
		{ guestCode: { guestName: 'Anna' } },
		{ guestCode: { guestName: 'Ben' } },
	]);
});

it('knows the name of a code that is removed before anything else happens to it', async () => {
	const id = await createCode(rig.simulator);
	rig.time.advance(60);
	const watcher = await watching({ events: ['guestCodeRemoved'] });
	await deleteCode(rig.simulator, id);
	await pass(watcher, 1);
	expect(watcher.host.items).toMatchObject([{ guestCode: ANN }]);
});

it('an event is sent again if Seam cannot say whether it is the first, and comes once', async () => {
	const watcher = await watching({ events: ['unlocked', 'guestCodeFirstUse'] });
	await createCode(rig.simulator);
	await pass(watcher, 1);
	rig.simulator.faults.set({ name: 'internalError', path: '/events/list' });
	typed();
	await watcher.arrived();
	expect(watcher.host.items).toEqual([]);
	expect(watcher.host.log).toEqual([
		expect.stringMatching(
			/refused a delivery \(503\)\. Seam could not say whether an event is the first/,
		),
	]);
	rig.simulator.faults.clear();
	await pass(watcher, 10);
	expect(eventsOf(watcher)).toEqual(['unlocked', 'guestCodeFirstUse']);
	typed();
	await pass(watcher, 1);
	expect(eventsOf(watcher)).toEqual(['unlocked', 'guestCodeFirstUse', 'unlocked']);
});

it('only the first use is an event if the lock itself is not watched', async () => {
	const watcher = await watching({ events: ['guestCodeFirstUse'] });
	await createCode(rig.simulator);
	await pass(watcher, 1);
	await watcher.happens('lock.unlocked', { method: 'manual' });
	typed();
	typed();
	await watcher.arrived();
	expect(eventsOf(watcher)).toEqual(['guestCodeFirstUse']);
});

it('says that a code failed, in words of Seam', async () => {
	rig.simulator.codes.add({ device_id: FRONT_DOOR, code: PIN, name: 'Family' });
	const watcher = await watching({ events: ['guestCodeFailed'] });
	const id = await createCode(rig.simulator);
	await pass(watcher, 1);
	expect(watcher.host.items).toMatchObject([
		{ event: 'guestCodeFailed', reason: 'duplicate_code_on_device', guestCode: ANN },
	]);
	expect(watcher.host.items[0]!.accessCodeId).toBe(id);
	expect(told(watcher)).not.toContain(PIN);
});

it('Only These Codes lets no other code through, but one that nobody knows', async () => {
	const watcher = await watching({
		events: ['unlocked', 'guestCodeReady'],
		onlyTheseCodes: 'B-1042',
	});
	await createCode(rig.simulator);
	const other = await createCode(rig.simulator, { name: '[B-7] Ben', code: '20486' });
	await pass(watcher, 1);
	await watcher.happens('lock.unlocked', { method: 'keycode', access_code_id: other });
	await watcher.happens('lock.unlocked', { method: 'manual' });
	await watcher.happens('lock.unlocked', { method: 'keycode', access_code_id: 'gone' });
	expect(watcher.host.items).toMatchObject([
		{ event: 'guestCodeReady', guestCode: ANN },
		{ event: 'unlocked', accessCodeId: 'gone' },
	]);
});

it('an event of a code at what cannot be locked starts nothing', async () => {
	const watcher = await watching();
	await watcher.happens('access_code.failed_to_set_on_device', {
		device_id: HALL_THERMOSTAT,
		access_code_id: 'c1',
	});
	expect(watcher.host.executions).toEqual([]);
});
