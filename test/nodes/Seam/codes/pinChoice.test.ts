import type { IDataObject } from 'n8n-workflow';

import { BACK_DOOR, CELLAR_KEYPAD, FRONT_DOOR } from '../../../../simulators/seam/seed';
import {
	codesOn,
	CREATE,
	createByHand,
	inHours,
	removing,
	setting,
	UPDATE,
} from '../../../support/guestCodes';
import { CONTINUE, onlyItem } from '../../../support/rig';
import { callSeam } from '../../../support/callSeam';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => rig.simulator.reset());
afterAll(async () => await rig.close());

const run = async (parameters: IDataObject) => await rig.run(parameters, [{}], CONTINUE);
const rename = async (name: string) => {
	const { access_code_id, starts_at, ends_at } = codesOn(rig)[0]!;
	await callSeam(rig.simulator, UPDATE, { access_code_id, starts_at, ends_at, name });
};
const acceptLengths = (deviceId: string, ...supported_code_lengths: number[]) =>
	rig.simulator.editDevice(deviceId, { properties: { supported_code_lengths } });

describe('a lock that gets no code anyway', () => {
	it.each<[string, () => void, IDataObject]>([
		[
			'cannot have codes',
			() => acceptLengths(CELLAR_KEYPAD, 9),
			{ deviceIds: [FRONT_DOOR, CELLAR_KEYPAD] },
		],
		[
			'cannot be given codes now',
			() => {
				acceptLengths(BACK_DOOR, 8);
				rig.simulator.editDevice(BACK_DOOR, { can_program_online_access_codes: false });
			},
			{ deviceIds: [FRONT_DOOR, BACK_DOOR] },
		],
	])('because it %s, has no say in the PIN of the others', async (_, prepare, change) => {
		prepare();
		const [good, bad] = (await run(setting('B-1', change))).json('Node');
		expect(good).toMatchObject({ deviceId: FRONT_DOOR, action: 'created' });
		expect(bad?.error).toMatchObject({ evidence: 'none', sent: false });
		expect(bad?.message).not.toContain('length');
	});
});

it('locks without a common length of PINs: as many as possible get a code', async () => {
	acceptLengths(FRONT_DOOR, 4);
	acceptLengths(BACK_DOOR, 8);
	const items = (await run(setting('B-1', { deviceIds: [FRONT_DOOR, BACK_DOOR] }))).json('Node');
	expect(items.filter(({ action }) => action === 'created')).toHaveLength(1);
	expect(items.filter(({ error }) => error !== undefined)).toHaveLength(1);
});

describe('on a server without common keys, a code that somebody renamed', () => {
	beforeEach(async () => {
		rig.simulator.codes.change({ commonCodeKey: 'ignored' });
		await run(setting('B-1'));
	});

	it.each(['Ann', 'Ann [VIP]'])('to "%s" gets no second one beside it', async (name) => {
		await rename(name);
		const { access_code_id: id } = codesOn(rig)[0]!;
		const item = onlyItem(await run(setting('B-1', { until: inHours(48) })));
		expect(item.error).toMatchObject({ reason: 'rejected', evidence: 'none', sent: false });
		expect(item.message).toContain(id);
		expect(codesOn(rig)).toHaveLength(1);
	});

	it.each<[string, () => void, IDataObject]>([
		['the lock accepts other lengths', () => acceptLengths(FRONT_DOOR, 4), {}],
		[
			'another lock accepts only other lengths',
			() => acceptLengths(BACK_DOOR, 4),
			{ deviceIds: [FRONT_DOOR, BACK_DOOR] },
		],
	])('gets no second one when %s by now', async (_, prepare, change) => {
		await rename('Ann');
		prepare();
		const items = (await run(setting('B-1', change))).json('Node');
		const item = items.find(({ error }) => error !== undefined);
		expect(item?.error).toMatchObject({ reason: 'rejected', evidence: 'none', sent: false });
		expect(item?.message).toContain(codesOn(rig)[0]!.access_code_id);
		expect(codesOn(rig)).toHaveLength(1);
	});

	it.each([[], [4]])('is not called removed, whatever lengths (%p)', async (...lengths) => {
		await rename('Ann');
		if (lengths.length > 0) acceptLengths(FRONT_DOOR, ...lengths);
		const item = onlyItem(await run(removing('B-1')));
		expect(item.state).not.toBe('removed');
		expect(codesOn(rig)).toHaveLength(1);
	});
});

describe('a permanent code of a person that has the booking’s PIN by chance', () => {
	beforeEach(async () => {
		acceptLengths(FRONT_DOOR, 4);
		await run(setting('B-1'));
		const { code } = codesOn(rig)[0]!;
		await run(removing('B-1', { options: { waitSeconds: 60 } }));
		await callSeam(rig.simulator, CREATE, { device_id: FRONT_DOOR, name: 'Cleaner', code });
		rig.time.advance(60);
	});

	it('keeps the booking from neither its own code nor the removal', async () => {
		expect(onlyItem(await run(setting('B-1')))).toMatchObject({ action: 'created' });
		await run(removing('B-1', { options: { waitSeconds: 60 } }));
		expect(onlyItem(await run(removing('B-1')))).toMatchObject({ action: 'alreadyGone' });
		expect(codesOn(rig)).toMatchObject([{ name: 'Cleaner' }]);
	});
});

it('a short code that a person made may have the booking’s PIN of that length by chance', async () => {
	acceptLengths(FRONT_DOOR, 4);
	await run(setting('B-1'));
	const { code } = codesOn(rig)[0]!;
	await run(removing('B-1', { options: { waitSeconds: 60 } }));
	acceptLengths(FRONT_DOOR, 4, 6);
	await createByHand(rig, { name: 'Eve', code });
	expect(onlyItem(await run(setting('B-1')))).toMatchObject({ action: 'created' });
});
