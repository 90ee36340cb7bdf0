import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';
import { FRONT_DOOR } from '../../simulators/seam/seed';
import { ScriptedServer } from '../support/scriptedServer';
import { accountsOf } from '../../simulators/simulators';
import { freshConnections } from './host/freshConnections';
import { START_HOST_MS, startHost, type Host } from './host/host';
import type { NodeTypeEntry, StoredCredential } from './host/n8nClient';
import { connectAccount } from './host/signIn';
import { actionNode, byId, nodeOf } from './host/workflows';

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
			timeout: 60_000,
			httpAgent: freshConnections,
		});
		expect(headers['content-type']).toContain('image/svg+xml');
		expect(data).toContain('<svg');
	}
}

describe('what the editor offers', () => {
	let nodeTypes: NodeTypeEntry[];
	let credentialTypes: NodeTypeEntry[];

	beforeAll(async () => {
		nodeTypes = await host.client.nodeTypes();
		credentialTypes = await host.client.credentialTypes();
	});

	it.each(declaredNodes)('the node %s, with its icons in light and dark', async (name) => {
		await expectIcons(nodeTypes.find((type) => type.name === `${PACK}.${name}`));
	});

	it.each(declaredCredentials)('the credential %s, with its icons', async (name) => {
		await expectIcons(credentialTypes.find((type) => type.name === name));
	});

	it.each(['seam', 'smartcar', 'volvo'])('%s as a tool of an AI agent', (name) => {
		const tool = nodeTypes.find((type) => type.name === `${PACK}.${name}Tool`);
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

	it.each(['seamApi', 'volvoApi', 'smartcarOAuth2Api'] as const)(
		'%s passes with a host without its scheme',
		async (type) => {
			const { host: address } = accountsOf(host.simulators)[type].data;
			const change = { host: address.replace('http://', '') };
			const result = await host.client.testCredential(host.accounts[type], change);
			expect(result).toMatchObject({ status: 'OK' });
		},
	);

	it.each([
		['seamApi', 'http://127.0.0.1:1', /^The host of Seam refused the connection\. Check/],
		['volvoApi', 'http://127.0.0.1:1', /^The host of Volvo refused the connection\. Check/],
		['seamApi', 'http://user:hidden@127.0.0.1:1', /without a path, a user name or a password\.$/],
		['volvoApi', 'not a host', /^The credential's Host must be an address/],
	] as const)('%s at the host %j gets a sentence', async (type, address, sentence) => {
		const result = await host.client.testCredential(host.accounts[type], { host: address });
		expect(result).toMatchObject({ status: 'Error' });
		expect(result.message).toMatch(sentence);
		expect(result.message).not.toMatch(/hidden/);
	});

	it.each([
		['http://127.0.0.1:1', /^The service refused the connection/],
		['http://user:hidden@127.0.0.1:1', /^Failed to acquire OAuth2 access token: Invalid URL$/],
	])("Smartcar v3 at the host %j gets n8n's own sentence", async (address, sentence) => {
		const data = accountsOf(host.simulators).smartcarOAuth2Api.data;
		const credential = await host.client.createCredential('smartcarOAuth2Api', {
			...data,
			host: address,
		});
		expect((await host.client.testCredential(credential)).message).toMatch(sentence);
	});

	it('names the problem when the host is that of another service', async () => {
		const { seamApi } = host.accounts;
		const result = await host.client.testCredential(seamApi, { host: host.simulators.Volvo.url });
		expect(result).toMatchObject({ status: 'Error' });
		expect(result.message).toMatch(/Seam's API does not answer at this host/);
	});
});

describe('the test of a Smartcar credential', () => {
	type SmartcarType = 'smartcarOAuth2Api' | 'smartcarV2OAuth2Api';

	/** A credential for which n8n has no token yet. */
	const freshCredential = async (type: SmartcarType, change: IDataObject = {}) => {
		const data = accountsOf(host.simulators)[type].data;
		return await host.client.createCredential(type, { ...data, ...change });
	};
	const read = async (apiVersion: 'v2' | 'v3', credential: StoredCredential) => {
		const parameters = { operation: 'getMany', apiVersion };
		const { data } = await host.runNode(actionNode('smartcar', credential, parameters));
		return data.resultData.error?.message;
	};
	const tokenRequests = () => host.simulators.Smartcar.signIn.v3.tokenRequests;

	it.each([
		['secret', { clientSecret: 'wrong' }],
		['client ID', { clientId: 'client_wrong' }],
	])('v3 with a wrong %s: n8n says that the client is unknown', async (_, change) => {
		const credential = await freshCredential('smartcarOAuth2Api', change);
		// n8n fetches the token before our test's rules count, and has its own words when it gets none
		expect(await host.client.testCredential(credential)).toEqual({
			status: 'Error',
			message: expect.stringMatching(
				/^Failed to acquire OAuth2 access token: Client authentication failed/,
			) as string,
		});
		expect(tokenRequests()).toEqual([{ grantType: 'client_credentials', status: 401 }]);
		expect(host.simulators.Smartcar.requests.to('/v3/connections')).toEqual([]);
		expect(await read('v3', credential)).toMatch(/check its Environment, client ID and secret/);
	});

	it('v3 at the host of another service: n8n says that there is no token', async () => {
		const elsewhere = { host: host.simulators.Volvo.url };
		const credential = await freshCredential('smartcarOAuth2Api', elsewhere);
		// as above: the token is asked for first
		expect(await host.client.testCredential(credential)).toEqual({
			status: 'Error',
			message: 'Failed to acquire OAuth2 access token: HTTP status 404',
		});
		expect(await read('v3', credential)).toMatch(/check the credential's Environment and Host$/);
	});

	it.each(['smartcarOAuth2Api', 'smartcarV2OAuth2Api'] as const)(
		'%s with a token fails with a sentence when the host is that of another service',
		async (type) => {
			const credential = host.accounts[type];
			expect(await host.client.testCredential(credential)).toMatchObject({ status: 'OK' });
			const elsewhere = { host: host.simulators.Volvo.url };
			const result = await host.client.testCredential(credential, elsewhere);
			expect(result.message).toMatch(/^Smartcar's API does not answer at this host\. Check/);
		},
	);

	it.each([
		[401, /^Smartcar does not accept this sign-in\. Check the client ID and the secret/],
		[403, /^Smartcar gives this application no access\. Look at its permissions/],
	])('v3 says what to do when a new token is refused with %i', async (status, sentence) => {
		const refusing = await new ScriptedServer().start();
		refusing.answers = {
			'POST /oauth2/token': { body: { access_token: 'a', token_type: 'bearer', expires_in: 3600 } },
			'GET /v3/connections': { status },
		};
		try {
			const credential = await freshCredential('smartcarOAuth2Api', { host: refusing.url });
			const result = await host.client.testCredential(credential);
			expect(result.message).toMatch(sentence);
		} finally {
			await refusing.close();
		}
	});

	it('v3 does not try a new secret as long as n8n has a token from the old one', async () => {
		const credential = await freshCredential('smartcarOAuth2Api');
		await host.client.testCredential(credential);
		const wrong = { clientSecret: 'wrong' };
		// n8n keeps the token when a credential is changed; docs/smartcar.md says how to get a new one
		expect(await host.client.testCredential(credential, wrong)).toMatchObject({ status: 'OK' });
		expect(tokenRequests()).toHaveLength(1);
		host.simulators.Smartcar.signIn.v3.expireAccessTokens();
		// n8n keeps nothing but the code of a renewal that failed
		expect(await host.client.testCredential(credential, wrong)).toEqual({
			status: 'Error',
			message: 'EAUTH',
		});
		await host.client.changeCredential(credential, wrong);
		expect(await read('v3', credential)).toMatch(/check its client ID and secret$/);
	});

	it('v2.0 that nobody has signed in with: n8n says that there is no token', async () => {
		const credential = await freshCredential('smartcarV2OAuth2Api');
		// n8n's words; the editor shows its button Connect in place of this test
		expect(await host.client.testCredential(credential)).toEqual({
			status: 'Error',
			message: 'Unable to sign without access token',
		});
		expect(await read('v2', credential)).toMatch(/not connected yet\. Open the credential, press/);
	});

	it('v2.0 says to connect again when the sign-in has ended', async () => {
		const credential = await freshCredential('smartcarV2OAuth2Api');
		await connectAccount(host.client, credential);
		const { v2 } = host.simulators.Smartcar.signIn;
		v2.expireAccessTokens();
		expect(await host.client.testCredential(credential)).toMatchObject({ status: 'OK' });
		v2.expireAccessTokens();
		v2.revokeRefreshTokens();
		expect(await host.client.testCredential(credential)).toEqual({
			status: 'Error',
			message: `The credential "${credential.name}" needs to be reconnected.`,
		});
		expect(v2.tokenRequests.map(({ status }) => status)).toEqual([200, 200, 400]);
		// the tokens of all accounts have ended
		await connectAccount(host.client, host.accounts.smartcarV2OAuth2Api);
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
