import { describeExampleOutcomes } from '../support/exampleOutcomes';
import { withAccounts } from './host/accounts';
import { startHost, type Host } from './host/host';

let host: Host;

beforeAll(async () => {
	host = await startHost('examples');
}, 300_000);
afterEach(() => host?.reset());
afterAll(async () => await host?.close());

describeExampleOutcomes(() => ({
	simulators: host.simulators,
	run: async (example) =>
		await host.client.run(await host.client.createWorkflow(withAccounts(example, host.accounts))),
}));
