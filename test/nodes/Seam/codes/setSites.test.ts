import { choosePins } from '../../../../nodes/Seam/codes/pinChoice';
import { BACK_DOOR, FRONT_DOOR } from '../../../../simulators/seam/seed';
import { codesOn, createByHand, inHours, setting } from '../../../support/guestCodes';
import { CONTINUE, onlyItem } from '../../../support/rig';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
beforeEach(() => {
	rig.simulator.editDevice(FRONT_DOOR, { properties: { max_active_codes_supported: 2 } });
});
afterEach(() => rig.simulator.reset());
afterAll(async () => await rig.close());

/** One night each. */
const book = async (reference: string, fromHours: number) =>
	onlyItem(
		await rig.run(
			setting(reference, { from: inHours(fromHours), until: inHours(fromHours + 16) }),
			[{}],
			CONTINUE,
		),
	);

describe('a lock that holds two codes', () => {
	it('takes any number of bookings, as long as they are not at one time', async () => {
		for (const [index, hours] of [0, 200, 400, 600].entries()) {
			expect(await book(`B-${index}`, hours)).toMatchObject({ action: 'created' });
		}
		expect(codesOn(rig)).toHaveLength(4);
	});

	it('takes one for tonight, whatever is booked for next month', async () => {
		await book('B-1', 700);
		await book('B-2', 700);
		expect(await book('B-3', 1)).toMatchObject({ action: 'created' });
	});

	it('is full for the second of two items, however the lock is written', async () => {
		rig.simulator.editDevice(FRONT_DOOR, { properties: { max_active_codes_supported: 1 } });
		const run = await rig.run(
			{
				...setting('B-1'),
				bookingReference: '={{ $json.booking }}',
				deviceId: '={{ $json.lock }}',
			},
			[
				{ booking: 'B-1', lock: FRONT_DOOR },
				{ booking: 'B-2', lock: FRONT_DOOR.toUpperCase() },
			],
			CONTINUE,
		);
		expect(run.json('Node')).toMatchObject([{ action: 'created' }, { error: { sent: false } }]);
		expect(codesOn(rig)).toHaveLength(1);
	});

	it.each([
		[0, 88],
		[88, 0],
	])('does not hold a code three days before its begin (%j, %j)', async (first, second) => {
		rig.simulator.editDevice(FRONT_DOOR, { properties: { max_active_codes_supported: 1 } });
		expect(await book('B-1', first)).toMatchObject({ action: 'created' });
		expect(await book('B-2', second)).toMatchObject({ action: 'created' });
	});

	it.each([
		[0, 87.9],
		[87.9, 0],
	])('holds a code within three days before its begin (%j, %j)', async (first, second) => {
		rig.simulator.editDevice(FRONT_DOOR, { properties: { max_active_codes_supported: 1 } });
		expect(await book('B-1', first)).toMatchObject({ action: 'created' });
		expect((await book('B-2', second)).message).toContain('is full');
	});

	it('holds permanent codes at any time', async () => {
		rig.simulator.editDevice(FRONT_DOOR, { properties: { max_active_codes_supported: 1 } });
		await createByHand(rig, { name: 'Cleaner', code: '2468', starts_at: null, ends_at: null });
		expect((await book('B-1', 700)).message).toContain('is full');
	});

	it('no longer holds a code whose time is over', async () => {
		rig.simulator.editDevice(FRONT_DOOR, { properties: { max_active_codes_supported: 1 } });
		await book('B-1', 0);
		rig.time.advance(17 * 3600);
		expect(await book('B-2', 20)).toMatchObject({ action: 'created' });
		rig.time.advance(-17 * 3600);
	});

	it('is full when a third code would be on it at the time of two', async () => {
		await book('B-1', 400);
		await book('B-2', 400);
		const item = await book('B-3', 400);
		expect(item.error).toMatchObject({ reason: 'rejected', evidence: 'none', sent: false });
		expect(item.message).toContain('"Front door" is full: it holds at most 2 codes');
	});
});

describe('a lock that takes only codes that begin in the future', () => {
	beforeEach(() => {
		const code_constraints = [{ constraint_type: 'start_date_in_future' }];
		rig.simulator.editDevice(FRONT_DOOR, { properties: { code_constraints } });
	});

	it('gets one that begins later', async () => {
		expect(await book('B-1', 0.1)).toMatchObject({ action: 'created' });
	});

	it('gets none that has begun', async () => {
		const item = await book('B-1', -1);
		expect(item.error).toMatchObject({ reason: 'badRequest', evidence: 'none', sent: false });
		expect(item.message).toContain("begin in the future, and 'From' is in the past");
	});
});

it('a code whose name was cut off is not asked about, where the booking has its code', async () => {
	await book('B-1', 0);
	await createByHand(rig, { name: '[B-', code: '2468' });
	expect(await book('B-1', 0)).toMatchObject({ action: 'unchanged' });
});

it('a new PIN is not compared with the one that it replaces', async () => {
	const code_constraints = [{ constraint_type: 'unique_first_four_digits' }];
	rig.simulator.editDevice(FRONT_DOOR, { properties: { code_constraints } });
	for (const [pin, action] of [
		['824691', 'created'],
		['824613', 'updated'],
	] as const) {
		const run = await rig.run(setting('B-1', { pin }), [{}], CONTINUE);
		expect(onlyItem(run)).toMatchObject({ action });
	}
});

it('a lock that cannot be given codes now keeps its code, and others get its PIN', async () => {
	await rig.run(setting('B-1', { pin: '8246' }));
	rig.simulator.editDevice(FRONT_DOOR, { can_program_online_access_codes: false });
	const run = await rig.run(setting('B-1', { deviceIds: [FRONT_DOOR, BACK_DOOR] }), [{}], CONTINUE);
	expect(run.json('Node')).toMatchObject([{ action: 'unchanged' }, { action: 'created' }]);
	expect(codesOn(rig, BACK_DOOR)).toMatchObject([{ code: '8246' }]);
});

it('a PIN is computed with the key of the credential', async () => {
	await rig.run(setting('B-1'));
	const [{ code } = { code: null }] = codesOn(rig);
	const rules = { lengths: [], constraints: new Set<string>(), mostCodes: 2, isPinOfMaker: false };
	const lock = { deviceId: FRONT_DOOR, name: '', rules, own: undefined, others: [] };
	const wish = { pin: null, reference: 'B-1' };
	const computed = (secret: string) => choosePins({ ...wish, secret }, [lock]).get(FRONT_DOOR);
	expect(code).toBe(computed(rig.simulator.apiKey));
	expect(code).not.toBe(computed(''));
});
