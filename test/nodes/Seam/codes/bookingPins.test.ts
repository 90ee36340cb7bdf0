import type { IDataObject } from 'n8n-workflow';

import { BookingPins } from '../../../../nodes/Seam/codes/bookingPins';
import { BACK_DOOR, FRONT_DOOR } from '../../../../simulators/seam/seed';
import { codesOn, CREATE, inHours, setting } from '../../../support/guestCodes';
import { callSeam } from '../../../support/callSeam';
import { CONTINUE } from '../../../support/rig';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

/** The guest of a booking should need one PIN, and else has to hear of the others. */

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => rig.simulator.reset());
afterAll(async () => await rig.close());

/** Somebody else makes a code of a booking. */
const occupy = async (deviceId: string, code: string, reference: string) =>
	await callSeam(rig.simulator, CREATE, {
		device_id: deviceId,
		code,
		name: `[${reference}]`,
		common_code_key: `n8n:${reference}`,
		starts_at: inHours(-1),
		ends_at: inHours(24),
	});
const pinOn = (deviceId: string, index = 0) => codesOn(rig, deviceId)[index]!.code!;
/** An item for each lock, all of one booking. */
const setEach = async (change: IDataObject = {}) => {
	const parameters = { ...setting('B-1', change), deviceId: '={{ $json.id }}' };
	const items = [{ id: FRONT_DOOR }, { id: BACK_DOOR }];
	return (await rig.run(parameters, items, CONTINUE)).json('Node');
};
const codesOf = ({ problems }: IDataObject) =>
	(problems as IDataObject[]).map(({ code }) => code as string);

it('two items of one booking whose PINs differ say so', async () => {
	await rig.run(setting('B-1'));
	const pin = pinOn(FRONT_DOOR);
	await occupy(BACK_DOOR, pin, 'B-9');
	const [front, back] = await setEach();
	expect(pinOn(BACK_DOOR, 1)).not.toBe(pin);
	expect(front).toMatchObject({ action: 'unchanged', problems: [] });
	expect(back).toMatchObject({
		action: 'created',
		problems: [{ code: 'different_pins', seamKeepsTrying: false, personMustAct: true }],
		text: expect.stringMatching(
			/: the booking has another PIN on "Front door"; tell the guest which PIN/,
		) as string,
	});
	expect(JSON.stringify([front, back])).not.toContain(pin);
});

it('locks of one item whose codes have different PINs say so', async () => {
	await occupy(FRONT_DOOR, '482916', 'B-1');
	await occupy(BACK_DOOR, '482917', 'B-1');
	const run = await rig.run(setting('B-1', { deviceIds: [FRONT_DOOR, BACK_DOOR] }));
	for (const item of run.json('Node')) expect(codesOf(item)).toEqual(['different_pins']);
	expect(JSON.stringify(run.json('Node'))).not.toMatch(/48291/);
});

it('nothing is said where the PINs are the same', async () => {
	for (const item of await setEach()) expect(codesOf(item)).toEqual([]);
	expect(pinOn(FRONT_DOOR)).toBe(pinOn(BACK_DOOR));
});

it('nothing is said where the PIN was given', async () => {
	await occupy(FRONT_DOOR, '482916', 'B-1');
	await occupy(BACK_DOOR, '482917', 'B-1');
	for (const item of await setEach({ pin: '593027' })) expect(codesOf(item)).toEqual([]);
});

it('nothing is said of other bookings', async () => {
	const parameters = {
		...setting('B-1'),
		deviceId: '={{ $json.id }}',
		bookingReference: '={{ $json.booking }}',
	};
	const items = [
		{ id: FRONT_DOOR, booking: 'B-1' },
		{ id: BACK_DOOR, booking: 'B-2' },
	];
	const run = await rig.run(parameters, items, CONTINUE);
	for (const item of run.json('Node')) expect(codesOf(item)).toEqual([]);
	expect(pinOn(FRONT_DOOR)).not.toBe(pinOn(BACK_DOOR));
});

it('nothing is said where a PIN is not known', () => {
	const pins = new BookingPins();
	expect(pins.problems('B-1', { pin: '4711' })).toEqual([]);
	pins.note('B-1', { deviceId: FRONT_DOOR, name: 'Front door' }, { pin: null });
	expect(pins.problems('B-1', { pin: '4711' })).toEqual([]);
	pins.note('B-1', { deviceId: FRONT_DOOR, name: 'Front door' }, { pin: '4712' });
	expect(pins.problems('B-1', { pin: null })).toEqual([]);
	expect(pins.problems('B-1', { pin: '4711' })).toHaveLength(1);
});
