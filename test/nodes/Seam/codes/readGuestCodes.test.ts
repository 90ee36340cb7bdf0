import type { IDataObject } from 'n8n-workflow';

import {
	BACK_DOOR,
	CELLAR_KEYPAD,
	FRONT_DOOR,
	OFFICE_DOOR,
} from '../../../../simulators/seam/seed';
import { codesOn, countCalls, inHours, LIST, setting } from '../../../support/guestCodes';
import { callSeam } from '../../../support/callSeam';
import { CONTINUE, onlyError, onlyItem } from '../../../support/rig';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => rig.simulator.reset());
afterAll(async () => await rig.close());

const getting = (reference: string, more: IDataObject = {}) => ({
	resource: 'guestCode',
	operation: 'get',
	bookingReference: reference,
	deviceId: FRONT_DOOR,
	...more,
});
const listing = (more: IDataObject = {}) => ({
	resource: 'guestCode',
	operation: 'getMany',
	...more,
});

async function make(reference: string, more: IDataObject = {}) {
	const run = await rig.run(setting(reference, more));
	rig.time.advance(10);
	return run.json('Node');
}

describe('get', () => {
	it('returns the code of a booking with its state and evidence', async () => {
		await make('B-1042', { guestName: 'Ann' });
		expect(onlyItem(await rig.run(getting('B-1042')))).toEqual({
			service: 'seam',
			deviceId: FRONT_DOOR,
			deviceType: 'lock',
			name: 'Front door',
			accessCodeId: codesOn(rig)[0]?.access_code_id,
			bookingReference: 'B-1042',
			guestName: 'Ann',
			codeName: '[B-1042] Ann',
			state: 'active',
			evidence: 'verified',
			from: inHours(-1),
			until: inHours(24),
			expectedAt: null,
			problems: [],
			text: 'The code of booking B-1042 is active on Front door',
		});
	});

	it('proves nothing where Seam does not list what is pending: it may have been changed', async () => {
		rig.simulator.codes.change({ pendingMutations: false });
		await make('B-1');
		expect(onlyItem(await rig.run(getting('B-1')))).toMatchObject({
			state: 'active',
			evidence: 'acknowledged',
		});
	});

	it('finds a code by its ID, also where it has no reference', async () => {
		const [made] = await make('B-1');
		const { accessCodeId } = made!;
		const run = await rig.run(getting('', { codeBy: 'accessCodeId', accessCodeId, deviceId: '' }));
		expect(onlyItem(run)).toMatchObject({ name: 'Front door', bookingReference: 'B-1' });
	});

	it('shows a code whose lock cannot be read, with the ID of the lock as its name', async () => {
		const [made] = await make('B-1');
		const { accessCodeId } = made!;
		rig.simulator.faults.set({ name: 'forbidden', path: '/devices/get', times: 1 } as never);
		const run = await rig.run(getting('', { codeBy: 'accessCodeId', accessCodeId, deviceId: '' }));
		expect(onlyItem(run)).toMatchObject({ deviceId: FRONT_DOOR, name: FRONT_DOOR });
	});

	it('takes the locks of all that have the code, and says so when none has', async () => {
		await make('B-1', { deviceIds: [FRONT_DOOR, OFFICE_DOOR] });
		const before = rig.calls().length;
		const run = await rig.run(getting('B-1', { target: 'all' }));
		expect(run.json('Node').map(({ name }) => name)).toEqual(['Front door', 'Office']);
		const paths = rig.calls().slice(before);
		expect(paths[0]).toBe('/devices/list');
		expect(new Set(paths.slice(1))).toEqual(new Set([LIST]));
		const none = await rig.run(getting('B-2', { target: 'all' }), [{}], CONTINUE);
		expect(onlyError(none)).toMatchObject({
			reason: 'notFound',
			message: expect.stringContaining('There is no code of booking B-2') as string,
			deviceId: null,
		});
	});

	it('names each chosen lock that has no code of the booking', async () => {
		await make('B-1');
		const locks = { target: 'several', deviceIds: [FRONT_DOOR, BACK_DOOR] };
		const run = await rig.run(getting('B-1', locks), [{}], CONTINUE);
		const [found, missing] = run.json('Node');
		expect(found).toMatchObject({ deviceId: FRONT_DOOR });
		expect(missing).toMatchObject({
			error: { reason: 'notFound', name: 'Back door', deviceId: BACK_DOOR },
		});
	});

	it('does not choose between two codes of one booking', async () => {
		await make('B-1');
		await addCode({ name: 'Somebody [B-1]' });
		const ids = codesOn(rig).map(({ access_code_id: id }) => id);
		const run = await rig.run(getting('B-1'), [{}], CONTINUE);
		const { message, reason } = onlyError(run);
		expect(reason).toBe('rejected');
		expect(ids).toHaveLength(2);
		for (const id of ids) expect(message).toContain(id);
	});

	it('says which code is unknown', async () => {
		const accessCodeId = '99999999-9999-4999-8999-999999999999';
		const run = await rig.run(
			getting('', { codeBy: 'accessCodeId', accessCodeId }),
			[{}],
			CONTINUE,
		);
		expect(onlyError(run)).toMatchObject({
			reason: 'notFound',
			message: expect.stringContaining(accessCodeId) as string,
		});
	});

	it('shows the PIN only when it is asked for, and beside the simplified fields', async () => {
		await make('B-1', { pin: '482913' });
		expect(onlyItem(await rig.run(getting('B-1')))).not.toHaveProperty('pin');
		const withPin = { options: { includePin: true }, simplify: true };
		expect(onlyItem(await rig.run(getting('B-1', withPin)))).toEqual({
			name: 'Front door',
			deviceId: FRONT_DOOR,
			bookingReference: 'B-1',
			guestName: null,
			state: 'active',
			evidence: 'verified',
			text: 'The code of booking B-1 is active on Front door',
			from: inHours(-1),
			until: inHours(24),
			expectedAt: null,
			pin: '482913',
		});
	});
});

