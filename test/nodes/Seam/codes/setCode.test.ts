import {
	BACK_DOOR,
	CELLAR_KEYPAD,
	FRONT_DOOR,
	GARAGE_DOOR,
	OFFICE_DOOR,
} from '../../../../simulators/seam/seed';
import {
	codesOn,
	countCalls,
	createByHand,
	CREATE,
	inHours,
	LIST,
	setting,
	UPDATE,
} from '../../../support/guestCodes';
import { CONTINUE, onlyError, onlyItem } from '../../../support/rig';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => {
	rig.simulator.reset();
	rig.time.slept.length = 0;
});
afterAll(async () => await rig.close());

/** The error item of the only lock. */
async function refusal(...[reference, change]: Parameters<typeof setting>) {
	const run = await rig.run(setting(reference, change), [{}], CONTINUE);
	return { ...onlyError(run), message: onlyItem(run).message as string };
}

describe('a booking without a code', () => {
	it('gets one on the lock, found again by its reference', async () => {
		const run = await rig.run(setting('B-1042', { guestName: 'Ann' }));
		expect(onlyItem(run)).toEqual({
			service: 'seam',
			deviceId: FRONT_DOOR,
			deviceType: 'lock',
			name: 'Front door',
			accessCodeId: codesOn(rig)[0]?.access_code_id,
			bookingReference: 'B-1042',
			guestName: 'Ann',
			codeName: '[B-1042] Ann',
			state: 'programming',
			evidence: 'acknowledged',
			action: 'created',
			sent: true,
			dryRun: false,
			from: inHours(-1),
			until: inHours(24),
			expectedAt: null,
			problems: [],
			text: 'The code of booking B-1042 is being put on Front door',
		});
		expect(codesOn(rig)).toMatchObject([
			{
				name: '[B-1042] Ann',
				common_code_key: 'n8n:B-1042',
				code: expect.stringMatching(/^\d{6}$/) as string,
			},
		]);
		expect(rig.calls()).toEqual(['/devices/get', LIST, CREATE, LIST]);
	});

	it('is verified once the lock holds it, when that is waited for', async () => {
		const run = await rig.run(setting('B-1', { options: { waitSeconds: 60, includePin: true } }));
		expect(onlyItem(run)).toMatchObject({ state: 'active', evidence: 'verified' });
		expect(rig.time.sleptSeconds).toBeLessThan(10);
		const pin = onlyItem(run).pin as string;
		expect(rig.simulator.codes.enter(FRONT_DOOR, pin)).toEqual({ opened: true });
	});

	it('is scheduled when it begins later, and is not waited for', async () => {
		const times = { from: inHours(200), until: inHours(240) };
		const run = await rig.run(setting('B-1', { ...times, options: { waitSeconds: 60 } }));
		expect(onlyItem(run)).toMatchObject({
			state: 'scheduled',
			evidence: 'acknowledged',
			expectedAt: inHours(200 - 72),
		});
		expect(rig.time.sleptSeconds).toBe(0);
	});

	it('gets the same PIN on several locks', async () => {
		const locks = [FRONT_DOOR, BACK_DOOR, OFFICE_DOOR];
		const run = await rig.run(setting('B-1', { deviceIds: locks, options: { includePin: true } }));
		const pins = run.json('Node').map(({ pin }) => pin);
		expect(pins).toEqual([pins[0], pins[0], pins[0]]);
		expect(run.json('Node').map(({ deviceId }) => deviceId)).toEqual(locks);
	});

	it('gets the PIN that was given', async () => {
		await rig.run(setting('B-1', { pin: '0420' }));
		expect(codesOn(rig)[0]?.code).toBe('0420');
	});

	it('gets the PIN of its code on another lock', async () => {
		await rig.run(setting('B-1', { pin: '9173' }));
		await rig.run(setting('B-1', { deviceIds: [BACK_DOOR, FRONT_DOOR] }));
		expect(codesOn(rig, BACK_DOOR)[0]?.code).toBe('9173');
		expect(countCalls(rig, CREATE)).toBe(2);
	});

	it('of an offline lock waits in Seam until the lock is back', async () => {
		const run = await rig.run(setting('B-1', { deviceIds: [GARAGE_DOOR] }));
		expect(onlyItem(run)).toMatchObject({ action: 'created', state: 'programming' });
		expect(onlyItem(run).problems).toMatchObject([
			{ code: 'device_offline', seamKeepsTrying: true, personMustAct: false },
		]);
	});

	it('is only announced by a dry run', async () => {
		const run = await rig.run(setting('B-1', { options: { dryRun: true } }));
		expect(onlyItem(run)).toMatchObject({
			action: 'none',
			wouldDo: 'create',
			dryRun: true,
			sent: false,
			evidence: 'none',
			accessCodeId: null,
			text: 'Dry run: the code of booking B-1 would be created on Front door',
		});
		expect(countCalls(rig, CREATE)).toBe(0);
	});
});

