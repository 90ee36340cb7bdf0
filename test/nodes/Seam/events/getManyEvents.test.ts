import { ExecuteContext } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';

import {
	BACK_DOOR,
	FRONT_DOOR,
	HALL_THERMOSTAT,
	OFFICE_DOOR,
} from '../../../../simulators/seam/seed';
import { CONTINUE, onlyError } from '../../../support/rig';
import { createCode, deleteCode, PIN } from '../../../support/seamCodes';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => rig.simulator.reset());
afterAll(async () => await rig.close());

const HOUR_MS = 3_600_000;
const MINUTES = 1 / 60;
const listing = (more: IDataObject = {}) => ({
	resource: 'event',
	operation: 'getMany',
	target: 'all',
	returnAll: true,
	...more,
});
const listed = async (more: IDataObject = {}) => (await rig.run(listing(more))).json('Node');
const ids = (items: IDataObject[]) => items.map(({ id }) => id);
const happens = (event_type: string, more: IDataObject = {}) =>
	rig.simulator.addEvent({ event_type, device_id: FRONT_DOOR, ...more }).event_id;
const unlocked = (more: IDataObject = {}) =>
	happens('lock.unlocked', { method: 'manual', ...more });
/** The bodies of the requests for events. */
const asked = () => rig.simulator.requests.to('/events/list').map(({ body }) => body);
const hoursAgo = (hours: number) =>
	new Date(rig.simulator.clock.now() - hours * HOUR_MS).toISOString();

it('lists who did what, the oldest first', async () => {
	const accessCodeId = await createCode(rig.simulator);
	rig.time.advance(60);
	rig.simulator.codes.enter(FRONT_DOOR, PIN);
	rig.time.advance(60);
	happens('lock.access_denied', {
		device_id: BACK_DOOR,
		reason: { reason_code: 'unknown_code', message: `The code ${PIN} is unknown` },
	});
	rig.time.advance(60);
	const id = happens('lock.locked', { method: 'automatic', code: PIN });
	const run = await rig.run(listing());
	const items = run.json('Node');
	expect(items).toMatchObject([
		{
			event: 'unlocked',
			name: 'Front door',
			method: 'keycode',
			reason: null,
			guestCode: {
				accessCodeId,
				name: '[B-1042] Ann',
				bookingReference: 'B-1042',
				guestName: 'Ann',
			},
			text: 'Front door was unlocked with the code of booking B-1042 (Ann)',
		},
		{ event: 'accessDenied', name: 'Back door', method: null, reason: 'unknown_code' },
		{ event: 'locked' },
	]);
	expect(items[2]).toEqual({
		service: 'seam',
		deviceId: FRONT_DOOR,
		name: 'Front door',
		event: 'locked',
		at: new Date(rig.simulator.clock.now()).toISOString(),
		method: 'automatic',
		reason: null,
		accessCodeId: null,
		guestCode: null,
		id,
		text: 'Front door was locked by itself',
	});
	expect(run.items('Node').map(({ pairedItem }) => pairedItem)).toEqual(
		items.map(() => ({ item: 0 })),
	);
	expect(JSON.stringify(run.data)).not.toContain(PIN);
});

