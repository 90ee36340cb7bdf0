import type { IDataObject, INode } from 'n8n-workflow';
import { FRONT_DOOR } from '../../simulators/seam/seed';
import { LOCKED_CAR } from '../../simulators/smartcar/seed';
import { XC40 } from '../../simulators/volvo/seed';
import { accountsOf, type Simulators } from '../../simulators/simulators';
import { newestEdition } from './host/edition';
import { eventually } from './host/eventually';
import { START_HOST_MS, startHost, type Host } from './host/host';
import { connectAccount } from './host/signIn';
import { manualWorkflow, nodeOf } from './host/workflows';

/**
 * The triggers on n8n's own schedule, whose shortest step is a minute: so both ways in which n8n
 * keeps the state of a trigger, and all services, are waited for together.
 */

const DURABLE_CURSORS = {
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

const POLL_MS = 75_000;
const EVENTS = ['doorOpened', 'locked', 'unlocked'];

interface Service {
	name: keyof Simulators;
	node: string;
	credential: 'seamApi' | 'smartcarOAuth2Api' | 'volvoOAuth2Api';
	deviceId: string;
	parameters: IDataObject;
	/** A request that every poll makes once. */
	asks: string;
	unlock: (simulators: Simulators) => void;
	lock: (simulators: Simulators) => void;
	wrong: IDataObject;
	refusal: RegExp;
}

const SERVICES: Service[] = [
	{
		name: 'Seam',
		node: 'seamTrigger',
		credential: 'seamApi',
		deviceId: FRONT_DOOR,
		parameters: {},
		asks: '/events/list',
		unlock: ({ Seam }) =>
			void Seam.addEvent({ event_type: 'lock.unlocked', device_id: FRONT_DOOR, method: 'manual' }),
		lock: ({ Seam }) => void Seam.addEvent({ event_type: 'lock.locked', device_id: FRONT_DOOR }),
		wrong: { apiKey: 'seam_wrong' },
		refusal: /Seam does not accept the key of this credential/,
	},
	{
		name: 'Volvo',
		node: 'volvoTrigger',
		credential: 'volvoOAuth2Api',
		deviceId: XC40,
		parameters: { authentication: 'oAuth2', apiVersion: 'v2' },
		asks: `/connected-vehicle/v2/vehicles/${XC40}/doors`,
		unlock: ({ Volvo }) => void Volvo.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } }),
		lock: ({ Volvo }) => void Volvo.editVehicle(XC40, { doors: { centralLock: 'LOCKED' } }),
		wrong: { vccApiKey: 'wrong' },
		refusal: /VCC API key/i,
	},
	{
		name: 'Smartcar',
		node: 'smartcarTrigger',
		credential: 'smartcarOAuth2Api',
		deviceId: LOCKED_CAR,
		// enough for a reading at every poll
		parameters: { apiVersion: 'v3', options: { callsPerVehiclePerMonth: 100_000 } },
		asks: `/v3/vehicles/${LOCKED_CAR}/signals`,
		unlock: ({ Smartcar }) => void Smartcar.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' }),
		lock: ({ Smartcar }) => void Smartcar.editVehicle(LOCKED_CAR, { lock: 'LOCKED' }),
		wrong: { clientSecret: 'wrong' },
		refusal: /secret/i,
	},
];

/** A published workflow that one of our triggers starts. */
interface Watch extends Service {
	label: string;
	host: Host;
	workflowId: string;
}

const hosts: Record<string, Host> = {};
const watches: Watch[] = [];

const triggerOf = (
	{ node, deviceId, parameters }: Service,
	credential: Host['accounts']['seamApi'],
): INode =>
	nodeOf(
		`n8n-nodes-smart-locks.${node}`,
		'Watch',
		{
			...(parameters as INode['parameters']),
			pollTimes: { item: [{ mode: 'everyMinute' }] },
			events: EVENTS,
			deviceIds: [deviceId],
		},
		credential,
	);

async function createWatch(label: string, host: Host, service: Service): Promise<Watch> {
	const behind = nodeOf('n8n-nodes-base.noOp', 'Node');
	const trigger = triggerOf(service, host.accounts[service.credential]);
	const { id } = await host.client.createWorkflow(manualWorkflow(behind, trigger));
	return { ...service, label, host, workflowId: id };
}

/** One answer for each watch, under its label. */
async function ofEach<Answer>(ask: (watch: Watch) => Promise<Answer>) {
	const answers = watches.map(async (watch) => [watch.label, await ask(watch)] as const);
	return Object.fromEntries(await Promise.all(answers));
}

