import type { IDataObject } from 'n8n-workflow';

import { BACK_DOOR, FRONT_DOOR } from '../../../../simulators/seam/seed';
import { codesOn, inHours, setting } from '../../../support/guestCodes';
import { CONTINUE, onlyError, onlyItem } from '../../../support/rig';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => rig.simulator.reset());
afterAll(async () => await rig.close());

const NOTHING = "={{ ' ' }}";

it.each<[string, IDataObject, string]>([
	['no reference', { bookingReference: NOTHING }, "'Booking Reference' is empty"],
	[
		'a reference with a blank',
		{ bookingReference: 'B 1042' },
		`'Booking Reference' cannot be "B 1042"`,
	],
	[
		'a reference that is too long',
		{ bookingReference: 'B'.repeat(41) },
		"'Booking Reference' cannot be",
	],
	[
		'a reference of another type',
		{ bookingReference: '={{ [1] }}' },
		"'Booking Reference' cannot be [1]",
	],
	[
		'a reference that lost digits',
		{ bookingReference: '={{ 12345678901234567890 }}' },
		"'Booking Reference' is a number that has lost digits",
	],
	[
		'a reference that is not a number',
		{ bookingReference: '={{ NaN }}' },
		"'Booking Reference' is a number that has lost digits",
	],
	['a guest of another type', { guestName: '={{ ({ a: 1 }) }}' }, `'Guest Name' cannot be {"a":1}`],
	['a PIN as a number', { pin: '={{ 4711 }}' }, "'PIN' is a number, which has lost the zeros"],
	['a short PIN', { pin: '123' }, "'PIN' is not a text of 4 to 12 digits"],
	['a PIN with letters', { pin: '12a4' }, "'PIN' is not a text of 4 to 12 digits"],
	['a PIN after a letter', { pin: 'a4711' }, "'PIN' is not a text of 4 to 12 digits"],
	['a PIN before a letter', { pin: '4711a' }, "'PIN' is not a text of 4 to 12 digits"],
	['a long PIN', { pin: '1234567890123' }, "'PIN' is not a text of 4 to 12 digits"],
	['a list of PINs', { pin: "={{ ['4711'] }}" }, "'PIN' is not a text of 4 to 12 digits"],
	['no lock', { deviceId: NOTHING }, 'No lock is chosen'],
	['none of several locks', { target: 'several', deviceIds: NOTHING }, 'No lock is chosen'],
	[
		'nothing for several locks',
		{ target: 'several', deviceIds: '={{ null }}' },
		'No lock is chosen',
	],
	[
		'a missing field for several locks',
		{ target: 'several', deviceIds: '={{ $json.missing }}' },
		'No lock is chosen',
	],
	[
		'several locks of another type',
		{ target: 'several', deviceIds: '={{ true }}' },
		"'Lock Names or IDs' cannot be true",
	],
	['a lock of another type', { deviceId: '={{ [1] }}' }, "'Lock' cannot be [1]"],
	['an empty list of locks', { target: 'several', deviceIds: '={{ [] }}' }, 'No lock is chosen'],
	[
		'a gap in a list of locks',
		{ target: 'several', deviceIds: `${FRONT_DOOR},,` },
		"'Lock Names or IDs' cannot be",
	],
	['an unknown target', { target: '={{ "every" }}' }, `'Target' cannot be "every"`],
	[
		'a wait that is too long',
		{ options: { waitSeconds: 601 } },
		"'Wait (Seconds)' cannot be 601. Use a number from 0 to 600",
	],
	['a word as a dry run', { options: { dryRun: 'yes' } }, `'Dry Run' cannot be "yes"`],
	[
		'a word as a dry run of a removal',
		{ operation: 'remove', options: { dryRun: 'yes' } },
		`'Dry Run' cannot be "yes"`,
	],
	['a zone that is none', { options: { timeZone: 'Mars' } }, `'Time Zone' cannot be "Mars"`],
	['a zone of another type', { options: { timeZone: true } }, "'Time Zone' cannot be true"],
	['a word as a switch', { options: { includePin: 'yes' } }, `'Include PIN' cannot be "yes"`],
	[
		'an unknown state',
		{ operation: 'getMany', options: { states: ['gone'] } },
		`'States' cannot be "gone"`,
	],
	[
		'another way to find a code',
		{ operation: 'get', codeBy: '={{ "name" }}' },
		`'Find By' cannot be "name"`,
	],
	[
		'an ID of another type',
		{ operation: 'get', codeBy: 'accessCodeId', accessCodeId: '={{ [1] }}' },
		"'Access Code ID' cannot be [1]",
	],
	[
		'an ID with a slash',
		{ operation: 'remove', codeBy: 'accessCodeId', accessCodeId: 'a/b' },
		`'Access Code ID' cannot be "a/b"`,
	],
])('refuses %s', async (_, change, message) => {
	const run = await rig.run({ ...setting('B-1'), ...change }, [{}], CONTINUE);
	const error = onlyError(run);
	expect(error).toMatchObject({ reason: 'badRequest', retryable: false });
	expect(error.message).toContain(message);
	// what is wrong, and what to do
	expect(error.message).toMatch(/^.+\. [A-Z].*\w/);
	expect(rig.calls()).toEqual([]);
});

