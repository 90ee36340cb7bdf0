import axios from 'axios';
import { FRONT_DOOR } from '../../simulators/seam/seed';
import { START_HOST_MS, startHost, type Host } from './host/host';
import type { NodeTypeEntry } from './host/n8nClient';
import { byId, nodeOf } from './host/workflows';

const PACK = 'n8n-nodes-smart-locks';

let host: Host;

beforeAll(async () => {
	host = await startHost('editor');
}, START_HOST_MS);
afterEach(() => host?.reset());
afterAll(async () => await host?.close());

const manifest = jest.requireActual<{ n8n: { nodes: string[]; credentials: string[] } }>(
	'../../package.json',
);

/** `dist/nodes/Seam/Seam.node.js` declares `seam`. */
const declaredNodes = manifest.n8n.nodes.map((file) => {
	const className = file.split('/').at(-1)!.replace('.node.js', '');
	return className[0]!.toLowerCase() + className.slice(1);
});
const declaredCredentials = manifest.n8n.credentials.map((file) => {
	const className = file.split('/').at(-1)!.replace('.credentials.js', '');
	return className[0]!.toLowerCase() + className.slice(1);
});

const iconsOf = ({ iconUrl }: NodeTypeEntry): string[] =>
	typeof iconUrl === 'string' ? [iconUrl] : Object.values(iconUrl ?? {});

async function expectIcons(entry: NodeTypeEntry | undefined): Promise<void> {
	const icons = iconsOf(entry!);
	expect(icons).toHaveLength(2);
	for (const icon of icons) {
		const { data, headers } = await axios.get<string>(`${host.n8n.url}/${icon}`, {
			timeout: 10_000,
		});
		expect(headers['content-type']).toContain('image/svg+xml');
		expect(data).toContain('<svg');
	}
}

describe('what the editor offers', () => {
	it.each(declaredNodes)('the node %s, with its icons in light and dark', async (name) => {
		const types = await host.client.nodeTypes();
		await expectIcons(types.find((type) => type.name === `${PACK}.${name}`));
	});

	it.each(declaredCredentials)('the credential %s, with its icons', async (name) => {
		const types = await host.client.credentialTypes();
		await expectIcons(types.find((type) => type.name === name));
	});

	it.each(['seam', 'smartcar', 'volvo'])('%s as a tool of an AI agent', async (name) => {
		const types = await host.client.nodeTypes();
		const tool = types.find((type) => type.name === `${PACK}.${name}Tool`);
		expect(tool).toMatchObject({ outputs: ['ai_tool'] });
	});

	it('the locks of the account, by name', async () => {
		const { id, name } = host.accounts.seamApi;
		const { results } = await host.client.send<{ results: Array<{ name: string; value: string }> }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				path: 'parameters.deviceId',
				nodeTypeAndVersion: { name: `${PACK}.seam`, version: 1 },
				currentNodeParameters: { operation: 'lock' },
				credentials: { seamApi: { id, name } },
				methodName: 'searchLocks',
			},
		);
		expect(results.find(({ value }) => value === FRONT_DOOR)?.name).toMatch(/^Front door/);
	});
});

describe('the test of a credential', () => {
	it.each([
		'seamApi',
		'smartcarOAuth2Api',
		'smartcarV2OAuth2Api',
		'volvoApi',
		'volvoOAuth2Api',
	] as const)('%s passes', async (type) => {
		const result = await host.client.testCredential(host.accounts[type]);
		expect(result).toMatchObject({ status: 'OK' });
	});

	it.each([
		['seamApi', { apiKey: 'seam_wrong' }, /Seam does not accept this key\. Copy it again/],
		['seamApi', { apiKey: 'seam_pk_1' }, /publishable key/],
		['volvoApi', { accessToken: 'wrong' }, /token/],
		['volvoApi', { vccApiKey: 'wrong' }, /VCC API [kK]ey/],
		['volvoOAuth2Api', { vccApiKey: 'wrong' }, /VCC API [kK]ey/],
	] as const)('%s with %j says what to change', async (type, change, sentence) => {
		const result = await host.client.testCredential(host.accounts[type], change);
		expect(result).toMatchObject({ status: 'Error' });
		expect(result.message).toMatch(sentence);
	});

	it('says so when the host is that of another service', async () => {
		const { seamApi } = host.accounts;
		const result = await host.client.testCredential(seamApi, { host: host.simulators.Volvo.url });
		expect(result).toMatchObject({ status: 'Error' });
		expect(result.message).toMatch(/Seam's API does not answer at this host/);
	});
});

describe('ways around the node', () => {
	const request = (url: string, credentialType?: 'seamApi') =>
		nodeOf(
			'n8n-nodes-base.httpRequest',
			'Node',
			{
				method: 'POST',
				url,
				...(credentialType && {
					authentication: 'predefinedCredentialType',
					nodeCredentialType: credentialType,
				}),
				options: {},
			},
			credentialType && host.accounts[credentialType],
		);

	it("n8n's HTTP Request node may not use our credentials, and nothing is sent", async () => {
		const { Seam } = host.simulators;
		const node = { ...request(`${Seam.url}/locks/unlock_door`, 'seamApi'), typeVersion: 4.2 };
		const { status, data } = await host.runNode(node);
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toContain('configured to prevent use');
		expect(Seam.requests.all()).toEqual([]);
	});

	it("n8n's protection of its network holds, and lets our nodes reach the simulators", async () => {
		const node = { ...request('http://127.0.0.2:9/'), typeVersion: 4.2 };
		const blocked = await host.runNode(node);
		expect(blocked.data.resultData.error?.message).toMatch(/restricted IP address/);
		const read = await host.runAction('seam', 'seamApi', {
			operation: 'getLockStatus',
			deviceId: byId(FRONT_DOOR),
		});
		expect(read.json('Node')).toMatchObject([{ lock: 'unlocked' }]);
	});
});
