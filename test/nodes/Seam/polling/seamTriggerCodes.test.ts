import type { IDataObject } from 'n8n-workflow';

import { BACK_DOOR, FRONT_DOOR } from '../../../../simulators/seam/seed';
import { createCode, deleteCode, PIN } from '../../../support/seamCodes';
import type { Poller } from '../../../support/poller';
import {
	lockEvent,
	minutesPass,
	published,
	rig,
	useSeamTriggers,
} from '../../../support/seamTriggers';

useSeamTriggers();

const EVENTS = ['guestCodeFailed', 'guestCodeFirstUse', 'guestCodeReady', 'guestCodeRemoved'];
const ANN = { name: '[B-1042] Ann', bookingReference: 'B-1042', guestName: 'Ann' };

const typed = (pin = PIN) => rig.simulator.codes.enter(FRONT_DOOR, pin);
const happens = (type: string, access_code_id: string, more: IDataObject = {}) =>
	rig.simulator.addEvent({
		event_type: `access_code.${type}`,
		device_id: FRONT_DOOR,
		access_code_id,
		code: PIN,
		...more,
	});

/** All items of polls, one a minute, with restarts in between. */
async function polled(poller: Poller, minutes: number): Promise<IDataObject[]> {
	const items: IDataObject[] = [];
	for (let minute = 0; minute < minutes; minute++) {
		minutesPass(1);
		if (minute % 3 === 1) poller.restart();
		items.push(...((await poller.poll()) ?? []));
	}
	return items;
}
const eventsOf = (items: readonly IDataObject[]) => items.map(({ event }) => event);

it('follows a code from the lock to its removal, each step once', async () => {
	const poller = await published({ events: EVENTS });
	const accessCodeId = await createCode(rig.simulator);
	const items = await polled(poller, 2);
	typed();
	minutesPass(1);
	typed();
	items.push(...(await polled(poller, 3)));
	await deleteCode(rig.simulator, accessCodeId);
	items.push(...(await polled(poller, 8)));
	expect(items).toMatchObject([
		{
			id: `guestCodeReady:${accessCodeId}`,
			event: 'guestCodeReady',
			text: 'The code of booking B-1042 (Ann) is ready on Front door',
		},
		{
			id: `guestCodeFirstUse:${accessCodeId}`,
			text: 'The code of booking B-1042 (Ann) was used for the first time at Front door',
		},
		{
			id: `guestCodeRemoved:${accessCodeId}`,
			text: 'The code of booking B-1042 (Ann) was removed from Front door',
		},
	]);
	for (const { guestCode, deviceId, part, status } of items) {
		expect(guestCode).toEqual({ accessCodeId, ...ANN });
		expect({ deviceId, part }).toEqual({ deviceId: FRONT_DOOR, part: null });
		expect(status).toMatchObject({ deviceId: FRONT_DOOR });
	}
	expect(JSON.stringify([items, poller.state, poller.log])).not.toContain(PIN);
});

it('asks for the events of codes only if one is chosen', async () => {
	const asked = () =>
		rig.simulator.requests
			.all()
			.filter(({ path }) => path === '/events/list')
			.map(({ body }) => JSON.stringify(body));
	const plain = await published({ events: ['locked', 'unlocked'] });
	await plain.poll();
	expect(asked().join()).not.toContain('access_code');
	expect(rig.calls()).not.toContain('/access_codes/list');
	const poller = await published({ events: ['guestCodeReady'] });
	rig.simulator.requests.clear();
	await poller.poll();
	expect(asked().join()).toContain('access_code.scheduled_on_device');
	expect(asked().join()).not.toContain('access_code.deleted');
	expect(rig.calls()).not.toContain('/access_codes/list');
});

it('a code that is stored ahead is ready when it is stored, and not again at its start', async () => {
	const poller = await published({ events: ['guestCodeReady'] });
	await createCode(rig.simulator, { inHours: 2 });
	expect(eventsOf(await polled(poller, 1))).toEqual(['guestCodeReady']);
	minutesPass(115);
	expect(await polled(poller, 10)).toEqual([]);
	const types = rig.simulator.codes.list().map(({ status }) => status);
	expect(types).toEqual(['set']);
});

it('a new trigger does not report what came before it', async () => {
	const id = await createCode(rig.simulator, { inHours: 2 });
	minutesPass(1);
	const poller = await published({ events: EVENTS });
	minutesPass(120);
	typed();
	const before = await polled(poller, 2);
	expect(eventsOf(before)).toEqual(['guestCodeFirstUse']);
	const later = await published({ events: EVENTS });
	typed();
	await deleteCode(rig.simulator, id);
	expect(eventsOf(await polled(later, 2))).toEqual(['guestCodeRemoved']);
});