describe('what is listed', () => {
	it('is of all locks, of one or of several', async () => {
		const [front, back, office] = [FRONT_DOOR, BACK_DOOR, OFFICE_DOOR].map((device_id) =>
			unlocked({ device_id }),
		);
		expect(ids(await listed()).sort()).toEqual([front, back, office].sort());
		expect(ids(await listed({ target: 'single', deviceId: BACK_DOOR }))).toEqual([back]);
		const two = await listed({ target: 'several', deviceIds: [FRONT_DOOR, BACK_DOOR] });
		expect(ids(two).sort()).toEqual([front, back].sort());
		const [all, one, several] = asked();
		expect(all).not.toHaveProperty('device_ids');
		expect(one).toMatchObject({ device_ids: [BACK_DOOR] });
		expect(several).toMatchObject({ device_ids: [FRONT_DOOR, BACK_DOOR] });
		for (const body of asked()) expect(body).not.toHaveProperty('access_code_ids');
	});

	it('is of locks only', async () => {
		unlocked({ device_id: HALL_THERMOSTAT });
		const id = unlocked();
		expect(ids(await listed())).toEqual([id]);
	});

	it.each([
		[['unlocked'], ['unlocked']],
		[
			['accessDenied', 'locked'],
			['accessDenied', 'locked'],
		],
		[[], ['unlocked', 'locked', 'accessDenied']],
		['locked', ['locked']],
	])('is of the kinds %j', async (kinds, expected) => {
		for (const type of ['lock.unlocked', 'lock.locked', 'lock.access_denied']) {
			happens(type);
			rig.time.advance(1);
		}
		happens('device.connected');
		const items = await listed({ kinds: kinds as never });
		expect(items.map(({ event }) => event).sort()).toEqual([...expected].sort());
	});

	it('is of the last 24 hours, by when it happened', async () => {
		unlocked({ occurred_at: hoursAgo(25), created_at: hoursAgo(25) });
		const late = unlocked({ occurred_at: hoursAgo(23), created_at: hoursAgo(22.5) });
		unlocked({ occurred_at: hoursAgo(24.5), created_at: hoursAgo(23.9) });
		expect(ids(await listed())).toEqual([late]);
	});

	it('is between two times', async () => {
		const hours = [5, 4, 3, 2, 1];
		const [, second, third] = hours.map((hour) =>
			unlocked({ occurred_at: hoursAgo(hour), created_at: hoursAgo(hour) }),
		);
		expect(ids(await listed({ since: hoursAgo(4), until: hoursAgo(2) }))).toEqual([second, third]);
		const beforeUntil = ids(await listed({ until: hoursAgo(2) }));
		expect(beforeUntil).toHaveLength(3);
		expect(ids(await listed({ since: Date.parse(hoursAgo(4)) as never }))).toHaveLength(4);
	});

	it('is what happened in that time, although the clock of a lock may be ahead', async () => {
		const times = { occurred_at: hoursAgo(4), created_at: hoursAgo(4 + 4 * MINUTES) };
		const id = unlocked(times);
		expect(ids(await listed({ since: hoursAgo(4) }))).toEqual([id]);
	});

	it('is all of an hour that comes twice, when clocks are put back', async () => {
		// 02:30 in Paris, in summer time and an hour later in winter time
		const twice = ['2026-10-25T00:40:00.000Z', '2026-10-25T01:20:00.000Z'];
		const made = twice.map((at) => unlocked({ occurred_at: at, created_at: at }));
		const options = { timeZone: 'Europe/Paris' };
		const wall = { since: '2026-10-25T02:30', until: '2026-10-25T02:30' };
		expect(ids(await listed({ ...wall, options }))).toEqual(made);
	});

	it('takes a time without a zone as the time at the lock', async () => {
		const at = '2026-11-20T14:30:00.000Z';
		const id = unlocked({ occurred_at: at, created_at: at });
		rig.simulator.editDevice(FRONT_DOOR, { location: { time_zone: 'Asia/Tokyo' } });
		const wall = { since: '2026-11-20T23:00', until: '2026-11-21T00:00' };
		expect(ids(await listed(wall))).toEqual([id]);
		expect(ids(await listed({ ...wall, options: { timeZone: 'Europe/Paris' } }))).toEqual([]);
	});

	it('is of a booking or of a code', async () => {
		const ann = await createCode(rig.simulator);
		const ben = await createCode(rig.simulator, { name: '[B-104] Ben', code: '20486' });
		rig.time.advance(60);
		const [byAnn, byBen] = [ann, ben].map((access_code_id) => unlocked({ access_code_id }));
		unlocked();
		const of = async (options: IDataObject) => ids(await listed({ options }));
		expect(await of({ bookingReference: 'B-1042' })).toEqual([byAnn]);
		expect((await of({ bookingReference: 'B-1042, B-104' })).sort()).toEqual([byAnn, byBen].sort());
		expect(await of({ accessCodeId: ben })).toEqual([byBen]);
		expect(asked().at(-1)).toMatchObject({ access_code_ids: [ben] });
		await deleteCode(rig.simulator, ben);
		rig.time.advance(60);
		expect(await of({ accessCodeId: ben })).toEqual([byBen]);
	});

	it('is of a code, too, when it was refused', async () => {
		const accessCodeId = await createCode(rig.simulator);
		const id = happens('lock.access_denied', {
			access_code_id: accessCodeId,
			reason: { reason_code: 'expired_code' },
		});
		expect(await listed({ options: { bookingReference: 'B-1042' } })).toMatchObject([
			{
				id,
				accessCodeId,
				guestCode: { guestName: 'Ann' },
				text: 'Access was denied at Front door: expired code',
			},
		]);
	});

	it('is limited to the latest', async () => {
		const all = Array.from({ length: 60 }, () => {
			rig.time.advance(1);
			return unlocked();
		});
		expect(ids(await listed({ returnAll: false }))).toEqual(all.slice(-50));
		expect(ids(await listed({ returnAll: false, limit: 2 }))).toEqual(all.slice(-2));
		expect(ids(await listed())).toEqual(all);
	});
});

