import type { IDataObject, INode } from 'n8n-workflow';

import { CONTINUE } from '../../support/rig';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import type { ScriptedReply } from '../../support/scriptedServer';
import { VIN } from '../../support/scriptedApis';

const ROOT = '/connected-vehicle/v2/vehicles';
const OTHER = 'YV4EK3ZL0R2000018';
const VINS = [VIN, OTHER];
const DOORS = { centralLock: { timestamp: '2026-11-21T22:20:00Z', value: 'LOCKED' } };
const READ = { operation: 'getLockStatus', target: 'all', options: { secureParts: [] } };
const LOCK = { operation: 'lock', target: 'all' };

let rig: ScriptedRig;
let accounts = 0;
beforeEach(async () => {
	rig = await startScriptedRig('Volvo v2');
});
afterEach(async () => await rig.close());

/** Each has an account of its own, because this process remembers the names of each. */
function account(): Partial<INode> {
	const credentials = { volvoOAuth2Api: { id: `account ${++accounts}`, name: 'Volvo' } };
	return { ...CONTINUE, credentials };
}

function answers(details: ScriptedReply, change: Record<string, ScriptedReply> = {}) {
	const ofEach = VINS.flatMap((vin): Array<[string, ScriptedReply]> => [
		[`GET ${ROOT}/${vin}/doors`, { body: { data: DOORS } }],
		[`GET ${ROOT}/${vin}`, details],
		[`POST ${ROOT}/${vin}/commands/lock`, rig.api.usual[rig.api.command]!],
	]);
	const list = { body: { data: VINS.map((vin) => ({ vin })) } };
	return { [`GET ${ROOT}`]: list, ...Object.fromEntries(ofEach), ...change };
}

const EX30 = { body: { data: { descriptions: { model: 'EX30' }, modelYear: 2025 } } };
const NO_SCOPE = { status: 403, body: { error: { message: 'FORBIDDEN', description: 'scope' } } };
const DOWN = { status: 503, body: '' };

const lookUps = () =>
	rig.server.seen.filter((path) => VINS.some((vin) => path === `GET ${ROOT}/${vin}`));
const namesIn = (items: IDataObject[]) => items.map(({ name }) => name);

it('names of all cars are looked up once, and remembered with the credential', async () => {
	const own = account();
	const first = await rig.run(READ, answers(EX30), own);
	expect(namesIn(first.run.json('Node'))).toEqual(['EX30 2025', 'EX30 2025']);
	expect(first.run.json('Node').map(({ text }) => text)).toEqual([
		'EX30 2025 (…0017) is locked',
		'EX30 2025 (…0018) is locked',
	]);
	expect(lookUps()).toHaveLength(2);
	const second = await rig.run(READ, answers(EX30), own);
	expect(namesIn(second.run.json('Node'))).toEqual(['EX30 2025', 'EX30 2025']);
	expect(lookUps()).toHaveLength(0);
	const commands = await rig.run(LOCK, answers(EX30), own);
	expect(namesIn(commands.run.json('Node'))).toEqual(['EX30 2025', 'EX30 2025']);
	expect(commands.run.json('Node').map(({ text }) => text)).toEqual([
		expect.stringMatching(/^Volvo reports that EX30 2025 \(…0017\) was locked/),
		expect.stringMatching(/^Volvo reports that EX30 2025 \(…0018\) was locked/),
	]);
	expect(lookUps()).toHaveLength(0);
	await rig.run(READ, answers(EX30), account());
	expect(lookUps()).toHaveLength(2);
});

it('a look-up counts among the calls of a command', async () => {
	const own = account();
	const first = await rig.run(LOCK, answers(EX30), own);
	expect(first.run.json('Node').map(({ apiCalls }) => apiCalls)).toEqual([3, 3]);
	const second = await rig.run(LOCK, answers(EX30), own);
	expect(second.run.json('Node').map(({ apiCalls }) => apiCalls)).toEqual([2, 2]);
});

