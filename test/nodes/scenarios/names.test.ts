import type { IDataObject } from 'n8n-workflow';

import { shownName } from '../../../nodes/shared/model/failure';
import { FAILURE_KINDS, type FailureKind } from '../../support/failureKinds';
import { API_VERSIONS } from '../../support/faultMatrix';
import { CONTINUE } from '../../support/rig';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import type { ScriptedReply } from '../../support/scriptedServer';
import { SCRIPTED_APIS, VIN } from '../../support/scriptedApis';

const STOP = {};
/** What the picker shows where no answer has a name. */
const PICKED = 'Family car';

const timesIn = (text: unknown, name: string) => String(text).split(name).length - 1;

/** How n8n stores an error depends on nothing else. */
const shapeOf = ({ to, isAboutDevice }: FailureKind) => `${to} ${isAboutDevice}`;

const firstOfEach = (kinds: FailureKind[]) => [
	...new Map(kinds.toReversed().map((kind) => [shapeOf(kind), kind])).values(),
];

describe.each(API_VERSIONS)('%s', (api) => {
	let rig: ScriptedRig;
	const id = SCRIPTED_APIS[api].parameters.deviceId as string;
	const { list, name: known = null } = SCRIPTED_APIS[api];
	const name = known ?? PICKED;
	const picked = {
		__rl: true,
		mode: 'list',
		value: id,
		cachedResultName: `${name} (${id.slice(0, 8)})`,
	};
	beforeAll(async () => {
		rig = await startScriptedRig(api);
	});
	afterAll(async () => await rig.close());

	const asked = (operation: string) => (operation === 'lock' ? rig.api.command : rig.api.reading);
	const options = { timeoutSeconds: 1, maxWaitSeconds: 0 };
	const isNamed = ({ isAboutDevice }: FailureKind, operation: string) =>
		isAboutDevice === 'command' ? operation === 'lock' : isAboutDevice;

	describe.each(['getLockStatus', 'lock'])('%s', (operation) => {
		const left = operation === 'lock' ? 'reading' : 'command';
		const kinds = FAILURE_KINDS[api].filter(({ to }) => to !== left);

		it.each(kinds)('of one device that meets $situation', async (kind) => {
			const answers = { [asked(operation)]: kind.reply };
			const parameters = { operation, options, deviceId: picked };
			const { item, error } = await rig.run(parameters, answers);
			const count = isNamed(kind, operation) ? 1 : 0;
			expect(timesIn(item.message, name)).toBe(count);
			expect(error).toMatchObject({ name, deviceId: id, message: item.message });
		});

		it.each(firstOfEach(kinds))(
			'of one device that meets $situation and stops the workflow',
			async (kind) => {
				const answers = { [asked(operation)]: kind.reply };
				const { run } = await rig.run({ operation, options, deviceId: picked }, answers, STOP);
				const { message } = run.data.resultData.error!;
				expect(timesIn(message, name)).toBe(isNamed(kind, operation) ? 1 : 0);
			},
		);

		// then no device is read by itself
		if (list.hasStates && operation !== 'lock') return;
		it.each(kinds)('of all devices that meets $situation', async (kind) => {
			const answers = { [list.request]: { body: list.full }, [asked(operation)]: kind.reply };
			const parameters = { operation, options, target: 'all' };
			const { item, error } = await rig.run(parameters, answers);
			const shown = known ?? shownName(id);
			const count = isNamed(kind, operation) ? 1 : 0;
			expect(timesIn(item.message, shown)).toBe(count);
			expect(error).toMatchObject({ name: known, deviceId: id });
		});
	});

	it('names a device by its id if no name is known', async () => {
		const answers = { [rig.api.command]: { status: 500, body: '' } };
		const { item } = await rig.run({ operation: 'lock', options, deviceId: id }, answers);
		expect(item.message).toContain(`"${known ?? shownName(id)}"`);
	});

	it('names none if a parameter is invalid or the credential is missing', async () => {
		const wrong = { operation: 'lock', deviceId: picked, options: { timeoutSeconds: -1 } };
		const { item, error } = await rig.run(wrong, {});
		expect(item.message).toMatch(/^'Timeout \(Seconds\)' cannot be/);
		expect(error).toMatchObject({ reason: 'badRequest', name });
		const engine = await rig.startEngine({});
		for (const type of Object.keys(engine.credentials.data)) delete engine.credentials.data[type];
		const node = engine.node(rig.api.node, { ...rig.api.parameters, ...wrong, options });
		const [missing] = (await engine.runNode({ ...node, ...CONTINUE })).json('Node');
		expect(missing!.message).toMatch(/^This node has no usable/);
		expect(missing!.error).toMatchObject({ reason: 'authentication', name, evidence: 'none' });
	});
});