it('lists more events than Seam lists at once', async () => {
	const all = Array.from({ length: 1300 }, () => {
		rig.time.advance(1);
		return unlocked();
	});
	expect(ids(await listed())).toEqual(all);
});

it('says it if Seam cannot list all of them', async () => {
	for (let count = 0; count < 501; count++) unlocked();
	const run = await rig.run(listing(), undefined, CONTINUE);
	expect(onlyError(run)).toMatchObject({
		reason: 'upstream',
		message: expect.stringContaining('Seam does not list all events from 2026-') as string,
	});
});

it('says it if there was no time to list all of them', async () => {
	for (let n = 600; n > 0; n--) {
		const at = hoursAgo(n / 600);
		unlocked({ occurred_at: at, created_at: at });
	}
	const real = rig.simulator.requests.add.bind(rig.simulator.requests);
	const add = jest.spyOn(rig.simulator.requests, 'add');
	// two of them take five minutes
	add.mockImplementation((entry) => {
		if (entry.path === '/events/list') rig.time.advance(149.5);
		return real(entry);
	});
	const run = await rig.run(listing({ since: hoursAgo(2) }), undefined, CONTINUE);
	add.mockRestore();
	expect(onlyError(run)).toMatchObject({
		reason: 'upstream',
		message: expect.stringMatching(
			/^Seam does not list all events from 2026-.* on\. Choose a shorter time/,
		) as string,
	});
	expect(asked()).toHaveLength(2);
});

describe('nothing is listed', () => {
	it('of locks that cannot be listed', async () => {
		rig.simulator.faults.set({ name: 'forbidden', path: '/devices/list' });
		const run = await rig.run(listing(), undefined, CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'permission', deviceId: null });
		expect(asked()).toEqual([]);
	});

	it('of a lock that Seam does not know', async () => {
		const deviceId = '99999999-9999-4999-8999-999999999999';
		const run = await rig.run(listing({ target: 'single', deviceId }), undefined, CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'notFound', deviceId });
		expect(asked()).toEqual([]);
	});

	it('of a lock when another parameter is wrong, and the error names the lock', async () => {
		const wrong = { target: 'single', deviceId: BACK_DOOR, since: 'soon' };
		const run = await rig.run(listing(wrong), undefined, CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'badRequest', deviceId: BACK_DOOR });
	});

	it('while Seam refuses to, and the error names the lock', async () => {
		rig.simulator.faults.set({ name: 'badRequest', path: '/events/list' });
		const one = listing({ target: 'single', deviceId: BACK_DOOR });
		const run = await rig.run(one, undefined, CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'badRequest', deviceId: BACK_DOOR });
	});
});