it.each([
	['may not be looked up', NO_SCOPE],
	['cannot be looked up now', DOWN],
	['are not given', { body: { data: { vin: VIN } } }],
])('names that %s cost one call in a day, and no reading', async (_, details) => {
	const own = account();
	const first = await rig.run(READ, answers(details), own);
	expect(namesIn(first.run.json('Node')).sort()).toEqual([...VINS].sort());
	expect(first.run.json('Node').map(({ secure }) => secure)).toEqual([true, true]);
	const asked = lookUps().length;
	expect(asked).toBeGreaterThan(0);
	expect(asked).toBeLessThanOrEqual(2);
	await rig.run(READ, answers(details), own);
	expect(lookUps().length).toBeLessThanOrEqual(2 - asked);
	rig.time.advance(25 * 3600);
	await rig.run(READ, answers(EX30), own);
	expect(lookUps()).toHaveLength(2);
});

it('an account whose quota is used up is asked for no names', async () => {
	const full = {
		status: 403,
		body: { message: 'Out of call volume quota. Quota will be replenished in 00:10:00.' },
	};
	const change = Object.fromEntries(VINS.map((vin) => [`GET ${ROOT}/${vin}/doors`, full]));
	const { run } = await rig.run(READ, answers(EX30, change), account());
	expect(run.json('Node').map(({ error }) => (error as IDataObject).reason)).toEqual([
		'quotaExceeded',
		'quotaExceeded',
	]);
	expect(lookUps()).toHaveLength(0);
});

it('one car that fails is named in its item, and in the summary', async () => {
	const change = { [`GET ${ROOT}/${OTHER}/doors`]: { status: 404, body: '' } };
	const { run } = await rig.run(READ, answers(EX30, change), account());
	expect(run.json('Node')).toMatchObject([
		{ name: 'EX30 2025' },
		{
			message: expect.stringMatching(/^EX30 2025 \(…0018\): /) as string,
			error: { name: 'EX30 2025' },
		},
	]);
	const summary = { ...READ, options: { ...READ.options, outputAs: 'summary' } };
	const stopping = { ...account(), onError: undefined };
	const { item } = await rig.run(summary, answers(EX30, change), stopping);
	expect(item).toMatchObject({
		secure: null,
		text: expect.stringMatching(
			/^It is not known whether 1 of 2 vehicles is secure\. EX30 2025 \(…0018\): /,
		) as string,
		counts: { total: 2, secure: 1, notSecure: 0, notKnown: 1 },
		devices: [
			{ deviceId: OTHER, name: 'EX30 2025', secure: null, reason: 'notFound' },
			{ deviceId: VIN, name: 'EX30 2025', secure: true, reason: null },
		],
	});
	const shut = await rig.run(summary, answers(EX30), stopping);
	expect(shut.item).toMatchObject({ secure: true, text: 'All 2 vehicles are secure' });
	const old = await rig.run(
		{ ...summary, options: { ...summary.options, maxAgeMinutes: 1 } },
		answers(EX30),
		stopping,
	);
	expect(old.item).toMatchObject({ secure: null, counts: { notKnown: 2 } });
});

it('commands to one car wait for each other, in whatever letters its VIN is', async () => {
	await rig.close();
	rig = await startScriptedRig('Volvo v1');
	const root = '/connected-vehicle/v1/vehicles';
	const vins = [VIN, VIN.toLowerCase()];
	const told = { body: { data: { vin: VIN, invokeStatus: 'COMPLETED', message: '' } } };
	const script = Object.fromEntries(
		vins.flatMap((vin): Array<[string, ScriptedReply]> => [
			[`POST ${root}/${vin}/commands/lock`, rig.api.usual[rig.api.command]!],
			[`GET ${root}/${vin}/requests/r1`, told],
		]),
	);
	const parameters = { operation: 'lock', deviceId: '={{ $json.vin }}' };
	const { run } = await rig.run(
		parameters,
		script,
		CONTINUE,
		vins.map((vin) => ({ vin })),
	);
	expect(run.json('Node').map(({ evidence }) => evidence)).toEqual([
		'acknowledged',
		'acknowledged',
	]);
	expect(rig.server.seen.map((request) => request.split(' ')[0])).toEqual([
		'POST',
		'GET',
		'POST',
		'GET',
	]);
});