describe('a booking with a code', () => {
	it('is unchanged when nothing changed, and nothing is sent', async () => {
		await rig.run(setting('B-1', { guestName: 'Ann', pin: '4711' }));
		const again = setting('B-1', { guestName: 'Ann', pin: '4711', from: inHours(-1.01) });
		expect(onlyItem(await rig.run(again))).toMatchObject({ action: 'unchanged', sent: false });
		expect(countCalls(rig, CREATE) + countCalls(rig, UPDATE)).toBe(1);
	});

	it('gets new times, and keeps its PIN and name', async () => {
		await rig.run(setting('B-1', { guestName: 'Ann' }));
		const [before] = codesOn(rig);
		const run = await rig.run(setting('B-1', { until: inHours(48) }));
		expect(onlyItem(run)).toMatchObject({ action: 'updated', until: inHours(48) });
		expect(codesOn(rig)).toMatchObject([
			{ access_code_id: before?.access_code_id, code: before?.code, name: '[B-1] Ann' },
		]);
	});

	it('gets a new PIN, a new name, or both', async () => {
		await rig.run(setting('B-1', { guestName: 'Ann', pin: '4711' }));
		rig.time.advance(60);
		const change = { guestName: 'Bob [2]', pin: '8255', options: { waitSeconds: 30 } };
		const run = await rig.run(setting('B-1', change));
		expect(onlyItem(run)).toMatchObject({
			action: 'updated',
			evidence: 'verified',
			guestName: 'Bob (2)',
		});
		expect(rig.simulator.codes.onLock(FRONT_DOOR)).toMatchObject([{ pin: '8255' }]);
	});

	it('is not verified while the lock still has the old times', async () => {
		await rig.run(setting('B-1', { options: { waitSeconds: 30 } }));
		const run = await rig.run(setting('B-1', { until: inHours(48) }));
		expect(onlyItem(run)).toMatchObject({ state: 'programming', evidence: 'acknowledged' });
	});

	it('is found by its key when its name was changed', async () => {
		await rig.run(setting('B-1', { options: { waitSeconds: 30 } }));
		const [entry] = rig.simulator.codes.onLock(FRONT_DOOR);
		rig.simulator.codes.change({ noticesAfterMinutes: 0 });
		rig.simulator.codes.edit(entry!.id, { name: 'somebody' });
		const run = await rig.run(setting('B-1', { until: inHours(48) }));
		expect(onlyItem(run)).toMatchObject({ action: 'updated', bookingReference: 'B-1' });
		expect(codesOn(rig)).toHaveLength(1);
	});

	it('that has ended gets a new code', async () => {
		await rig.run(setting('B-1', { until: inHours(2) }));
		rig.time.advance(3 * 3600);
		const run = await rig.run(setting('B-1', { from: inHours(2), until: inHours(24) }));
		expect(onlyItem(run)).toMatchObject({ action: 'created' });
		rig.time.advance(60);
		expect(rig.simulator.codes.onLock(FRONT_DOOR)).toHaveLength(1);
		const again = await rig.run(setting('B-1', { from: inHours(2), until: inHours(24) }));
		expect(onlyItem(again)).toMatchObject({ action: 'unchanged', state: 'active' });
		rig.time.advance(-3 * 3600 - 60);
	});

	it('of which the lock has two is left alone, and both are named', async () => {
		await rig.run(setting('B-1', {}));
		await createByHand(rig, { name: '[B-1] by hand', code: '2468' });
		const error = await refusal('B-1', { until: inHours(48) });
		expect(error).toMatchObject({ reason: 'rejected', evidence: 'none', sent: false });
		for (const { access_code_id: id } of codesOn(rig)) expect(error.message).toContain(id);
		expect(countCalls(rig, UPDATE)).toBe(0);
	});

	it('that failed on the lock is an error that says who acts', async () => {
		rig.simulator.codes.add({ device_id: FRONT_DOOR, code: '4711' });
		const error = await refusal('B-1', { pin: '4711', options: { waitSeconds: 60 } });
		expect(error).toMatchObject({ reason: 'rejected', evidence: 'acknowledged', sent: true });
		expect(error.message).toBe(
			'The code of booking B-1 is not on "Front door" as asked: the same PIN is already on the lock; choose another PIN. Seam does not try again, so a person must act',
		);
	});
});