const toEach = <Value>(value: Value) =>
	Object.fromEntries(watches.map(({ label }) => [label, value]));

const polls = ({ host, name, asks }: Watch): number =>
	host.simulators[name].requests.to(asks).length;

const executionCounts = async () =>
	await ofEach(async ({ host, workflowId }) => (await host.client.executions(workflowId)).length);

async function afterPolls(count: number): Promise<void> {
	await ofEach(async (watch) => {
		const enough = polls(watch) + count;
		await eventually(
			`poll ${enough} of ${watch.label}`,
			() => Promise.resolve(polls(watch) >= enough || undefined),
			count * POLL_MS,
		);
	});
}

/** The items of the execution that was started last, once there are so many executions. */
const lastItems = async (count: number) =>
	await ofEach(async ({ host, workflowId }) => {
		const runs = await host.client.waitForExecutions(workflowId, count, 2 * POLL_MS);
		return runs.at(-1)!.json('Watch');
	});

beforeAll(async () => {
	const [usual, durable] = await Promise.all([
		startHost('triggers'),
		startHost('triggers-durable', newestEdition(), DURABLE_CURSORS),
	]);
	Object.assign(hosts, { usual, 'durable cursors': durable });
	for (const [kind, host] of Object.entries(hosts)) {
		host.simulators.Seam.editDevice(FRONT_DOOR, { properties: { locked: true } });
		for (const service of SERVICES) {
			watches.push(await createWatch(`${service.name}, ${kind}`, host, service));
		}
	}
}, START_HOST_MS);
afterAll(async () => {
	for (const host of Object.values(hosts)) await host.close();
});

it('are published, read once as a baseline, and start nothing', async () => {
	await ofEach(({ host, workflowId }) => host.client.publish(workflowId));
	// one more where the minute was over just then
	watches.forEach((watch) => expect(polls(watch)).toBeGreaterThan(0));
	expect(await executionCounts()).toEqual(toEach(0));
});

it(
	'poll every minute, and start nothing while nothing changes',
	async () => {
		await afterPolls(2);
		expect(await executionCounts()).toEqual(toEach(0));
	},
	4 * POLL_MS,
);

it('a wrong credential stops the publishing, with a sentence', async () => {
	const said = await ofEach(async ({ host, credential, wrong, ...service }) => {
		const data = { ...accountsOf(host.simulators)[credential].data, ...wrong };
		const stored = await host.client.createCredential(credential, data);
		if (credential === 'volvoOAuth2Api') await connectAccount(host.client, stored);
		const workflow = manualWorkflow(
			nodeOf('n8n-nodes-base.noOp', 'Node'),
			triggerOf({ credential, wrong, ...service }, stored),
		);
		const { id } = await host.client.createWorkflow(workflow);
		return await host.client.publish(id).then(
			() => 'published',
			(error: Error) => error.message,
		);
	});
	for (const { label, refusal } of watches) {
		expect(said[label]).toMatch(/was not published \(failed\): /);
		expect(said[label]).toMatch(refusal);
	}
});

it(
	'start once when something changed, with what happened',
	async () => {
		watches.forEach(({ host, unlock }) => unlock(host.simulators));
		const items = await lastItems(1);
		for (const { label, name, deviceId } of watches) {
			expect(items[label]).toEqual([
				expect.objectContaining({
					event: 'unlocked',
					service: name.toLowerCase(),
					deviceId,
					part: 'lock',
					from: 'locked',
					to: 'unlocked',
					text: expect.stringMatching(/ was unlocked/) as string,
					status: expect.objectContaining({ lock: 'unlocked', secure: false }) as object,
				}),
			]);
		}
	},
	4 * POLL_MS,
);

it(
	'tell once what changed while n8n was down, and nothing twice',
	async () => {
		await Promise.all(Object.values(hosts).map(({ n8n }) => n8n.stop()));
		watches.forEach(({ host, lock }) => lock(host.simulators));
		await Promise.all(Object.values(hosts).map((host) => host.restart()));
		const items = await lastItems(2);
		for (const { label } of watches) {
			expect(items[label]).toMatchObject([{ event: 'locked', from: 'unlocked', to: 'locked' }]);
		}
		await afterPolls(1);
		expect(await executionCounts()).toEqual(toEach(2));
	},
	6 * POLL_MS,
);
