import type { INode } from 'n8n-workflow';

import { BACK_DOOR, FRONT_DOOR } from '../../../../simulators/seam/seed';
import {
	codesOn,
	countCalls,
	createByHand,
	CREATE,
	DELETE,
	inHours,
	LIST,
	removing,
	setting,
	UPDATE,
} from '../../../support/guestCodes';
import { CONTINUE, onlyError, onlyItem } from '../../../support/rig';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';
import { until } from '../../../support/until';

/** Never two codes for one booking, and no write is sent twice. */

const RETRY: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
/** Faults after which nobody knows whether the request was carried out, although it was. */
const LOST = ['dropAfterRead', 'executeThen503', 'truncated'] as const;
/** The same, and it was not. */
const NOT_DONE = [
	'internalError',
	'unavailable',
	'badGateway',
	'dropBeforeRead',
	'notJson',
] as const;

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => {
	rig.simulator.reset();
	rig.time.slept.length = 0;
});
afterAll(async () => await rig.close());

const fault = (name: string, path: string, times = 1) =>
	rig.simulator.faults.set({ name, path, times } as never);

describe('a lost answer', () => {
	it.each(LOST)('to a creation (%s) is found out by the list', async (name) => {
		fault(name, CREATE);
		const item = onlyItem(await rig.run(setting('B-1', { options: { waitSeconds: 30 } })));
		expect(item).toMatchObject({ action: 'created', sent: true, evidence: 'verified' });
		expect(codesOn(rig)).toHaveLength(1);
		expect(countCalls(rig, CREATE)).toBe(1);
	});

	it.each(NOT_DONE)('to a creation that was not made (%s) is unknown', async (name) => {
		fault(name, CREATE);
		const run = await rig.run(setting('B-1'), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ evidence: 'unknown', sent: true, retryable: false });
		expect(countCalls(rig, CREATE)).toBe(1);
		expect(onlyItem(run).message).toContain('It is not known whether the code on "Front door"');
	});

	it.each(LOST)('to an update (%s) is found out by the list', async (name) => {
		await rig.run(setting('B-1'));
		fault(name, UPDATE);
		const item = onlyItem(await rig.run(setting('B-1', { until: inHours(48), pin: '8255' })));
		expect(item).toMatchObject({ action: 'updated', until: inHours(48), sent: true });
		expect(codesOn(rig)).toMatchObject([{ code: '8255' }]);
		expect(countCalls(rig, UPDATE)).toBe(1);
	});

	it.each(NOT_DONE)('to an update that was not made (%s) is unknown', async (name) => {
		await rig.run(setting('B-1'));
		fault(name, UPDATE);
		const run = await rig.run(setting('B-1', { until: inHours(48) }), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ evidence: 'unknown', sent: true, retryable: false });
		expect(countCalls(rig, UPDATE)).toBe(1);
	});

	it('is unknown as well when Seam cannot be asked afterwards', async () => {
		fault('dropAfterRead', CREATE);
		// the first list is the one before
		const run = rig.run(setting('B-1'), [{}], CONTINUE);
		await until(() => countCalls(rig, LIST) > 0);
		fault('unavailable', LIST, 100);
		expect(onlyError(await run)).toMatchObject({ evidence: 'unknown', sent: true });
		expect(countCalls(rig, CREATE)).toBe(1);
	});

	it('is not claimed by a code of other times', async () => {
		fault('internalError', CREATE);
		const run = rig.run(setting('B-1', { pin: '8255' }), [{}], CONTINUE);
		await until(() => countCalls(rig, CREATE) > 0);
		await createByHand(rig, { name: '[B-1] hand', code: '2468', ends_at: inHours(12) });
		expect(onlyError(await run)).toMatchObject({ evidence: 'unknown' });
		expect(codesOn(rig)).toHaveLength(1);
	});
});

