import type { IDataObject } from 'n8n-workflow';

import { BACK_DOOR, FRONT_DOOR, GARAGE_DOOR, OFFICE_DOOR } from '../../../simulators/seam/seed';
import { CONTINUE, onlyError, onlyItem } from '../../support/rig';
import { startSeamRig, type SeamRig } from '../../support/seamRig';

let rig: SeamRig;
beforeAll(async () => {
	rig = await startSeamRig();
});
beforeEach(() => rig.simulator.reset());
afterAll(async () => await rig.close());

const TOOL = { type: 'n8n-nodes-smart-locks.seamTool' };
const ALL = { operation: 'getLockStatus', target: 'all', options: { outputAs: 'summary' } };
const ONE = { operation: 'getLockStatus', deviceId: FRONT_DOOR };
const SIMPLE = {
	name: 'Front door',
	deviceId: FRONT_DOOR,
	lock: 'unlocked',
	secure: false,
	text: 'Front door is unlocked',
	observedAt: null,
};

describe('one summary', () => {
	it('says of all devices what is not secure and what is not known', async () => {
		const run = await rig.run(ALL);
		const item = onlyItem(run);
		expect(item).toMatchObject({
			service: 'seam',
			deviceType: 'lock',
			secure: false,
			counts: { notSecure: 2 },
		});
		const devices = item.devices as IDataObject[];
		const counts = item.counts as Record<string, number>;
		expect(devices).toHaveLength(counts.total!);
		expect(counts.secure! + counts.notSecure! + counts.notKnown!).toBe(counts.total);
		expect(item.text).toMatch(/^2 of \d locks are not secure, and \d (is|are) not known\. /);
		expect(item.text).toContain(
			'Back door is locked, but the door is open. Front door is unlocked. It is',
		);
		expect(devices.find(({ deviceId }) => deviceId === GARAGE_DOOR)).toEqual({
			deviceId: GARAGE_DOOR,
			name: 'Garage side door',
			secure: null,
			text: 'It is not known whether Garage side door is locked (it is offline)',
			reason: null,
		});
		expect(devices.find(({ deviceId }) => deviceId === OFFICE_DOOR)).toMatchObject({
			secure: true,
		});
		expect(run.items('Node')[0]!.pairedItem).toEqual({ item: 0 });
	});

	it('comes once for each input item', async () => {
		const run = await rig.run(ALL, [{}, {}]);
		expect(run.items('Node').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
	});

	it('fails like the items when the list fails', async () => {
		rig.setCredential({ apiKey: 'seam_wrong' });
		const run = await rig.run(ALL, [{}], CONTINUE);
		rig.setCredential({ apiKey: rig.simulator.apiKey });
		expect(onlyError(run)).toMatchObject({ reason: 'authentication', deviceId: null });
	});

	it('is no choice for one lock, nor for a command', async () => {
		const one = await rig.run({ ...ONE, options: ALL.options });
		expect(onlyItem(one)).toMatchObject({
			deviceId: FRONT_DOOR,
			reasons: ['The lock is unlocked'],
		});
		const commands = await rig.run({ ...ALL, operation: 'lock' }, [{}], CONTINUE);
		expect(commands.json('Node').length).toBeGreaterThan(3);
	});

	it('is refused, with the valid values', async () => {
		const run = await rig.run({ ...ALL, options: { outputAs: 'table' } }, [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'badRequest' });
		expect(onlyItem(run).message).toContain('\'Output As\' cannot be "table"');
	});
});

describe('how much goes out', () => {
	it('of a node is everything, unless it is simplified', async () => {
		expect(onlyItem(await rig.run(ONE))).toHaveProperty('reasons');
		expect(onlyItem(await rig.run({ ...ONE, simplify: true }))).toEqual(SIMPLE);
		const withRaw = { ...ONE, simplify: true, options: { includeRaw: true } };
		expect(Object.keys(onlyItem(await rig.run(withRaw)))).toEqual([...Object.keys(SIMPLE), 'raw']);
	});

	it.each<[string, IDataObject, string[]]>([
		['what an agent needs', {}, Object.keys(SIMPLE)],
		[
			'the chosen fields',
			{ output: 'selectedFields', fields: ['secure', 'text'] },
			['secure', 'text'],
		],
	])('of a tool is %s', async (_, choice, fields) => {
		expect(Object.keys(onlyItem(await rig.run({ ...ONE, ...choice }, [{}], TOOL)))).toEqual(fields);
	});

	it('does not change how many devices an error of the node counts', async () => {
		const chosen = { output: 'selectedFields', fields: ['secure'] };
		const target = { operation: 'lock', target: 'all', options: { requiredEvidence: 'verified' } };
		const run = await rig.run({ ...target, ...chosen }, [{}, {}], { ...TOOL });
		const { message } = run.data.resultData.error!;
		expect(message).toMatch(/^\d of 5 locks did not/);
	});

	it('of a tool is everything where that is asked for', async () => {
		const plain = onlyItem(await rig.run(ONE));
		expect(onlyItem(await rig.run({ ...ONE, output: 'raw' }, [{}], TOOL))).toEqual(plain);
	});

	it('of a command is what became of it', async () => {
		const lock = { operation: 'lock', deviceId: BACK_DOOR };
		expect(onlyItem(await rig.run(lock, [{}], TOOL))).toEqual({
			name: 'Back door',
			deviceId: BACK_DOOR,
			command: 'lock',
			evidence: 'verified',
			sent: true,
			text: 'Back door was locked, and the lock confirmed it, but the door is open',
		});
	});

	it('of a list is what came along', async () => {
		const [first] = (await rig.run({ operation: 'getMany', simplify: true })).json('Node');
		expect(Object.keys(first!)).toEqual(Object.keys(SIMPLE));
	});

	it.each<[string, IDataObject]>([
		['Output', { output: 'all' }],
		['Fields', { output: 'selectedFields', fields: '={{ [] }}' }],
		['Fields', { output: 'selectedFields', fields: [{}] }],
	])('is refused when %s makes no sense', async (field, choice) => {
		const run = await rig.run({ ...ONE, ...choice }, [{}], { ...CONTINUE, ...TOOL });
		expect(onlyError(run)).toMatchObject({ reason: 'badRequest', deviceId: FRONT_DOOR });
		expect(onlyItem(run).message).toContain(`'${field}'`);
	});

	it('of what failed is always the whole error', async () => {
		const lost = { ...ONE, deviceId: FRONT_DOOR.replace('1', '9') };
		const plain = onlyItem(await rig.run(lost, [{}], CONTINUE));
		const tool = onlyItem(await rig.run(lost, [{}], { ...CONTINUE, ...TOOL }));
		expect(Object.keys(tool.error as IDataObject)).toEqual(Object.keys(plain.error as IDataObject));
		expect(tool).toMatchObject({ error: { reason: 'notFound', name: null } });
	});
});

it('one lock that fails in two input items is counted and named once', async () => {
	const lost = FRONT_DOOR.replaceAll('1', '9');
	const items = [{ id: lost }, { id: lost }, { id: BACK_DOOR }];
	const run = await rig.run({ operation: 'getLockStatus', deviceId: '={{ $json.id }}' }, items);
	const { message } = run.data.resultData.error!;
	expect(message).toContain(`1 of 2 locks did not do what was asked (${lost}): `);
});
