import { FRONT_DOOR } from '../../simulators/seam/seed';
import { EX30 } from '../../simulators/volvo/seed';
import { agentWorkflow, connectModel, seamTool } from './host/agentWorkflow';
import { oldestEdition } from './host/edition';
import { START_HOST_MS, startHost, type Host } from './host/host';
import { ScriptedModel } from './host/scriptedModel';
import { actionNode, byId, manualWorkflow, nodeOf } from './host/workflows';

const PACK = 'n8n-nodes-smart-locks';
/** Of this n8n. */
const NEWEST_AGENT = 3;

let host: Host;

beforeAll(async () => {
	host = await startHost('oldest', oldestEdition());
}, START_HOST_MS);
afterAll(async () => await host?.close());

/** The oldest n8n that the README names. */
describe(`n8n ${oldestEdition().n8nVersion}`, () => {
	it.each(['seam', 'smartcar', 'volvo'])('has the node %s and its tool', async (name) => {
		const names = (await host.client.nodeTypes()).map((type) => type.name);
		expect(names).toEqual(expect.arrayContaining([`${PACK}.${name}`, `${PACK}.${name}Tool`]));
	});

	it.each(['seamApi', 'volvoApi'] as const)('tests the credential %s', async (type) => {
		const { client, accounts } = host;
		expect(await client.testCredential(accounts[type])).toMatchObject({ status: 'OK' });
		const dead = await client.testCredential(accounts[type], { host: 'http://127.0.0.1:1' });
		expect(dead.message).toMatch(/^The host of \w+ refused the connection\. Check/);
	});

	it('locks a door', async () => {
		const { status, ...run } = await host.runAction('seam', 'seamApi', {
			operation: 'lock',
			deviceId: byId(FRONT_DOOR),
			options: { requiredEvidence: 'verified' },
		});
		expect(status).toBe('success');
		expect(run.json('Node')).toMatchObject([{ evidence: 'verified', status: { secure: true } }]);
	});

	it('reads a car of a person who signed in by browser, also with an expired token', async () => {
		host.simulators.Volvo.oauth.expireAccessTokens();
		const run = await host.runAction('volvo', 'volvoOAuth2Api', {
			authentication: 'oAuth2',
			operation: 'getLockStatus',
			deviceId: byId(EX30),
		});
		expect(run.json('Node')).toMatchObject([{ lock: 'unlocked' }]);
	});

	it('reads a lock on its own schedule', async () => {
		const everySecond = nodeOf('n8n-nodes-base.scheduleTrigger', 'Every second', {
			rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] },
		});
		const read = actionNode('seam', host.accounts.seamApi, {
			operation: 'getLockStatus',
			deviceId: byId(FRONT_DOOR),
		});
		const { id } = await host.client.createWorkflow(manualWorkflow(read, everySecond));
		await host.client.publish(id);
		const [run] = await host.client.waitForExecutions(id, 1);
		await host.client.unpublish(id);
		expect(run!.json('Node')).toMatchObject([{ deviceId: FRONT_DOOR }]);
	});

	it('lets an AI agent read a lock, and not unlock it', async () => {
		const model = await ScriptedModel.start();
		try {
			const modelCredential = await connectModel(host.client, model);
			const runAgent = async (operation: string) => {
				host.reset();
				model.willCall({ Lock_ID: FRONT_DOOR });
				const tool = seamTool(host.accounts.seamApi, operation);
				const workflow = agentWorkflow(NEWEST_AGENT, modelCredential, tool);
				return await host.client.run(await host.client.createWorkflow(workflow));
			};
			await runAgent('getLockStatus');
			expect(model.told).toEqual([expect.stringContaining('"name":"Front door"')]);
			// here a tool that fails ends the agent
			const { data } = await runAgent('unlock');
			expect(data.resultData.error?.message).toContain('does not allow AI agents to unlock');
			expect(host.simulators.Seam.requests.all()).toEqual([]);
		} finally {
			await model.close();
		}
	});

	it('reads all cars of an application', async () => {
		const run = await host.runAction('smartcar', 'smartcarOAuth2Api', {
			operation: 'getMany',
			target: 'all',
		});
		expect(run.json('Node')).toEqual(
			expect.arrayContaining([expect.objectContaining({ name: 'TESLA Model 3 2023' })]),
		);
	});
});