it('a code of the lock itself, and one without an id, have no first use', async () => {
	const poller = await published({ events: EVENTS });
	rig.simulator.codes.add({ device_id: FRONT_DOOR, code: '20486', name: 'Family' });
	typed('20486');
	lockEvent('unlocked', { method: 'keycode', code: PIN });
	expect(await polled(poller, 2)).toEqual([]);
});

it('the use of a code is an event of its own beside the one of the lock', async () => {
	const poller = await published({ events: ['unlocked', 'guestCodeFirstUse'] });
	await createCode(rig.simulator);
	minutesPass(1);
	typed();
	const items = (await poller.poll())!;
	expect(eventsOf(items)).toEqual(['unlocked', 'guestCodeFirstUse']);
	expect(new Set(items.map(({ id }) => id)).size).toBe(2);
	expect(items.map(({ observedAt }) => observedAt)).toEqual([
		items[0]!.observedAt,
		items[0]!.observedAt,
	]);
});

it('asks Seam once about the uses of a code', async () => {
	const poller = await published({ events: ['guestCodeFirstUse'] });
	await createCode(rig.simulator);
	minutesPass(1);
	rig.simulator.requests.clear();
	for (let use = 0; use < 4; use++) typed();
	await polled(poller, 4);
	const ofCode = rig.simulator.requests
		.all()
		.filter(({ body }) => JSON.stringify(body).includes('access_code_ids'));
	expect(ofCode).toHaveLength(1);
});

describe('while Seam does not say which event was the first', () => {
	it('nothing is lost, and nothing comes twice', async () => {
		const poller = await published({ events: [...EVENTS, 'unlocked'] });
		const id = await createCode(rig.simulator);
		minutesPass(1);
		typed();
		// the list itself, and then the question about the code
		for (const times of [1, 2]) {
			rig.simulator.faults.set({ name: 'internalError', path: '/events/list', times });
			await poller.poll().catch(() => null);
			minutesPass(1);
		}
		rig.simulator.faults.clear();
		const items = await polled(poller, 8);
		expect(eventsOf(items).sort()).toEqual(['guestCodeFirstUse', 'guestCodeReady', 'unlocked']);
		expect(items.map(({ accessCodeId }) => accessCodeId)).toEqual([id, id, id]);
	});

	it('an event that Seam lists late does not come as a second first one', async () => {
		const poller = await published({ events: EVENTS });
		const id = await createCode(rig.simulator);
		minutesPass(2);
		typed();
		const items = await polled(poller, 1);
		const created_at = new Date(rig.simulator.clock.now() - 90_000).toISOString();
		lockEvent('unlocked', { method: 'keycode', access_code_id: id, created_at });
		items.push(...(await polled(poller, 8)));
		expect(eventsOf(items)).toEqual(['guestCodeReady', 'guestCodeFirstUse']);
	});
});

