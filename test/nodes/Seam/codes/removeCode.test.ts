import {
	BACK_DOOR,
	CELLAR_KEYPAD,
	FRONT_DOOR,
	GARAGE_DOOR,
} from '../../../../simulators/seam/seed';
import {
	codesOn,
	countCalls,
	createByHand,
	DELETE,
	inHours,
	removing,
	removingById,
	setting,
} from '../../../support/guestCodes';
import { callSeam } from '../../../support/callSeam';
import { CONTINUE, onlyError, onlyItem } from '../../../support/rig';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

const UNKNOWN_CODE = '99999999-9999-4999-8999-999999999999';

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => {
	rig.simulator.reset();
	rig.time.slept.length = 0;
});
afterAll(async () => await rig.close());

/** A code that is on the lock. */
async function setOnLock(reference: string): Promise<string> {
	const run = await rig.run(setting(reference, { options: { waitSeconds: 30 } }));
	expect(onlyItem(run)).toMatchObject({ evidence: 'verified' });
	return onlyItem(run).accessCodeId as string;
}

describe('by its booking', () => {
	it('a code is removed, and until then it is said that it may still open', async () => {
		const id = await setOnLock('B-1');
		expect(onlyItem(await rig.run(removing('B-1')))).toMatchObject({
			accessCodeId: id,
			bookingReference: 'B-1',
			state: 'removing',
			evidence: 'sent',
			action: 'removed',
			sent: true,
			text: 'The code of booking B-1 is being removed from Front door and may still open it',
		});
	});

	it('a code is gone when that is waited for', async () => {
		const id = await setOnLock('B-1');
		const run = await rig.run(removing('B-1', { options: { waitSeconds: 60 } }));
		expect(onlyItem(run)).toMatchObject({
			accessCodeId: id,
			state: 'removed',
			evidence: 'acknowledged',
			text: 'The code of booking B-1 is removed from Front door',
		});
		expect(rig.simulator.codes.onLock(FRONT_DOOR)).toEqual([]);
	});

	it('a code that is gone already is no error, on any lock', async () => {
		const run = await rig.run(removing('B-1', { deviceIds: [FRONT_DOOR, CELLAR_KEYPAD] }));
		expect(run.json('Node')).toMatchObject([
			{ state: 'removed', action: 'alreadyGone', sent: false, evidence: 'acknowledged' },
			{ action: 'alreadyGone', text: 'The code of booking B-1 is not on Cellar keypad' },
		]);
		expect(countCalls(rig, DELETE)).toBe(0);
	});

	it('codes of other bookings stay', async () => {
		await setOnLock('B-1');
		await setOnLock('B-10');
		await rig.run(removing('B-1', { options: { waitSeconds: 60 } }));
		expect(rig.simulator.codes.onLock(FRONT_DOOR)).toMatchObject([{ name: '[B-10]' }]);
	});

	it('a code that is being removed is not removed again', async () => {
		await setOnLock('B-1');
		await rig.run(removing('B-1'));
		expect(onlyItem(await rig.run(removing('B-1')))).toMatchObject({
			state: 'removing',
			action: 'unchanged',
			sent: false,
		});
		const preview = await rig.run(removing('B-1', { options: { dryRun: true } }));
		expect(onlyItem(preview)).toMatchObject({ state: 'removing', wouldDo: 'nothing' });
		const waiting = await rig.run(removing('B-1', { options: { waitSeconds: 60 } }));
		expect(onlyItem(waiting)).toMatchObject({
			state: 'removed',
			action: 'alreadyGone',
			sent: false,
			evidence: 'acknowledged',
		});
		expect(countCalls(rig, DELETE)).toBe(1);
	});

	it('a code that two items are about is removed by the first of them', async () => {
		await setOnLock('B-1');
		const run = await rig.run(removing('B-1'), [{}, {}]);
		expect(run.json('Node')).toMatchObject([
			{ action: 'removed', sent: true },
			{ action: 'unchanged', sent: false },
		]);
		expect(countCalls(rig, DELETE)).toBe(1);
	});

	it('a code that works offline is left alone', async () => {
		rig.simulator.editDevice(FRONT_DOOR, { can_program_offline_access_codes: true });
		const code = { name: '[B-1]', is_offline_access_code: true, code: undefined };
		await createByHand(rig, code);
		for (const parameters of [removing('B-1'), setting('B-1', { until: inHours(48) })]) {
			const run = await rig.run(parameters, [{}], CONTINUE);
			expect(onlyError(run)).toMatchObject({
				reason: 'notSupported',
				evidence: 'none',
				sent: false,
				message: expect.stringContaining('The code of "Front door" works offline') as string,
			});
		}
		expect(codesOn(rig)).toMatchObject([{ ends_at: inHours(24) }]);
	});

	it('a code that Seam does not let go is not removed', async () => {
		await setOnLock('B-1');
		rig.simulator.faults.set({ name: 'forbidden', path: DELETE, times: 1 } as never);
		const run = await rig.run(removing('B-1'), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({
			reason: 'permission',
			evidence: 'none',
			sent: false,
			message: expect.stringContaining('The code on "Front door" was not removed: ') as string,
		});
	});

	it('a code on an offline lock stays, and is said to', async () => {
		rig.simulator.editDevice(GARAGE_DOOR, { properties: { online: true } });
		const deviceIds = [GARAGE_DOOR];
		await rig.run(setting('B-1', { deviceIds, options: { waitSeconds: 30 } }));
		rig.simulator.editDevice(GARAGE_DOOR, { properties: { online: false } });
		rig.time.slept.length = 0;
		const before = countCalls(rig, '/access_codes/get');
		const run = await rig.run(removing('B-1', { deviceIds, options: { waitSeconds: 60 } }));
		expect(onlyItem(run)).toMatchObject({ state: 'removing', evidence: 'sent' });
		expect(rig.time.sleptSeconds).toBe(60);
		// after 2, 5, 9.5, 16.25, 26.375, 41.375, 56.375 and 60 seconds
		expect(countCalls(rig, '/access_codes/get') - before).toBe(8);
	});

	it('a dry run only says what it would do', async () => {
		await setOnLock('B-1');
		const run = await rig.run(removing('B-1', { options: { dryRun: true } }));
		expect(onlyItem(run)).toMatchObject({ action: 'none', wouldDo: 'remove', state: 'active' });
		const other = await rig.run(removing('B-2', { options: { dryRun: true } }));
		expect(onlyItem(other)).toMatchObject({ action: 'none', wouldDo: 'nothing' });
		expect(countCalls(rig, DELETE)).toBe(0);
	});

	it('a code whose name lost the reference is not taken for gone', async () => {
		rig.simulator.codes.change({ commonCodeKey: 'ignored', noticesAfterMinutes: 0 });
		const id = await setOnLock('B-1');
		await patch(id, { name: 'somebody' });
		const run = await rig.run(removing('B-1'), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'rejected', evidence: 'none' });
		expect(onlyItem(run).message).toContain(id);
		const again = await rig.run(setting('B-1', { until: inHours(48) }), [{}], CONTINUE);
		expect(onlyItem(again).message).toContain('so no second one was made');
		expect(codesOn(rig)).toHaveLength(1);
	});

	it('a code whose name was cut off is neither doubled nor taken for gone', async () => {
		rig.simulator.codes.change({ commonCodeKey: 'ignored' });
		const id = await setOnLock('B-2026-11-1042');
		await patch(id, { name: '[B-2026-11-10' });
		const removal = await rig.run(removing('B-2026-11-1042'), [{}], CONTINUE);
		expect(onlyItem(removal).message).toMatch(/is cut off within its booking reference/);
		const set = await rig.run(setting('B-2026-11-1042'), [{}], CONTINUE);
		expect(onlyError(set)).toMatchObject({ reason: 'rejected', evidence: 'none' });
		expect(codesOn(rig)).toHaveLength(1);
	});
});