describe('Retry On Fail', () => {
	it.each(LOST)('finds what an earlier try made (%s)', async (name) => {
		fault(name, CREATE);
		const run = rig.run(setting('B-1'), [{}], RETRY);
		await until(() => countCalls(rig, CREATE) > 0);
		fault('unavailable', LIST, 9);
		expect(onlyItem(await run)).toMatchObject({ action: 'created', sent: true });
		expect(countCalls(rig, CREATE)).toBe(1);
		expect(codesOn(rig)).toHaveLength(1);
	});

	it('sends nothing again when it is not found', async () => {
		fault('internalError', CREATE);
		const run = await rig.run(setting('B-1'), [{}], { ...RETRY, ...CONTINUE });
		expect(onlyError(run)).toMatchObject({ evidence: 'unknown', sent: true });
		expect(countCalls(rig, CREATE)).toBe(1);
	});

	it('sends nothing again after an update that was not made', async () => {
		await rig.run(setting('B-1'));
		fault('internalError', UPDATE);
		const parameters = setting('B-1', { until: inHours(48) });
		const run = await rig.run(parameters, [{}], { ...RETRY, ...CONTINUE });
		expect(onlyError(run)).toMatchObject({ evidence: 'unknown', sent: true });
		expect(countCalls(rig, UPDATE)).toBe(1);
	});

	it('sends again what was certainly refused', async () => {
		fault('rateLimited', CREATE);
		expect(onlyItem(await rig.run(setting('B-1'), [{}], RETRY))).toMatchObject({
			action: 'created',
		});
		expect(countCalls(rig, CREATE)).toBe(2);
		expect(codesOn(rig)).toHaveLength(1);
	});

	it('leaves alone the lock that has its code already', async () => {
		fault('rateLimited', CREATE);
		const parameters = setting('B-1', { deviceIds: [FRONT_DOOR, BACK_DOOR] });
		const run = await rig.run(parameters, [{}], RETRY);
		expect(run.json('Node')).toMatchObject([{ action: 'created' }, { action: 'created' }]);
		expect(countCalls(rig, CREATE)).toBe(3);
		expect(codesOn(rig)[0]?.code).toBe(codesOn(rig, BACK_DOOR)[0]?.code);
	});

	it('sends a deletion once', async () => {
		await rig.run(setting('B-1'));
		fault('internalError', DELETE);
		const run = await rig.run(removing('B-1'), [{}], { ...RETRY, ...CONTINUE });
		expect(onlyError(run)).toMatchObject({ command: 'remove', evidence: 'unknown', sent: true });
		expect(countCalls(rig, DELETE)).toBe(1);
	});
});

describe('two executions at once', () => {
	const both = async (...changes: Array<Parameters<typeof setting>[1]>) =>
		await Promise.all(
			changes.map(async (change) => await rig.run(setting('B-1', change), [{}], CONTINUE)),
		);

	it('with the same booking make one code', async () => {
		const runs = await both({}, {});
		expect(codesOn(rig)).toHaveLength(1);
		const ids = runs.map((run) => onlyItem(run).accessCodeId);
		expect(ids).toEqual([codesOn(rig)[0]?.access_code_id, codesOn(rig)[0]?.access_code_id]);
	});

	it('with other times each make one code', async () => {
		await both({}, { until: inHours(48) }, { until: inHours(72) });
		expect(codesOn(rig)).toHaveLength(1);
	});

	it('with PINs of their own make one code in the end', async () => {
		await both({ pin: '8255' }, { pin: '9173' }, { pin: '3614' });
		rig.time.advance(60);
		expect(codesOn(rig)).toHaveLength(1);
		expect(rig.simulator.codes.onLock(FRONT_DOOR)).toHaveLength(1);
	});

	it('on a lock whose maker chooses the PIN make one code', async () => {
		const code_constraints = [{ constraint_type: 'cannot_specify_pin_code' }];
		rig.simulator.editDevice(FRONT_DOOR, { properties: { code_constraints } });
		await both({}, {});
		rig.time.advance(60);
		expect(rig.simulator.codes.onLock(FRONT_DOOR)).toHaveLength(1);
	});
});
