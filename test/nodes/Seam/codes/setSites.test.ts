import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import { codesOn, inHours, setting } from '../../../support/guestCodes';
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

	it('is full when a third code would be on it at the time of two', async () => {
		await book('B-1', 400);
		await book('B-2', 400);
		const item = await book('B-3', 400);
		expect(item.error).toMatchObject({ reason: 'rejected', evidence: 'none', sent: false });
		expect(item.message).toContain('"Front door" is full: it holds at most 2 codes');
	});
});