describe('what a lock cannot do is refused before anything is sent', () => {
	it.each<[string, Parameters<typeof setting>, object]>([
		['a lock without codes', ['B-1', { deviceIds: [CELLAR_KEYPAD] }], { reason: 'notSupported' }],
		['a PIN of another length', ['B-1', { pin: '12345678' }], { reason: 'badRequest' }],
		[
			'a PIN against a rule',
			['B-1', { pin: '7777', deviceIds: [BACK_DOOR] }],
			{ reason: 'badRequest' },
		],
		['an end in the past', ['B-1', { from: inHours(-4), until: inHours(-3) }], {}],
	])('%s', async (_, parameters, expected) => {
		const error = await refusal(...parameters);
		expect(error).toMatchObject({ evidence: 'none', sent: false, ...expected });
		expect(error.message).not.toMatch(/12345678|7777/);
		expect(countCalls(rig, CREATE)).toBe(0);
	});

	it('a PIN that another code has, at any time', async () => {
		await rig.run(setting('B-1', { pin: '4711', from: inHours(100), until: inHours(110) }));
		const error = await refusal('B-2', { pin: '4711' });
		expect(error).toMatchObject({ reason: 'rejected', evidence: 'none' });
		expect(error.message).not.toContain('4711');
		expect(countCalls(rig, CREATE)).toBe(1);
	});

	it('one code more than the lock holds', async () => {
		rig.simulator.editDevice(FRONT_DOOR, { properties: { max_active_codes_supported: 1 } });
		await rig.run(setting('B-1'));
		expect(await refusal('B-2')).toMatchObject({ reason: 'rejected', evidence: 'none' });
		expect(onlyItem(await rig.run(setting('B-1', { until: inHours(48) })))).toMatchObject({
			action: 'updated',
		});
	});

	it('a lock whose keypad is away for the moment', async () => {
		await rig.run(setting('B-2'));
		rig.simulator.editDevice(FRONT_DOOR, { can_program_online_access_codes: false });
		expect(await refusal('B-1')).toMatchObject({ reason: 'offline', retryable: true });
		expect(await refusal('B-2', { until: inHours(48) })).toMatchObject({ reason: 'offline' });
		// where nothing has to be sent, nothing is in the way
		expect(onlyItem(await rig.run(setting('B-2')))).toMatchObject({ action: 'unchanged' });
	});
});

it('one lock that cannot be read does not keep the others from their codes', async () => {
	const path = LIST;
	rig.simulator.faults.set({ name: 'forbidden', path, times: 1 } as never);
	const run = await rig.run(setting('B-1', { deviceIds: [FRONT_DOOR, BACK_DOOR] }), [{}], CONTINUE);
	const [good, bad] = run.json('Node');
	expect(good).toMatchObject({ action: 'created' });
	expect(bad?.error).toMatchObject({ reason: 'permission', command: 'set', evidence: 'none' });
});

describe('who may set codes', () => {
	afterEach(() => rig.setCredential({ unlock: 'workflows', unlockDevices: '' }));

	it('is who may unlock', async () => {
		rig.setCredential({ unlock: 'never' });
		expect(await refusal('B-1')).toMatchObject({ reason: 'unlockNotAllowed', evidence: 'none' });
		expect(rig.calls()).toEqual([]);
	});

	it('is decided for each lock', async () => {
		rig.setCredential({ unlockDevices: BACK_DOOR });
		const parameters = setting('B-1', { deviceIds: [FRONT_DOOR, BACK_DOOR] });
		const run = await rig.run(parameters, [{}], CONTINUE);
		const [good, bad] = run.json('Node');
		expect(good).toMatchObject({ deviceId: BACK_DOOR, action: 'created' });
		expect(bad?.error).toMatchObject({ deviceId: FRONT_DOOR, reason: 'unlockNotAllowed' });
		// the other lock is not even read
		expect(rig.calls()).toEqual(['/devices/get', LIST, CREATE, LIST]);
	});

	it('is decided for each of all locks', async () => {
		rig.setCredential({ unlockDevices: BACK_DOOR });
		const run = await rig.run(setting('B-1', { deviceIds: 'all' }), [{}], CONTINUE);
		const items = run.json('Node');
		expect(items.filter(({ action }) => action === 'created')).toMatchObject([
			{ deviceId: BACK_DOOR },
		]);
		const refused = items.filter(({ error }) => error !== undefined);
		expect(refused.length).toBeGreaterThan(2);
		for (const { error } of refused) expect(error).toMatchObject({ reason: 'unlockNotAllowed' });
		expect(countCalls(rig, CREATE)).toBe(1);
	});

	it('is said of each lock, where no code may be set at all', async () => {
		rig.setCredential({ unlock: 'never' });
		const parameters = setting('B-1', { deviceIds: [FRONT_DOOR, BACK_DOOR] });
		const run = await rig.run(parameters, [{}], CONTINUE);
		expect(run.json('Node')).toMatchObject(
			[FRONT_DOOR, BACK_DOOR].map((deviceId) => ({
				error: { deviceId, reason: 'unlockNotAllowed', command: 'set', sent: false },
			})),
		);
	});
});