it.each(['={{ $json.missing }}', '={{ null }}', '', ' '])(
	'a filter without a value (%s) never lists the codes of all bookings',
	async (bookingReference) => {
		await rig.run(setting('B-1'));
		const parameters = { resource: 'guestCode', operation: 'getMany', target: 'all' };
		const run = await rig.run({ ...parameters, options: { bookingReference } }, [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'badRequest' });
		expect(onlyError(run).message).toContain("'Booking Reference' is empty");
	},
);

it.each<[string, IDataObject]>([
	['Target', { target: "={{ 'single' }}", deviceId: FRONT_DOOR }],
	['Find By', { operation: 'get', codeBy: "={{ 'bookingReference' }}" }],
])('%s may be an expression, without the fields of the other choices', async (_, change) => {
	await rig.run(setting('B-1'));
	const run = await rig.run({ ...setting('B-1'), ...change });
	expect(onlyItem(run)).toMatchObject({ deviceId: FRONT_DOOR, bookingReference: 'B-1' });
});

it('shows no PIN that it refuses', async () => {
	const run = await rig.run(setting('B-1', { pin: '={{ "4711" + "x" }}' }), [{}], CONTINUE);
	expect(JSON.stringify(run.data.resultData.runData)).not.toContain('4711');
});

it('an item with a wrong parameter names its lock, and the others are carried out', async () => {
	const parameters = setting('B-1', { bookingReference: '={{ $json.booking }}' });
	const items = [{ booking: 'B-1' }, { booking: 'B/2' }, { booking: 1042 }];
	const run = await rig.run(parameters, items, CONTINUE);
	expect(run.items('Node')).toMatchObject([
		{ json: { bookingReference: 'B-1' }, pairedItem: { item: 0 } },
		{
			json: { error: { reason: 'badRequest', deviceId: FRONT_DOOR, command: 'set', sent: false } },
			pairedItem: { item: 1 },
		},
		{ json: { bookingReference: '1042' }, pairedItem: { item: 2 } },
	]);
});

it('an item with a wrong parameter names no lock, when it is about several', async () => {
	const change = { bookingReference: 'B/2', deviceIds: [FRONT_DOOR, BACK_DOOR] };
	const run = await rig.run(setting('', change), [{}], CONTINUE);
	expect(onlyError(run)).toMatchObject({ reason: 'badRequest', deviceId: null });
});

it('an item of Get with a wrong parameter says nothing of commands', async () => {
	const parameters = { ...setting('B/2'), operation: 'get' };
	const error = onlyError(await rig.run(parameters, [{}], CONTINUE));
	expect(error).toMatchObject({ reason: 'badRequest', deviceId: FRONT_DOOR });
	expect(error).not.toHaveProperty('sent');
});

it.each<[string, IDataObject]>([
	['guest', { guestName: '={{ null }}' }],
	['guest', { guestName: '={{ $json.missing }}' }],
	['zone', { options: { timeZone: ' ' } }],
	['zone', { options: { timeZone: '={{ null }}' } }],
])('an expression without a result is no %s: %j', async (_, change) => {
	expect(onlyItem(await rig.run(setting('B-1', change)))).toMatchObject({ action: 'created' });
	expect(codesOn(rig)).toMatchObject([{ name: '[B-1]' }]);
});

it.each<[string, unknown]>([
	['a list', [FRONT_DOOR, BACK_DOOR]],
	['a text with commas', `${FRONT_DOOR}, ${BACK_DOOR}`],
	['an expression that gives a list', `={{ ['${FRONT_DOOR}', '${BACK_DOOR}'] }}`],
	['a list with a repetition', [FRONT_DOOR, BACK_DOOR, FRONT_DOOR.toUpperCase()]],
])('takes several locks as %s', async (_, deviceIds) => {
	const several = { target: 'several', deviceIds: deviceIds as string };
	const run = await rig.run({ ...setting('B-1'), ...several });
	expect(
		run
			.json('Node')
			.map(({ name }) => name)
			.sort(),
	).toEqual(['Back door', 'Front door']);
	expect(codesOn(rig)).toHaveLength(1);
});

