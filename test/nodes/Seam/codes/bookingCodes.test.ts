import type { IDataObject } from 'n8n-workflow';

import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import {
	codesOn,
	countCalls,
	CREATE,
	DELETE,
	inHours,
	removing,
	removingById,
	setting,
	UPDATE,
} from '../../../support/guestCodes';
import { CONTINUE, onlyItem } from '../../../support/rig';
import { callSeam } from '../../../support/callSeam';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

/** Which code of a lock is that of a booking, when there are others beside it. */

const PIN = '824691';
const REMOVED = 'The code of booking B-1 is removed from Front door';
const HOUR = 3600;

let rig: SeamRig;

beforeEach(async () => {
	rig = await startSeamRig();
});
afterEach(async () => await rig.close());

const perform = async (parameters: IDataObject) =>
	onlyItem(await rig.run(parameters, [{}], CONTINUE));
const get = async (reference: string, options: IDataObject = {}) =>
	await perform({ ...setting(reference), operation: 'get', options });
const byHand = async (code: object) =>
	await callSeam(rig.simulator, CREATE, { device_id: FRONT_DOOR, ...code });
const problemsIn = ({ problems }: IDataObject) =>
	(problems as IDataObject[]).map(({ code }) => code);
/** From now on the lock erases nothing. */
const keepCodes = (times?: number) => rig.simulator.faults.set({ name: 'codeNotRemoved', times });

it('a permanent code that a person made is no booking’s, whatever its name says', async () => {
	await byHand({ name: 'Cleaner [12]', code: '2468' });
	expect(await perform(setting('12'))).toMatchObject({ action: 'created' });
	rig.time.advance(10);
	expect(await perform(removing('12', { options: { waitSeconds: 60 } }))).toMatchObject({
		state: 'removed',
	});
	expect(await perform(removing('12'))).toMatchObject({ action: 'alreadyGone' });
	expect(codesOn(rig)).toMatchObject([
		{ name: 'Cleaner [12]', code: '2468', starts_at: null, ends_at: null },
	]);
	expect(countCalls(rig, UPDATE)).toBe(0);
});

it('Get finds the code of today, and not that of an earlier stay', async () => {
	await perform(setting('B-1', { until: inHours(2) }));
	rig.time.advance(3 * HOUR);
	expect(await get('B-1')).toMatchObject({ state: 'ended' });
	const { accessCodeId } = await perform(setting('B-1', { from: inHours(2) }));
	expect(rig.simulator.codes.list()).toHaveLength(2);
	expect(await get('B-1')).toMatchObject({ accessCodeId, until: inHours(24) });
});

describe('while an earlier code of the booking cannot be erased', () => {
	let earlier: string;

	beforeEach(async () => {
		earlier = (await perform(setting('B-1'))).accessCodeId as string;
		rig.time.advance(10);
		keepCodes(1);
		await perform(removing('B-1'));
		rig.time.advance(6);
	});

	it('a new one is made, and it is said that the earlier one may still open', async () => {
		const item = await perform(setting('B-1', { from: inHours(12) }));
		expect(item).toMatchObject({ action: 'created' });
		expect(problemsIn(item)).toContain('earlier_code');
		expect(JSON.stringify(item.problems)).toContain(earlier);
		expect(item.accessCodeId).not.toBe(earlier);
		expect(await get('B-1')).toMatchObject({ accessCodeId: item.accessCodeId });
	});

	it('the booking’s code is not called removed', async () => {
		await perform(setting('B-1', { from: inHours(12) }));
		const item = await perform(removing('B-1', { options: { waitSeconds: 20 } }));
		const isOnLock = rig.simulator.codes.onLock(FRONT_DOOR).some(({ id }) => id === earlier);
		expect(isOnLock).toBe(item.state !== 'removed');
		expect(item.text === REMOVED).toBe(item.state === 'removed');
		expect(isOnLock).toBe(true);
		expect(item).toMatchObject({ state: 'removing', accessCodeId: earlier });
	});
});