describe('while the codes cannot be listed', () => {
	beforeEach(async () => {
		const id = await createCode(rig.simulator);
		rig.time.advance(60);
		unlocked({ access_code_id: id, method: 'keycode' });
		rig.simulator.requests.clear();
		rig.simulator.faults.set({ name: 'internalError', path: '/access_codes/list' });
	});

	it('events come without names', async () => {
		const log: string[] = [];
		const logger = jest.spyOn(ExecuteContext.prototype, 'logger', 'get');
		logger.mockReturnValue({ warn: (line: string) => log.push(line) } as never);
		expect(await listed()).toMatchObject([{ guestCode: { name: null, bookingReference: null } }]);
		logger.mockRestore();
		expect(log).toEqual([
			expect.stringMatching(/^Seam: the guest codes of a lock could not be listed\. \w+ /),
		]);
		// the names are worth one try, and the other list only helps beside this one
		const lists = rig.calls().filter((path) => /^\/access_codes\/.*list$/.test(path));
		expect(lists).toEqual(['/access_codes/list']);
	});

	it('nobody knows which of them are those of a booking', async () => {
		const options = { bookingReference: 'B-1042' };
		const run = await rig.run(listing({ options }), undefined, CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'upstream' });
	});
});

it('a lock that cannot be read does not keep the events of others back', async () => {
	const id = unlocked();
	const deviceIds = [FRONT_DOOR, '99999999-9999-4999-8999-999999999999'];
	const run = await rig.run(listing({ target: 'several', deviceIds }), undefined, CONTINUE);
	expect(run.json('Node')).toMatchObject([{ id }, { error: { reason: 'notFound' } }]);
});

it('simplifies', async () => {
	unlocked();
	const [item] = await listed({ simplify: true });
	expect(Object.keys(item!)).toEqual(['name', 'deviceId', 'event', 'at', 'guestCode', 'text']);
});

it.each([
	[{ kinds: ['opened'] }, "'Events' cannot be"],
	[{ since: '2026-11-20' }, "'Since' has no time of day"],
	[{ since: '={{ null }}' }, "'Since' is empty"],
	[{ until: 'yesterday' }, "'Until' is not a date"],
	[{ since: '2026-11-20T10:00Z', until: '2026-11-20T09:00Z' }, "'Until' is not after 'Since'"],
	[
		{ since: '2026-11-20T10:00Z', until: '2026-11-20T10:00Z' },
		"'Until' is not after 'Since'. Give a 'Since' that is earlier",
	],
	[{ since: '2036-11-20T10:00Z' }, "'Since' is in the future"],
	[{ operation: 'remove' }, "'Operation' cannot be"],
	[{ returnAll: 'perhaps' }, "'Return All' cannot be"],
	[{ returnAll: false, limit: 0 }, "'Limit' cannot be 0"],
	[{ target: 'several', deviceIds: '={{ [] }}' }, 'No lock is chosen'],
	[{ options: { bookingReference: 'B 1' } }, "'Booking Reference' holds"],
	[{ options: { accessCodeId: 'a/b' } }, "'Access Code ID' cannot be"],
	[{ options: { accessCodeId: 'a,b/c' } }, '\'Access Code ID\' cannot be "b/c"'],
	[{ options: { accessCodeId: ',' } }, "'Access Code ID' cannot be"],
	[{ options: { bookingReference: '' } }, "'Booking Reference' is empty"],
	[{ options: { bookingReference: ' ' } }, "'Booking Reference' is empty"],
	[{ options: { bookingReference: '={{ $json.missing }}' } }, "'Booking Reference' is empty"],
	[{ options: { accessCodeId: '={{ null }}' } }, "'Access Code ID' is empty"],
	[{ options: { accessCodeId: [] } }, "'Access Code ID' is empty"],
	[{ options: { timeZone: 'Paris' } }, "'Time Zone' cannot be"],
])('refuses %j', async (parameters, message) => {
	const run = await rig.run(listing(parameters), undefined, CONTINUE);
	expect(onlyError(run)).toMatchObject({
		reason: 'badRequest',
		message: expect.stringContaining(message) as string,
	});
	expect(rig.calls()).not.toContain('/events/list');
});