describe('by its ID', () => {
	it('a code is removed', async () => {
		const id = await setOnLock('B-1');
		const run = await rig.run(removingById(id, { waitSeconds: 60 }));
		expect(onlyItem(run)).toMatchObject({
			deviceId: FRONT_DOOR,
			name: 'Front door',
			accessCodeId: id,
			bookingReference: 'B-1',
			state: 'removed',
		});
	});

	it('a code that is gone already is no error', async () => {
		const id = await setOnLock('B-1');
		await rig.run(removingById(id, { waitSeconds: 60 }));
		expect(onlyItem(await rig.run(removingById(id)))).toMatchObject({
			deviceId: FRONT_DOOR,
			accessCodeId: id,
			action: 'alreadyGone',
			text: `The code ${id} is not on Front door`,
		});
	});

	it('a code whose lock cannot be read is removed, and named by the ID of its lock', async () => {
		const id = await setOnLock('B-1');
		rig.simulator.faults.set({ name: 'forbidden', path: '/devices/get', times: 1 } as never);
		expect(onlyItem(await rig.run(removingById(id, { waitSeconds: 60 })))).toMatchObject({
			deviceId: FRONT_DOOR,
			name: FRONT_DOOR,
			state: 'removed',
		});
	});

	it('a code that never was is one', async () => {
		const run = await rig.run(removingById(UNKNOWN_CODE), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'notFound', command: 'remove', sent: false });
	});

	it('one of two codes of a booking is removed, and then the booking has one', async () => {
		const id = await setOnLock('B-1');
		await createByHand(rig, { name: '[B-1] hand', code: '2468' });
		const both = await rig.run(removing('B-1'), [{}], CONTINUE);
		expect(onlyItem(both).message).toContain(id);
		expect(countCalls(rig, DELETE)).toBe(0);
		await rig.run(removingById(id, { waitSeconds: 60 }));
		expect(onlyItem(await rig.run(removing('B-1')))).toMatchObject({ action: 'removed' });
	});
});

