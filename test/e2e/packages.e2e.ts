import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowJson } from '../support/engine';
import type { Run } from '../support/run';
import { withAccounts } from './host/accounts';
import { newestEdition } from './host/edition';
import { freshFolder, ONLY_LOOPBACK, openHost, START_HOST_MS, type Host } from './host/host';
import { installN8n } from './host/installN8n';
import { N8nServer } from './host/n8nServer';
import { installPack, ROOT, SERVICE_PACKAGES } from './host/pack';

const WHOLE = 'n8n-nodes-smart-locks';
const NODES: Record<string, string[]> = {
	'n8n-nodes-seam-locks': ['seam', 'seamTool', 'seamTrigger', 'seamWebhookTrigger'],
	'n8n-nodes-smartcar-cars': [
		'smartcar',
		'smartcarTool',
		'smartcarTrigger',
		'smartcarWebhookTrigger',
	],
	'n8n-nodes-volvo-cars': ['volvo', 'volvoTool', 'volvoTrigger'],
};
const CREDENTIALS = [
	'seamApi',
	'smartcarOAuth2Api',
	'smartcarV2OAuth2Api',
	'volvoApi',
	'volvoOAuth2Api',
];

let host: Host;
let userFolder: string;

beforeAll(async () => {
	userFolder = freshFolder('packages');
	const installed = await installN8n(newestEdition());
	await installPack(userFolder, SERVICE_PACKAGES);
	host = await openHost(
		async () => await N8nServer.start({ installed, userFolder, env: ONLY_LOOPBACK }),
	);
}, START_HOST_MS);
afterEach(() => host?.reset());
afterAll(async () => await host?.close());

/** The names of our node types and credential types, as n8n's editor gets them. */
async function offered() {
	const [nodes, credentials] = [
		await host.client.nodeTypes(),
		await host.client.credentialTypes(),
	].map((types) => types.map(({ name }) => name).sort());
	return {
		nodes: nodes!.filter((name) => /^n8n-nodes-(smart|seam|volvo)/.test(name)),
		credentials: credentials!.filter((name) => CREDENTIALS.includes(name)),
	};
}

const typesOf = (packages: Record<string, string[]>) =>
	Object.entries(packages)
		.flatMap(([name, nodes]) => nodes.map((node) => `${name}.${node}`))
		.sort();

const exampleText = (name: string, folder: string) =>
	readFileSync(path.join(ROOT, folder, `examples/${name}.json`), 'utf8');

async function run(text: string): Promise<Run> {
	const example = withAccounts(JSON.parse(text) as WorkflowJson, host.accounts);
	const finished = await host.client.run(await host.client.createWorkflow(example));
	expect(finished.data.resultData.error?.message).toBeUndefined();
	expect(finished.status).toBe('success');
	return finished;
}

describe('the packages with one service each', () => {
	it('give n8n their nodes and credentials, and no others', async () => {
		expect(await offered()).toEqual({ nodes: typesOf(NODES), credentials: CREDENTIALS });
	});

	it('run an example of Seam', async () => {
		const finished = await run(exampleText('lock-and-verify', 'packages/n8n-nodes-seam-locks'));
		expect(finished.json('Lock the front door')).toMatchObject([{ evidence: 'verified' }]);
	});

	it('run an example of Smartcar', async () => {
		await run(exampleText('fleet-night-sweep', 'packages/n8n-nodes-smartcar-cars'));
		expect(host.simulators.Smartcar.requests.all()).not.toEqual([]);
	});

	it('run an example of Volvo', async () => {
		await run(exampleText('car-left-unlocked', 'packages/n8n-nodes-volvo-cars'));
		expect(host.simulators.Volvo.requests.all()).not.toEqual([]);
	});

	it('run a workflow of the whole package, moved as docs/packages.md says', async () => {
		const text = exampleText('is-everything-locked', '.')
			.replaceAll(`${WHOLE}.seam`, 'n8n-nodes-seam-locks.seam')
			.replaceAll(`${WHOLE}.volvo`, 'n8n-nodes-volvo-cars.volvo')
			.replaceAll(`${WHOLE}.smartcar`, 'n8n-nodes-smartcar-cars.smartcar');
		expect(text).not.toContain(WHOLE);
		const [message, ...others] = (await run(text)).json('Compose message');
		expect(others).toEqual([]);
		expect(message!.text).toMatch(/Front door/);
	});
});

describe('the same beside the whole package', () => {
	beforeAll(async () => {
		await host.n8n.stop();
		await installPack(userFolder, [ROOT, ...SERVICE_PACKAGES]);
		await host.restart();
	}, START_HOST_MS);

	it('is loaded too: n8n offers each node twice, as docs/packages.md warns', async () => {
		const { nodes, credentials } = await offered();
		const all = { ...NODES, [WHOLE]: Object.values(NODES).flat() };
		expect(nodes).toEqual(typesOf(all));
		expect(credentials).toEqual([...CREDENTIALS, ...CREDENTIALS].sort());
	});

	it.each([
		['the whole package', '.'],
		['the package', 'packages/n8n-nodes-seam-locks'],
	])('runs a node of %s with the same stored credential', async (_which, folder) => {
		const finished = await run(exampleText('lock-and-verify', folder));
		expect(finished.json('Lock the front door')).toMatchObject([{ evidence: 'verified' }]);
	});

	it('tests the stored credentials', async () => {
		for (const account of Object.values(host.accounts)) {
			const { status } = await host.client.testCredential(account);
			expect([account.type, status]).toEqual([account.type, 'OK']);
		}
	});
});
