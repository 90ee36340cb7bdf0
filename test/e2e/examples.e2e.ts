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
}));