describe('a code that fails', () => {
	const failed = async (more: IDataObject = {}) => {
		rig.simulator.faults.set({ name: 'codeNotSet' });
		return await createCode(rig.simulator, more);
	};

	it('is reported with the reason in words of Seam, once', async () => {
		rig.simulator.codes.add({ device_id: FRONT_DOOR, code: PIN, name: 'Family' });
		const poller = await published({ events: EVENTS });
		const accessCodeId = await createCode(rig.simulator);
		const items = await polled(poller, 40);
		expect(items).toMatchObject([
			{
				event: 'guestCodeFailed',
				reason: 'duplicate_code_on_device',
				accessCodeId,
				guestCode: ANN,
				text: 'The code of booking B-1042 (Ann) could not be put on Front door',
			},
		]);
		expect(JSON.stringify([items, poller.state, poller.log])).not.toContain(PIN);
	});

	it('is reported although it was removed before anybody asked for it', async () => {
		const poller = await published({ events: ['guestCodeFailed'] });
		happens('failed_to_set_on_device', 'a-code-that-is-gone');
		expect(await poller.poll()).toMatchObject([
			{ accessCodeId: 'a-code-that-is-gone', reason: 'not_on_lock', guestCode: { name: null } },
		]);
		expect(poller.log).toEqual([]);
	});

	it('is reported before its start, although Seam reports nothing yet', async () => {
		rig.simulator.codes.change({ lateAfterMinutes: 600, failedAfterMinutes: 6000 });
		const poller = await published({ events: ['guestCodeFailed'] });
		const accessCodeId = await failed({ inHours: 3 });
		expect(await polled(poller, 20)).toEqual([]);
		minutesPass(125);
		expect(await polled(poller, 20)).toMatchObject([
			{
				id: expect.stringContaining(`guestCodeFailed:${accessCodeId}:2026-`) as string,
				reason: 'not_on_lock',
				guestCode: ANN,
			},
		]);
		poller.restart();
		expect(await polled(poller, 40)).toEqual([]);
	});

	it('is not reported for one that the lock takes in time', async () => {
		const poller = await published({ events: ['guestCodeFailed'] });
		await createCode(rig.simulator, { inHours: 2 });
		minutesPass(45);
		expect(await polled(poller, 40)).toEqual([]);
	});

	it('is reported once although the codes could not be listed at that time', async () => {
		rig.simulator.codes.add({ device_id: FRONT_DOOR, code: PIN, name: 'Family' });
		const poller = await published({ events: EVENTS });
		await polled(poller, 2);
		rig.simulator.faults.set({ name: 'internalError', path: '/access_codes/list' });
		await createCode(rig.simulator);
		const items = await polled(poller, 3);
		rig.simulator.faults.clear();
		items.push(...(await polled(poller, 40)));
		expect(eventsOf(items)).toEqual(['guestCodeFailed']);
	});

	it('is not reported for one on the lock of which Seam shows no status', async () => {
		const poller = await published({ events: ['guestCodeFailed'] });
		await createCode(rig.simulator);
		expect(await polled(poller, 12)).toEqual([]);
		const error = { error_code: 'account_disconnected', message: 'Sign in again' };
		const created_at = new Date(rig.simulator.clock.now()).toISOString();
		rig.simulator.editDevice(FRONT_DOOR, {
			errors: [{ ...error, created_at, is_connected_account_error: true }],
		});
		expect(await polled(poller, 25)).toEqual([]);
		expect(rig.simulator.codes.list()).toMatchObject([{ status: 'unknown' }]);
	});

	it('is reported if the account is disconnected before it is on the lock', async () => {
		const poller = await published({ events: ['guestCodeFailed'] });
		const error = { error_code: 'account_disconnected', message: 'Sign in again' };
		const created_at = new Date(rig.simulator.clock.now()).toISOString();
		await createCode(rig.simulator, { device_id: BACK_DOOR, inHours: 3 });
		rig.simulator.faults.set({ name: 'codeNotSet' });
		rig.simulator.editDevice(BACK_DOOR, {
			errors: [{ ...error, created_at, is_connected_account_error: true }],
		});
		await polled(poller, 2);
		minutesPass(150);
		expect(eventsOf(await polled(poller, 12))).toEqual(['guestCodeFailed']);
	});

	it('is reported by the next poll if the codes could not be listed', async () => {
		const poller = await published({ events: ['guestCodeFailed'] });
		rig.simulator.codes.change({ lateAfterMinutes: 600, failedAfterMinutes: 6000 });
		await failed({ inHours: 1 });
		minutesPass(35);
		rig.simulator.faults.set({ name: 'internalError', path: '/access_codes/list' });
		expect(await polled(poller, 12)).toEqual([]);
		rig.simulator.faults.clear();
		rig.simulator.faults.set({ name: 'codeNotSet' });
		expect(eventsOf(await polled(poller, 12))).toEqual(['guestCodeFailed']);
	});
});

it('Only These Codes holds for events of codes, too', async () => {
	const poller = await published({ events: EVENTS, onlyTheseCodes: 'B-1042' });
	const id = await createCode(rig.simulator);
	await createCode(rig.simulator, { name: '[B-7] Ben', code: '20486' });
	expect(await polled(poller, 2)).toMatchObject([{ event: 'guestCodeReady', accessCodeId: id }]);
});

it('knows the name of a removed code that no other event was about', async () => {
	const poller = await published({ events: ['guestCodeRemoved'] });
	const id = await createCode(rig.simulator);
	await polled(poller, 12);
	await deleteCode(rig.simulator, id);
	expect(await polled(poller, 2)).toMatchObject([{ guestCode: ANN }]);
});

it('no PIN of an event is kept or shown', async () => {
	const poller = await published({ events: [...EVENTS, 'locked', 'unlocked', 'accessDenied'] });
	const id = await createCode(rig.simulator);
	minutesPass(1);
	const trouble = { error_code: 'failed_to_set_on_device', message: `The code ${PIN} failed` };
	happens('failed_to_set_on_device', id, { access_code_errors: [trouble] });
	happens('failed_to_set_on_device', id, { access_code_errors: [{ error_code: PIN }] });
	happens('deleted', id, { from: { code: PIN }, to: { code: PIN } });
	happens('set_on_device', id, { changed_properties: [{ property: 'code', from: PIN, to: PIN }] });
	lockEvent('unlocked', { method: 'keycode', access_code_id: id, code: PIN });
	rig.simulator.addEvent({
		event_type: 'lock.access_denied',
		device_id: FRONT_DOOR,
		reason: { reason_code: PIN, message: PIN },
	});
	const items = (await poller.poll())!;
	expect(items).toHaveLength(7);
	expect(JSON.stringify([items, poller.state, poller.log])).not.toContain(PIN);
});