describe('a lost answer to a deletion', () => {
	it.each(['dropAfterRead', 'executeThen503'])('%s is found out', async (name) => {
		await setOnLock('B-1');
		rig.simulator.faults.set({ name, path: DELETE, times: 1 } as never);
		const run = await rig.run(removing('B-1', { options: { waitSeconds: 60 } }));
		expect(onlyItem(run)).toMatchObject({ state: 'removed', action: 'removed' });
		expect(countCalls(rig, DELETE)).toBe(1);
	});

	it('that was not carried out is unknown', async () => {
		await setOnLock('B-1');
		rig.simulator.faults.set({ name: 'internalError', path: DELETE, times: 1 } as never);
		const run = await rig.run(removing('B-1'), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ evidence: 'unknown', sent: true, retryable: false });
		expect(onlyItem(run).message).toContain(
			'It is not known whether the code on "Front door" was removed: ',
		);
	});
});

it('two removals at once are no error', async () => {
	await setOnLock('B-1');
	const runs = await Promise.all([rig.run(removing('B-1')), rig.run(removing('B-1'))]);
	for (const run of runs) expect(['removing', 'removed']).toContain(onlyItem(run).state);
});

it('a code on several locks is removed from each', async () => {
	const deviceIds = [FRONT_DOOR, BACK_DOOR];
	await rig.run(setting('B-1', { deviceIds, options: { waitSeconds: 30 } }));
	const run = await rig.run(removing('B-1', { deviceIds, options: { waitSeconds: 60 } }));
	expect(run.json('Node')).toMatchObject([{ state: 'removed' }, { state: 'removed' }]);
	expect(deviceIds.flatMap((id) => rig.simulator.codes.onLock(id))).toEqual([]);
});

async function patch(id: string, change: object): Promise<void> {
	const times = { starts_at: inHours(-1), ends_at: inHours(24) };
	await callSeam(rig.simulator, '/access_codes/update', {
		access_code_id: id,
		...times,
		...change,
	});
}
