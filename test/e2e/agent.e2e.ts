import type { IDataObject, INode } from 'n8n-workflow';
import { BACK_DOOR, FRONT_DOOR } from '../../simulators/seam/seed';
import { agentWorkflow, connectModel, fromAi, seamTool, workflowTool } from './host/agentWorkflow';
import { McpClient } from './host/mcpClient';
import { START_HOST_MS, startHost, type Host } from './host/host';
import type { StoredCredential } from './host/n8nClient';
import { ScriptedModel } from './host/scriptedModel';
import { actionNode, byId, manualWorkflow, nodeOf } from './host/workflows';

const NEWEST_AGENT = 3.1;
/** It runs its tools itself, where a newer one lets n8n's engine do it. */
const OLDER_AGENT = 2.2;

let host: Host;
let model: ScriptedModel;
let modelCredential: StoredCredential;

beforeAll(async () => {
	host = await startHost('agent');
	model = await ScriptedModel.start();
	modelCredential = await connectModel(host.client, model);
}, START_HOST_MS);
afterEach(async () => {
	host.reset();
	await fence({ unlock: 'workflows', unlockDevices: '' });
});
afterAll(async () => {
	await host?.close();
	await model?.close();
});

const fence = async (fields: { unlock?: string; unlockDevices?: string }) =>
	await host.client.changeCredential(host.accounts.seamApi, fields);

const tool = (operation: string, settings?: Partial<INode>): INode =>
	seamTool(host.accounts.seamApi, operation, settings);

/** Lets an agent work and gives its run; the model makes these calls of the tool. */
async function runAgent(version: number, node: INode, ...calls: IDataObject[]) {
	model.willCall(...calls);
	const workflow = agentWorkflow(version, modelCredential, node);
	return await host.client.run(await host.client.createWorkflow(workflow));
}

/** What the model was told at the end of its only call. */
const toldItems = (): IDataObject[] => {
	expect(model.told).toHaveLength(1);
	return JSON.parse(model.told[0]!) as IDataObject[];
};
const paths = () => host.simulators.Seam.requests.all().map(({ path }) => path);
const commands = () => paths().filter((path) => path.startsWith('/locks/'));

describe.each([NEWEST_AGENT, OLDER_AGENT])('an AI agent %s with Seam as its tool', (version) => {
	it('reads the lock that the model names, and the model gets its state', async () => {
		const run = await runAgent(version, tool('getLockStatus'), { Lock_ID: BACK_DOOR });
		expect(run.status).toBe('success');
		expect(model.offered).toMatchObject({
			name: 'Seam',
			description: 'Get lock status in Seam',
			parameters: {
				properties: { Lock_ID: { type: 'string', description: 'The ID of the lock' } },
				required: ['Lock_ID'],
			},
		});
		const asked = host.simulators.Seam.requests.all().map(({ path, body }) => ({ path, body }));
		expect(asked).toEqual([{ path: '/devices/get', body: { device_id: BACK_DOOR } }]);
		expect(toldItems()).toMatchObject([
			{
				deviceId: BACK_DOOR,
				name: 'Back door',
				lock: 'locked',
				text: 'Back door is locked, but the door is open',
			},
		]);
		expect(run.json('Agent')).toMatchObject([
			{ output: expect.stringMatching(/^The tool says: .*"name":"Back door"/) as string },
		]);
	});

	it('may not unlock: nothing is sent, and its run shows why', async () => {
		const run = await runAgent(version, tool('unlock'), { Lock_ID: FRONT_DOOR });
		const [call] = run.data.resultData.runData.Seam!;
		expect(call?.executionStatus).toBe('error');
		expect(call?.error?.message).toMatch(/^This credential does not allow AI agents to unlock\./);
		expect(paths()).toEqual([]);
	});

	it('unlocks when the credential allows it to agents, and the model gets the evidence', async () => {
		await fence({ unlock: 'workflowsAndAgents' });
		await runAgent(version, tool('unlock'), { Lock_ID: BACK_DOOR });
		expect(toldItems()).toMatchObject([
			{
				name: 'Back door',
				command: 'unlock',
				evidence: 'verified',
				text: 'Back door was unlocked, and the lock confirmed it',
			},
		]);
		expect(commands()).toEqual(['/locks/unlock_door']);
	});

	it('reads the reason of a refusal where the tool goes on after errors', async () => {
		const node = tool('unlock', { onError: 'continueRegularOutput' });
		await runAgent(version, node, { Lock_ID: FRONT_DOOR });
		expect(toldItems()).toMatchObject([
			{
				message: expect.stringContaining('does not allow AI agents to unlock') as string,
				error: { reason: 'unlockNotAllowed', evidence: 'none', sent: false },
			},
		]);
		expect(paths()).toEqual([]);
	});
});

it('the model of the newest agent gets a refusal anyway, that of an older one gets nothing', async () => {
	await runAgent(NEWEST_AGENT, tool('unlock'), { Lock_ID: FRONT_DOOR });
	expect(toldItems()).toEqual([
		{ error: expect.stringContaining('does not allow AI agents to unlock') as string },
	]);
	await runAgent(OLDER_AGENT, tool('unlock'), { Lock_ID: FRONT_DOOR });
	expect(model.told).toEqual(['']);
});

