import { randomUUID } from 'node:crypto';

import { describeExampleOutcomes } from '../support/exampleOutcomes';
import { withAccounts } from './host/accounts';
import { START_HOST_MS, startHost, type Host } from './host/host';

let host: Host;

beforeAll(async () => {
	host = await startHost('examples');
}, START_HOST_MS);
afterEach(() => host?.reset());
afterAll(async () => await host?.close());

describeExampleOutcomes(() => ({
	simulators: host.simulators,
	run: async (example) =>
		await host.client.run(await host.client.createWorkflow(withAccounts(example, host.accounts))),
	runPushed: async (example, happen, meanwhile) => {
		const { webhooks } = host.simulators.Smartcar;
		const webhookId = randomUUID();
		const withAccount = withAccounts(example, host.accounts);
		const nodes = withAccount.nodes.map((node) =>
			node.type.endsWith('WebhookTrigger') ? { ...node, webhookId } : node,
		);
		const { id } = await host.client.createWorkflow({ ...withAccount, nodes });
		await host.client.publish(id);
		await webhooks.create({ callbackUri: `${host.n8n.url}/webhook/${webhookId}/smartcar` });
		// the first delivery of each car is a baseline
		await webhooks.desk.flush();
		happen();
		await webhooks.desk.flush();
		meanwhile();
		const [run] = await host.client.waitForExecutions(id, 1);
		await host.client.unpublish(id);
		return run!;
	},
}));