describe('names from an earlier run of this process', () => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig('Volvo v2');
	});
	afterAll(async () => await rig.close());
	const broken = () => ({ [rig.api.reading]: { status: 500, body: '' } });

	it('names a car in messages, and in the outputs of no other run', async () => {
		const read = { operation: 'getLockStatus' };
		const { list } = rig.api;
		const before = await rig.run(read, broken());
		expect(before.error).toMatchObject({ name: null });
		const details = { vin: VIN, modelYear: 2023, descriptions: { model: 'XC40' } };
		await rig.run(
			{ operation: 'getMany' },
			{
				[list.request]: { body: list.full },
				[`GET /connected-vehicle/v2/vehicles/${VIN}`]: { body: { data: details } },
			},
		);
		const { item, error } = await rig.run(read, broken());
		expect(item.message).toMatch(/^XC40 2023: /);
		expect(error).toMatchObject({ name: 'XC40 2023' });
		expect((await rig.run(read)).item).toMatchObject({ name: VIN });
		const another = { volvoOAuth2Api: { id: 'another', name: 'Another' } };
		const stranger = await rig.run(read, broken(), { ...CONTINUE, credentials: another });
		expect(stranger.item.message).toMatch(/^Vehicle YV4…0017: /);
	});
});

describe('equal names', () => {
	const OTHER = '36ab27d0-fd9d-4455-823a-ce30af70aaaa';
	const LABELS = ['TESLA Model S 2014 (…9ffc)', 'TESLA Model S 2014 (…aaaa)'];
	let rig: ScriptedRig;
	let lists: Record<string, ScriptedReply>;
	beforeAll(async () => {
		rig = await startScriptedRig('Smartcar v3');
		const { body } = rig.api.usual['GET /v3/connections']!;
		const [first] = (body as { data: Array<{ relationships: object }> }).data;
		const vehicle = { data: { id: OTHER, type: 'vehicle' } };
		const second = { ...first, relationships: { ...first!.relationships, vehicle } };
		lists = { 'GET /v3/connections': { body: { data: [first, second] } } };
	});
	afterAll(async () => await rig.close());

	async function fails(operation: string, status: number, extra?: object): Promise<IDataObject[]> {
		const id = rig.api.parameters.deviceId as string;
		const request = operation === 'lock' ? rig.api.command : rig.api.reading;
		const answers = {
			...lists,
			[request]: { status, body: '' },
			[request.replace(id, OTHER)]: { status, body: '' },
		};
		const parameters = { operation, target: 'all', options: { timeoutSeconds: 1 } };
		const { run } = await rig.run(parameters, answers, extra);
		const { error } = run.data.resultData;
		return error === undefined ? run.json('Node') : [{ message: error.message }];
	}

	it('are distinguished by the end of the id', async () => {
		const items = await fails('getLockStatus', 409);
		expect(items.map(({ message }) => (message as string).split(': ')[0])).toEqual(LABELS);
		expect(items.map(({ error }) => (error as IDataObject).name)).toEqual([
			'TESLA Model S 2014',
			'TESLA Model S 2014',
		]);
	});

	it('are distinguished in a text that contains the name', async () => {
		const items = await fails('lock', 500);
		expect(
			items.map(({ message }) => /whether "(.*)" was locked/.exec(message as string)?.[1]),
		).toEqual(LABELS);
	});

	it('are distinguished when the node stops', async () => {
		const [{ message } = {}] = await fails('getLockStatus', 409, STOP);
		expect(message).toContain(`(${LABELS.join(', ')}): The state of the vehicle`);
	});
});