describe('a model that chooses the operation', () => {
	const anyOperation = () => tool(fromAi('Operation', 'lock or unlock'));

	it('may not unlock either, and may lock', async () => {
		await runAgent(
			NEWEST_AGENT,
			anyOperation(),
			{ Operation: 'unlock', Lock_ID: FRONT_DOOR },
			{ Operation: 'lock', Lock_ID: FRONT_DOOR },
		);
		expect(model.told[0]).toContain('does not allow AI agents to unlock');
		expect(JSON.parse(model.told[1]!)).toMatchObject([{ command: 'lock', evidence: 'verified' }]);
		expect(commands()).toEqual(['/locks/lock_door']);
	});

	it('may unlock only the devices of the list', async () => {
		await fence({ unlock: 'workflowsAndAgents', unlockDevices: BACK_DOOR });
		await runAgent(
			NEWEST_AGENT,
			anyOperation(),
			{ Operation: 'unlock', Lock_ID: FRONT_DOOR },
			{ Operation: 'unlock', Lock_ID: BACK_DOOR },
		);
		expect(model.told[0]).toContain('does not allow unlocking the device');
		expect(JSON.parse(model.told[1]!)).toMatchObject([{ name: 'Back door', sent: true }]);
		expect(commands()).toEqual(['/locks/unlock_door']);
	});

	it('sends a command again when it asks again in the same run', async () => {
		await fence({ unlock: 'workflowsAndAgents' });
		const lock = { Operation: 'lock', Lock_ID: FRONT_DOOR };
		const unlock = { Operation: 'unlock', Lock_ID: FRONT_DOOR };
		await runAgent(NEWEST_AGENT, anyOperation(), lock, unlock, lock);
		expect(commands()).toEqual(['/locks/lock_door', '/locks/unlock_door', '/locks/lock_door']);
		const told = model.told.flatMap((words) => JSON.parse(words) as IDataObject[]);
		expect(told.map(({ evidence }) => evidence)).toEqual(Array(3).fill('verified'));
	});
});

describe.each([NEWEST_AGENT, OLDER_AGENT])('a workflow as a tool of an agent %s', (version) => {
	it.each([
		['workflows', ['/locks/unlock_door']],
		['workflowsAndReviewedAgents', ['/locks/unlock_door']],
		['workflowsAndAgents', ['/locks/unlock_door']],
		['never', []],
	])('is a workflow, which unlocks as the policy allows: %s', async (unlock, sent) => {
		await fence({ unlock });
		const inputs = { inputSource: 'passthrough' };
		const start = nodeOf('n8n-nodes-base.executeWorkflowTrigger', 'Called', inputs);
		start.typeVersion = 1.1;
		const step = actionNode('seam', host.accounts.seamApi, {
			operation: 'unlock',
			deviceId: byId(BACK_DOOR),
		});
		const called = await host.client.createWorkflow(manualWorkflow(step, start));
		await host.client.publish(called.id);
		await runAgent(version, workflowTool(called.id), { query: 'Open the back door' });
		expect(commands()).toEqual(sent);
		expect(model.told).toHaveLength(1);
	});
});

describe('a client of the MCP Server Trigger', () => {
	let client: McpClient;

	beforeAll(async () => {
		const to = { ai_tool: [[{ node: 'MCP', type: 'ai_tool' as const, index: 0 }]] };
		const operations = {
			'Read lock': 'getLockStatus',
			'Lock door': 'lock',
			'Unlock door': 'unlock',
		};
		const tools = Object.entries(operations).map(([name, operation]) => tool(operation, { name }));
		const parameters = { authentication: 'none', path: 'locks' };
		const trigger = {
			...nodeOf('@n8n/n8n-nodes-langchain.mcpTrigger', 'MCP', parameters),
			typeVersion: 2,
			webhookId: 'locks',
		};
		const { id } = await host.client.createWorkflow({
			name: 'Locks for an MCP client',
			nodes: [trigger, ...tools],
			connections: Object.fromEntries(tools.map(({ name }) => [name, to])),
		});
		await host.client.publish(id);
		client = await McpClient.connect(`${host.n8n.url}/mcp/locks`);
	});

	const call = async (name: string) => await client.call(name, { Lock_ID: BACK_DOOR });

	it('finds the tools under the names of the nodes', async () => {
		const tools = await client.tools();
		expect(tools.map(({ name }) => name).sort()).toEqual(['Lock_door', 'Read_lock', 'Unlock_door']);
		expect(tools[0]).toMatchObject({ inputSchema: { required: ['Lock_ID'] } });
	});

	it('reads and locks', async () => {
		expect(await call('Read_lock')).toContain('"name":"Back door"');
		expect(await call('Lock_door')).toContain('"evidence":"verified"');
		expect(commands()).toEqual(['/locks/lock_door']);
	});

	it.each(['workflows', 'workflowsAndReviewedAgents', 'never'])(
		'may not unlock with the fence at %s',
		async (unlock) => {
			await fence({ unlock });
			expect(await call('Unlock_door')).not.toContain('"evidence":"verified"');
			expect(commands()).toEqual([]);
		},
	);

	it('unlocks when the credential allows it to agents', async () => {
		await fence({ unlock: 'workflowsAndAgents' });
		expect(await call('Unlock_door')).toContain('"evidence":"verified"');
		expect(commands()).toEqual(['/locks/unlock_door']);
	});
});