it('takes blanks around words, and one line of a guest’s name', async () => {
	const change = { bookingReference: ' B-1 ', guestName: ' Ann\n [and]  Bob ', pin: ' 4821 ' };
	await rig.run({ ...setting(''), ...change });
	expect(codesOn(rig)).toMatchObject([{ name: '[B-1] Ann (and) Bob', code: '4821' }]);
});

it('a dry run says what would be done, and writes nothing', async () => {
	const dry = { options: { dryRun: true } };
	expect(onlyItem(await rig.run(setting('B-1', dry)))).toMatchObject({
		accessCodeId: null,
		bookingReference: 'B-1',
		state: null,
		evidence: 'none',
		action: 'none',
		sent: false,
		dryRun: true,
		wouldDo: 'create',
		text: 'Dry run: the code of booking B-1 would be created on Front door',
	});
	await rig.run(setting('B-1'));
	expect(onlyItem(await rig.run(setting('B-1', dry)))).toMatchObject({ wouldDo: 'nothing' });
	const longer = { ...dry, until: inHours(48) };
	const none = { action: 'none', evidence: 'none', sent: false, dryRun: true };
	expect(onlyItem(await rig.run(setting('B-1', longer)))).toMatchObject({
		...none,
		state: 'programming',
		wouldDo: 'update',
	});
	const named = { ...dry, guestName: 'Ann', includePin: true };
	expect(onlyItem(await rig.run(setting('B-2', named)))).toMatchObject({
		guestName: 'Ann',
		from: inHours(-1),
		until: inHours(24),
	});
	const removal = { ...setting('B-1', dry), operation: 'remove' };
	expect(onlyItem(await rig.run(removal))).toMatchObject({ ...none, wouldDo: 'remove' });
	expect(codesOn(rig)).toMatchObject([{ ends_at: inHours(24) }]);
});

it.each(['={{ null }}', '={{ undefined }}', '={{ $json.missing }}', ' '])(
	'an expression without a result (%s) is no PIN, and one is chosen',
	async (pin) => {
		expect(onlyItem(await rig.run(setting('B-1', { pin })))).toMatchObject({ action: 'created' });
		expect(codesOn(rig)[0]?.code).toMatch(/^\d{6}$/);
	},
);

it('a key that cannot be one is an error of each item, and Seam is not asked', async () => {
	rig.setCredential({ apiKey: 'seam_pk1_for_web_pages' });
	const run = await rig.run(setting('B-1'), [{}, {}], CONTINUE);
	rig.setCredential({ apiKey: rig.simulator.apiKey });
	expect(run.json('Node')).toMatchObject(
		[0, 1].map(() => ({ error: { reason: 'authentication', command: 'set', sent: false } })),
	);
	expect(rig.calls()).toEqual([]);
});

it('a wrong key is one error for each item, and nothing was sent', async () => {
	rig.setCredential({ apiKey: 'seam_wrong' });
	const run = await rig.run(setting('B-1'), [{}, {}], CONTINUE);
	rig.setCredential({ apiKey: rig.simulator.apiKey });
	for (const { error } of run.json('Node')) {
		expect(error).toMatchObject({ reason: 'authentication', evidence: 'none', sent: false });
	}
});

it('with On Error = Stop the node fails once, and names the locks', async () => {
	const unknown = '99999999-9999-4999-8999-999999999999';
	const run = await rig.run(setting('B-1', { deviceIds: [FRONT_DOOR, unknown] }));
	expect(run.data.resultData.error).toMatchObject({
		message: expect.stringContaining('1 of 2 locks did not do what was asked') as string,
	});
	expect(codesOn(rig)).toHaveLength(1);
});

it('a lock is chosen from the list of the editor, too', async () => {
	const picked = { __rl: true, mode: 'list', value: FRONT_DOOR, cachedResultName: 'Front door' };
	const item = onlyItem(await rig.run(setting('B-1', { deviceId: picked })));
	expect(item).toMatchObject({ action: 'created', deviceId: FRONT_DOOR });
});

it('a lock that is gone has the name under which it was chosen', async () => {
	const value = '99999999-9999-4999-8999-999999999999';
	const picked = { __rl: true, mode: 'list', value, cachedResultName: 'Attic' };
	const run = await rig.run(setting('B-1', { deviceId: picked }), [{}], CONTINUE);
	expect(onlyError(run)).toMatchObject({ reason: 'notFound', deviceId: value, name: 'Attic' });
});
