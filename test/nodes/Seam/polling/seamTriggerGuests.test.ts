import { BACK_DOOR, FRONT_DOOR } from '../../../../simulators/seam/seed';
import { createCode, deleteCode, PIN, renameCode } from '../../../support/seamCodes';
import {
	lockEvent,
	minutesPass,
	published,
	rig,
	useSeamTriggers,
} from '../../../support/seamTriggers';

useSeamTriggers();

const EVENTS = ['accessDenied', 'locked', 'unlocked'];
const ANN = {
	name: '[B-1042] Ann',
	bookingReference: 'B-1042',
	guestName: 'Ann',
};
const typed = (pin = PIN) => rig.simulator.codes.enter(FRONT_DOOR, pin);
const lists = () => rig.calls().filter((path) => path.startsWith('/access_codes/'));
const withCode = (access_code_id: string) =>
	lockEvent('unlocked', { method: 'keycode', access_code_id, code: PIN });

it('says whose code opened the door, and never the PIN', async () => {
	const poller = await published({ events: EVENTS });
	const accessCodeId = await createCode(rig.simulator);
	minutesPass(1);
	typed();
	const items = (await poller.poll())!;
	expect(items).toMatchObject([
		{
			event: 'unlocked',
			method: 'keycode',
			accessCodeId,
			text: 'Front door was unlocked with the code of booking B-1042 (Ann)',
		},
	]);
	expect(items[0]!.guestCode).toEqual({ accessCodeId, ...ANN });
	expect(JSON.stringify([items, poller.state, poller.log])).not.toContain(PIN);
});

it('says whose code was refused', async () => {
	const poller = await published({ events: EVENTS });
	const accessCodeId = await createCode(rig.simulator);
	minutesPass(1);
	rig.simulator.addEvent({
		event_type: 'lock.access_denied',
		device_id: FRONT_DOOR,
		access_code_id: accessCodeId,
		reason: { reason_code: 'expired_code', message: `The code ${PIN} has expired` },
	});
	const items = await poller.poll();
	expect(items).toMatchObject([
		{
			event: 'accessDenied',
			guestCode: { accessCodeId, ...ANN },
			text: 'Access was denied at Front door: expired code',
		},
	]);
	expect(JSON.stringify(items)).not.toContain(PIN);
});

it('makes no call for events without a code, and one for all codes of a lock', async () => {
	const poller = await published({ events: EVENTS });
	const first = await createCode(rig.simulator);
	const second = await createCode(rig.simulator, { name: 'Cleaner', code: '20486' });
	minutesPass(1);
	rig.simulator.requests.clear();
	lockEvent('unlocked', { method: 'manual' });
	expect(await poller.poll()).toMatchObject([{ accessCodeId: null, guestCode: null }]);
	expect(lists()).toEqual([]);
	minutesPass(1);
	for (const id of [first, second, first]) withCode(id);
	expect((await poller.poll())!.map(({ guestCode }) => guestCode)).toMatchObject([
		ANN,
		{ name: 'Cleaner', bookingReference: null, guestName: 'Cleaner' },
		ANN,
	]);
	expect(lists()).toEqual(['/access_codes/list']);
});

it('knows the name of a code that was removed meanwhile, also after a restart', async () => {
	const poller = await published({ events: EVENTS });
	const id = await createCode(rig.simulator);
	minutesPass(1);
	typed();
	await poller.poll();
	await renameCode(rig.simulator, id, '[B-1042] Anna');
	minutesPass(1);
	typed();
	expect(await poller.poll()).toMatchObject([{ guestCode: { guestName: 'Anna' } }]);
	await deleteCode(rig.simulator, id);
	minutesPass(1);
	poller.restart();
	withCode(id);
	expect(await poller.poll()).toMatchObject([
		{ guestCode: { accessCodeId: id, bookingReference: 'B-1042', guestName: 'Anna' } },
	]);
});

it('shows the name that a code of the lock itself has', async () => {
	const poller = await published({ events: EVENTS });
	rig.simulator.codes.add({ device_id: FRONT_DOOR, code: '20486', name: 'Family' });
	typed('20486');
	expect(await poller.poll()).toMatchObject(
		[{ guestCode: { name: 'Family', bookingReference: null }, text: /code "Family"$/ }].map(
			({ guestCode }) => ({ guestCode, text: 'Front door was unlocked with the code "Family"' }),
		),
	);
});