it.each([
	['Cleaner [12]', { starts_at: undefined, ends_at: undefined }, null],
	[`${'Guest '.repeat(10)}[B-1042]`, {}, 'B-1042'],
])('knows of %j the same booking before and after its removal', async (name, more, reference) => {
	const poller = await published({ events: EVENTS });
	const id = await createCode(rig.simulator, { name, ...more });
	const items = await polled(poller, 12);
	await deleteCode(rig.simulator, id);
	items.push(...(await polled(poller, 2)));
	expect(items).toMatchObject([
		{ event: 'guestCodeReady', guestCode: { bookingReference: reference } },
		{ event: 'guestCodeRemoved', guestCode: { bookingReference: reference } },
	]);
});

describe('what is kept of codes', () => {
	const create = async (n: number) =>
		await createCode(rig.simulator, {
			name: `[B-${1000 + n}] ${'Guest '.repeat(9)}`,
			code: `${200_000 + n}`,
			common_code_key: `n8n:B-${1000 + n}`,
		});
	const size = (poller: Poller) => JSON.stringify(poller.state).length;

	it('is less than 100 bytes for a code, and less than 400 for all that are gone', async () => {
		const poller = await published({ events: EVENTS });
		await polled(poller, 12);
		const before = size(poller);
		const ids: string[] = [];
		for (let n = 0; n < 20; n++) {
			ids.push(await create(n));
			minutesPass(1);
		}
		await polled(poller, 20);
		expect(size(poller) - before).toBeLessThan(20 * 100);
		for (const id of ids) {
			await deleteCode(rig.simulator, id);
			minutesPass(1);
		}
		const removed = await polled(poller, 20);
		expect(removed.filter(({ guestCode }) => guestCode === null)).toEqual([]);
		expect(JSON.stringify(removed.at(-1))).toContain('B-1019');
		minutesPass(60);
		await polled(poller, 20);
		expect(size(poller) - before).toBeLessThan(400);
	});

	it('is enough for many codes that are removed at once', async () => {
		const poller = await published({ events: EVENTS });
		await polled(poller, 2);
		for (const count of [6, 20]) {
			const ids: string[] = [];
			for (let n = 0; n < count; n++) {
				ids.push(await create(n));
				minutesPass(1);
			}
			await polled(poller, 61);
			for (const id of ids) await deleteCode(rig.simulator, id);
			const removed = await polled(poller, 2);
			expect(
				removed.filter(({ guestCode }) => /"B-1/.test(JSON.stringify(guestCode))),
			).toHaveLength(count);
		}
	});
});

it.each([
	[`Gate ${PIN}`, 'Gate …', null],
	[`[B-1042] Ann ${PIN}`, '[B-1042] Ann …', 'B-1042'],
])('a PIN in the name %j is neither kept nor shown', async (name, shown, bookingReference) => {
	const poller = await published({ events: [...EVENTS, 'unlocked'] });
	const id = await createCode(rig.simulator, { name });
	const items = await polled(poller, 12);
	typed();
	items.push(...(await polled(poller, 1)));
	await deleteCode(rig.simulator, id);
	items.push(...(await polled(poller, 2)));
	expect(eventsOf(items)).toEqual([
		'guestCodeReady',
		'unlocked',
		'guestCodeFirstUse',
		'guestCodeRemoved',
	]);
	for (const { guestCode } of items) {
		expect(guestCode).toMatchObject({ name: shown, bookingReference });
	}
	expect(JSON.stringify([items, poller.state, poller.log])).not.toContain(PIN);
});

it('a PIN that is a part of the booking reference does not hide whose code it is', async () => {
	const poller = await published({ events: ['guestCodeReady'], onlyTheseCodes: 'B-1042' });
	await createCode(rig.simulator, { code: '1042' });
	expect(await polled(poller, 2)).toMatchObject([
		{ guestCode: { name: '[B-1042] Ann', bookingReference: 'B-1042', guestName: 'Ann' } },
	]);
});

it('gives a sample of each in the editor', async () => {
	const poller = await published({ events: EVENTS });
	const items = (await poller.poll({ mode: 'manual' }))!;
	expect(eventsOf(items).sort()).toEqual(EVENTS);
	for (const { guestCode } of items) expect(guestCode).toMatchObject(ANN);
});
