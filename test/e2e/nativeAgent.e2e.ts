import { BACK_DOOR, FRONT_DOOR } from '../../simulators/seam/seed';
import { connectModel, seamTool } from './host/agentWorkflow';
import { START_HOST_MS, startHost, type Host } from './host/host';
import type { StoredCredential } from './host/n8nClient';
import { NativeAgent } from './host/nativeAgent';
import { ScriptedModel } from './host/scriptedModel';

const FENCES = ['workflows', 'workflowsAndReviewedAgents', 'workflowsAndAgents', 'never'] as const;
/** Either type of the node may stand in an agent's settings; n8n runs the tool in both cases. */
const TYPES = ['n8n-nodes-smart-locks.seam', 'n8n-nodes-smart-locks.seamTool'] as const;

let host: Host;
let model: ScriptedModel;
let modelCredential: StoredCredential;

beforeAll(async () => {
	host = await startHost('nativeAgent');
	model = await ScriptedModel.start();
	modelCredential = await connectModel(host.client, model);
}, START_HOST_MS);
afterEach(() => host.reset());
afterAll(async () => {
	await host?.close();
	await model?.close();
});

const fence = async (unlock: string) =>
	await host.client.changeCredential(host.accounts.seamApi, { unlock });

async function createAgent(operation: string, type: string, requireApproval = false) {
	const tool = seamTool(host.accounts.seamApi, operation, { name: 'Door', type });
	return await NativeAgent.create(host.client, modelCredential, tool, { requireApproval });
}

const commands = () =>
	host.simulators.Seam.requests
		.all()
		.filter(({ path }) => path.startsWith('/locks/'))
		.map(({ path, body }) => [path, body]);
const UNLOCKED = [['/locks/unlock_door', { device_id: BACK_DOOR }]];

const ask = async (agent: NativeAgent) => {
	model.willCall({ Lock_ID: BACK_DOOR });
	await agent.chat('Look after the back door');
};

describe.each(TYPES)('one of n8n’s own agents with %s as its tool', (type) => {
	it('reads and locks, and the model gets the evidence', async () => {
		await ask(await createAgent('getLockStatus', type));
		expect(model.offered?.parameters.required).toEqual(['Lock_ID']);
		expect(model.told.join()).toContain('Back door is locked, but the door is open');
		model.willCall({ Lock_ID: FRONT_DOOR });
		await (await createAgent('lock', type)).chat('Lock the front door');
		expect(model.told.join()).toContain('Front door was locked, and the lock confirmed it');
		expect(commands()).toEqual([['/locks/lock_door', { device_id: FRONT_DOOR }]]);
	});

	it.each(FENCES)('unlocks only where all agents may: %s', async (value) => {
		await fence(value);
		await ask(await createAgent('unlock', type));
		expect(commands()).toEqual(value === 'workflowsAndAgents' ? UNLOCKED : []);
		expect(model.told.join()).toMatch(
			value === 'workflowsAndAgents' ? /"evidence":"verified"/ : /does not allow|only after/,
		);
	});
});

describe.each(FENCES)('a tool that requires approval, with the fence at %s', (value) => {
	beforeEach(async () => await fence(value));

	it('sends nothing before the yes; the node cannot see the yes', async () => {
		const agent = await createAgent('unlock', TYPES[1], true);
		await ask(agent);
		const call = agent.pendingCall();
		expect(call).toMatchObject({ toolName: 'Door', input: { args: { Lock_ID: BACK_DOOR } } });
		expect(commands()).toEqual([]);
		await agent.answer(call, true);
		expect(commands()).toEqual(value === 'workflowsAndAgents' ? UNLOCKED : []);
	});

	it('sends nothing after a no', async () => {
		const agent = await createAgent('unlock', TYPES[1], true);
		await ask(agent);
		await agent.answer(agent.pendingCall(), false);
		expect(model.told).toHaveLength(1);
		expect(commands()).toEqual([]);
	});
});