it('the removal of one code by its ID speaks of this code and not of the booking', async () => {
	const times = { starts_at: inHours(-1), ends_at: inHours(24) };
	await byHand({ ...times, name: '[B-1] a', code: PIN });
	await byHand({ ...times, name: '[B-1] b', code: '915372' });
	rig.time.advance(10);
	const id = codesOn(rig)[0]!.access_code_id;
	const item = await perform(removingById(id, { waitSeconds: 60 }));
	expect(item).toMatchObject({ accessCodeId: id, state: 'removed' });
	expect(item.text).not.toBe(REMOVED);
	expect(codesOn(rig)).toMatchObject([{ name: '[B-1] b' }]);
});

describe('a code whose time is over', () => {
	beforeEach(async () => {
		await perform(setting('B-1', { pin: PIN, until: inHours(2) }));
		rig.time.advance(3 * HOUR);
	});

	it('is named where it blocks a PIN', async () => {
		const [over] = codesOn(rig);
		const { message } = await perform(setting('B-7', { pin: PIN }));
		expect(message).toContain(over!.access_code_id);
		expect(message).not.toContain(PIN);
	});

	it('is removed with its booking, and then its PIN is free', async () => {
		expect(await perform(removing('B-1', { options: { waitSeconds: 60 } }))).toMatchObject({
			action: 'removed',
			state: 'removed',
		});
		expect(countCalls(rig, DELETE)).toBe(1);
		expect(await perform(setting('B-7', { pin: PIN }))).toMatchObject({ action: 'created' });
	});
});

describe('a code in whose place a backup code is used', () => {
	beforeEach(async () => {
		const times = { starts_at: inHours(-1), ends_at: inHours(24) };
		const name = '[B-1] Ann';
		await byHand({ ...times, name, code: PIN, use_backup_access_code_pool: true });
		rig.time.advance(10);
		const access_code_id = codesOn(rig)[0]!.access_code_id;
		await callSeam(rig.simulator, '/access_codes/pull_backup_access_code', { access_code_id });
		rig.time.advance(10);
	});

	it('is not verified, and a person is told', async () => {
		const item = await get('B-1', { includePin: true });
		expect(item).toMatchObject({ evidence: 'acknowledged' });
		expect(problemsIn(item)).toContain('using_backup_access_code');
		expect(item.problems).toMatchObject([{ personMustAct: true }]);
	});

	it('is not called removed without a word about the backup code', async () => {
		const item = await perform(removing('B-1', { options: { waitSeconds: 60 } }));
		const isOpen = rig.simulator.codes.onLock(FRONT_DOOR).length > 0;
		expect(isOpen).toBe(problemsIn(item).includes('backup_code'));
	});
});

it.each<[string, string, string]>([
	['that is longer', 'Ann Longname Smith', 'Ann Longname Smithson'],
	['that is shorter', 'Ann Longname Smithson', 'Ann Longname Smith'],
])('a guest’s name %s is changed', async (_, before, after) => {
	await perform(setting('B-1', { guestName: before }));
	expect(await perform(setting('B-1', { guestName: after }))).toMatchObject({ action: 'updated' });
	expect(codesOn(rig)).toMatchObject([{ name: `[B-1] ${after}` }]);
});

it('a name that the lock has cut off is left as it is', async () => {
	const guestName = 'Ann Longname Smith';
	await perform(setting('B-1', { guestName }));
	const [{ access_code_id } = { access_code_id: '' }] = codesOn(rig);
	const times = { starts_at: inHours(-1), ends_at: inHours(24) };
	const name = `[B-1] ${guestName}`.slice(0, 14);
	await callSeam(rig.simulator, UPDATE, { access_code_id, ...times, name });
	expect(await perform(setting('B-1', { guestName }))).toMatchObject({ action: 'unchanged' });
});
