import type { IDataObject } from 'n8n-workflow';

import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import { callSeam } from '../../../support/callSeam';
import { codesOn, setting } from '../../../support/guestCodes';
import { onlyItem } from '../../../support/rig';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => rig.simulator.reset());
afterAll(async () => await rig.close());

const PIN = '824691';

async function read(parameters: IDataObject): Promise<IDataObject> {
	const run = await rig.run({ resource: 'guestCode', deviceId: FRONT_DOOR, ...parameters });
	return onlyItem(run);
}

describe('a PIN that somebody wrote into the name of its code', () => {
	beforeEach(async () => {
		await rig.run(setting('B-1', { guestName: `Gate ${PIN} Ann`, pin: PIN }));
		expect(codesOn(rig)).toMatchObject([{ name: `[B-1] Gate ${PIN} Ann` }]);
	});

	it.each<[string, IDataObject]>([
		['Get', { operation: 'get', bookingReference: 'B-1' }],
		['Get Many', { operation: 'getMany' }],
		['Set', setting('B-1')],
	])('is not shown by %s', async (_, parameters) => {
		const item = await read(parameters);
		expect(item).toMatchObject({
			bookingReference: 'B-1',
			codeName: '[B-1] Gate … Ann',
			guestName: 'Gate … Ann',
		});
		expect(JSON.stringify(item)).not.toContain(PIN);
	});

	it('is shown where the PIN is asked for, and only there', async () => {
		const options = { includePin: true };
		const item = await read({ operation: 'get', bookingReference: 'B-1', options });
		expect(item.pin).toBe(PIN);
		expect(JSON.stringify({ ...item, pin: null })).not.toContain(PIN);
	});
});

it('a code without a booking is named without its PIN in the sentence about it', async () => {
	const code = { device_id: FRONT_DOOR, name: `Gate ${PIN}`, code: PIN };
	await callSeam(rig.simulator, '/access_codes/create', code);
	const item = await read({ operation: 'getMany' });
	expect(item.text).toContain('The code "Gate …"');
	expect(JSON.stringify(item)).not.toContain(PIN);
});