describe('get many', () => {
	it('lists the codes of all locks, by lock and begin', async () => {
		await make('B-2', { from: inHours(100), until: inHours(120) });
		await make('B-1', { deviceIds: [FRONT_DOOR, OFFICE_DOOR] });
		await make('B-3', { from: inHours(200), until: inHours(220) });
		const run = await rig.run(listing());
		expect(run.json('Node')).toMatchObject([
			{ name: 'Front door', bookingReference: 'B-1', state: 'active' },
			{ name: 'Front door', bookingReference: 'B-2', state: 'scheduled' },
			{ name: 'Front door', bookingReference: 'B-3', state: 'scheduled' },
			{ name: 'Office', bookingReference: 'B-1', state: 'active' },
		]);
		expect(JSON.stringify(run.data)).not.toContain(codesOn(rig)[0]?.code);
	});

	it('lists codes that belong to no booking', async () => {
		await addCode({ name: 'Cleaning' });
		const target = { target: 'single', deviceId: FRONT_DOOR };
		expect(onlyItem(await rig.run(listing(target)))).toMatchObject({
			bookingReference: null,
			guestName: 'Cleaning',
			text: 'The code "Cleaning" is being put on Front door',
		});
	});

	it('filters by booking and by state', async () => {
		await make('B-1');
		await make('B-2', { from: inHours(100), until: inHours(120) });
		const only = async (options: IDataObject) =>
			(await rig.run(listing({ options }))).json('Node').map((item) => item.bookingReference);
		expect(await only({ bookingReference: 'B-2' })).toEqual(['B-2']);
		expect(await only({ states: ['active', 'late'] })).toEqual(['B-1']);
		expect(await only({ states: 'scheduled,stored' })).toEqual(['B-2']);
		expect(await only({ states: [] })).toEqual(['B-1', 'B-2']);
	});

	it('gives no item where there is no code', async () => {
		expect((await rig.run(listing())).json('Node')).toEqual([]);
	});

	it('reads each lock once for all items', async () => {
		await make('B-1');
		const before = countCalls(rig, LIST);
		await rig.run(listing({ target: 'single', deviceId: FRONT_DOOR }), [{}, {}, {}]);
		expect(countCalls(rig, LIST) - before).toBe(1);
	});

	it('an unknown lock fails alone', async () => {
		await make('B-1');
		const unknown = '99999999-9999-4999-8999-999999999999';
		const locks = { target: 'several', deviceIds: `${FRONT_DOOR}, ${unknown}` };
		const run = await rig.run(listing(locks), [{}], CONTINUE);
		expect(run.json('Node')).toMatchObject([
			{ bookingReference: 'B-1' },
			{ error: { reason: 'notFound', deviceId: unknown } },
		]);
	});
});

it('a code that did not reach its lock says so, and who acts', async () => {
	await rig.run(setting('B-1'));
	rig.simulator.editDevice(FRONT_DOOR, { properties: { online: false } });
	rig.time.advance(3600);
	const { text, ...item } = onlyItem(await rig.run(getting('B-1')));
	expect(item).toMatchObject({
		state: 'failed',
		evidence: 'acknowledged',
		problems: expect.arrayContaining([
			expect.objectContaining({ code: 'failed_to_set_on_device', seamKeepsTrying: true }),
		]) as unknown[],
	});
	expect(text).toBe(
		'The code of booking B-1 is not on Front door as asked: the code could not be put on the lock; check its power and network',
	);
});

it('a lock without codes has none', async () => {
	const target = { target: 'single', deviceId: CELLAR_KEYPAD };
	expect((await rig.run(listing(target))).json('Node')).toEqual([]);
});

/** A code that somebody made in the Seam Console. */
async function addCode(code: { name: string }) {
	const times = { starts_at: inHours(-2), ends_at: inHours(20) };
	await callSeam(rig.simulator, '/access_codes/create', {
		device_id: FRONT_DOOR,
		...times,
		...code,
	});
}