it('knows the name of a code of the lock itself, also when it is gone', async () => {
	const poller = await published({ events: EVENTS });
	const { id } = rig.simulator.codes.add({ device_id: FRONT_DOOR, code: '20486', name: 'Family' });
	withCode(id);
	expect(await poller.poll()).toMatchObject([{ guestCode: { name: 'Family' } }]);
	rig.simulator.codes.remove(id);
	minutesPass(60);
	withCode(id);
	expect(await poller.poll()).toMatchObject([{ guestCode: { name: 'Family' } }]);
});

it.each(['internalError', 'notJson'] as const)(
	'%s: the codes of the lock itself cannot be listed, and an event comes without a name',
	async (name) => {
		const poller = await published({ events: EVENTS });
		rig.simulator.faults.set({ name, path: '/access_codes/unmanaged/list' });
		withCode('a-code-of-the-lock');
		expect(await poller.poll()).toMatchObject([
			{ guestCode: { accessCodeId: 'a-code-of-the-lock', name: null } },
		]);
		expect(poller.log).toEqual([expect.stringMatching(/could not be listed.* Seam/)]);
		expect(poller.log.join()).not.toContain('unexpected');
	},
);

describe('while the codes cannot be listed', () => {
	it.each(['internalError', 'unavailable'] as const)(
		'%s: an event comes without its name',
		async (name) => {
			const poller = await published({ events: EVENTS });
			const accessCodeId = await createCode(rig.simulator);
			minutesPass(1);
			rig.simulator.faults.set({ name, path: '/access_codes/list' });
			typed();
			rig.simulator.requests.clear();
			expect(await poller.poll()).toMatchObject([
				{
					text: 'Front door was unlocked with a code',
					guestCode: { accessCodeId, name: null, bookingReference: null, guestName: null },
				},
			]);
			// the other list only helps beside this one
			expect(lists()).toEqual(['/access_codes/list']);
			minutesPass(1);
			typed();
			await poller.poll();
			expect(poller.log).toEqual([
				expect.stringMatching(/guest codes of a lock could not be listed/),
			]);
		},
	);
});

describe('Only These Codes', () => {
	const limited = async (onlyTheseCodes: unknown) =>
		await published({
			events: [...EVENTS, 'doorOpened'],
			onlyTheseCodes: onlyTheseCodes as string,
		});

	it.each(['B-1042', ' B-7 , B-1042', ['B-1042']])('lets events of %j through', async (codes) => {
		const poller = await limited(codes);
		const id = await createCode(rig.simulator);
		const other = await createCode(rig.simulator, { name: '[B-104] Ben', code: '20486' });
		const longer = await createCode(rig.simulator, { name: '[B-10421] Cy', code: '20487' });
		minutesPass(1);
		for (const each of [other, id, longer]) withCode(each);
		lockEvent('locked', { method: 'automatic' });
		lockEvent('unlocked', { method: 'manual' });
		expect(await poller.poll()).toMatchObject([{ event: 'unlocked', accessCodeId: id }]);
	});

	it('leaves events of doors alone', async () => {
		const poller = await limited('B-1042');
		rig.simulator.editDevice(BACK_DOOR, { properties: { door_open: true } });
		expect(await poller.events()).toEqual(['doorOpened']);
	});

	it('loses no event of a code that nobody knows', async () => {
		const poller = await limited('B-1042');
		withCode('a-code-that-is-gone');
		lockEvent('unlocked', { method: 'keycode' });
		lockEvent('unlocked', { method: 'unknown' });
		rig.simulator.addEvent({ event_type: 'lock.access_denied', device_id: FRONT_DOOR });
		expect(await poller.events()).toEqual(['unlocked', 'unlocked', 'unlocked', 'accessDenied']);
	});

	it('loses no event while the codes cannot be listed', async () => {
		const poller = await limited('B-1042');
		const id = await createCode(rig.simulator, { name: '[B-7] Ben' });
		minutesPass(1);
		rig.simulator.faults.set({ name: 'internalError', path: '/access_codes/list' });
		withCode(id);
		expect(await poller.poll()).toMatchObject([{ accessCodeId: id }]);
	});

	it.each(['B 1042', '[B-1042]', ',', [], '={{ null }}', 'x'.repeat(41)])(
		'refuses %j',
		async (codes) => {
			await expect(limited(codes)).rejects.toThrow("'Only These Codes' holds something");
		},
	);
});
