import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { startSeamSimulator, type SeamSimulator } from '../../simulators/seam/seamSimulator';
import { startVolvoSimulator, type VolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { testKey } from '../support/credentialTest';
import { Engine } from '../support/engine';
import { ScriptedServer } from '../support/scriptedServer';

let engine: Engine;
let seam: SeamSimulator;
let volvo: VolvoSimulator;
let scripted: ScriptedServer;

beforeAll(async () => {
	engine = await Engine.start({});
	[seam, volvo] = await Promise.all([startSeamSimulator(), startVolvoSimulator()]);
	scripted = await new ScriptedServer().start();
});
afterAll(async () => {
	await Promise.all([seam, volvo, scripted].map((server) => server.close()));
});
afterEach(() => [seam, volvo].forEach((simulator) => simulator.reset()));

const SECRET = 'seam_secret_0123456789';

type Change = ICredentialDataDecryptedObject;
const test = {
	seamApi: async (change: Change, node = 'seam') =>
		await testKey(engine, node, 'seamApi', {
			apiKey: seam.apiKey,
			workspaceId: '',
			environment: 'custom',
			host: seam.url,
			...change,
		}),
	volvoApi: async (change: Change, node = 'volvo') =>
		await testKey(engine, node, 'volvoApi', {
			accessToken: volvo.portalAccessToken(),
			vccApiKey: volvo.vccApiKey,
			environment: 'custom',
			host: volvo.url,
			...change,
		}),
};
const TYPES = ['seamApi', 'volvoApi'] as const;
const OK = { status: 'OK', message: 'Connection successful' };

it.each([
	['seamApi', ['seam', 'seamTrigger', 'seamWebhookTrigger']],
	['volvoApi', ['volvo', 'volvoTrigger']],
] as const)('%s passes at each of its nodes', async (type, nodes) => {
	for (const node of nodes) expect(await test[type]({}, node)).toEqual(OK);
});

it('a personal access token passes with its workspace', async () => {
	const { personalAccessToken: apiKey, workspaceId } = seam;
	expect(await test.seamApi({ apiKey: ` ${apiKey}\n`, workspaceId })).toEqual(OK);
});

it('a token and a key of Volvo pass with blanks around them', async () => {
	const accessToken = ` ${volvo.portalAccessToken()}\n`;
	expect(await test.volvoApi({ accessToken, vccApiKey: ` ${volvo.vccApiKey}\n` })).toEqual(OK);
});

it.each([
	['seamApi', { apiKey: 'seam_wrong' }, /^Seam does not accept this key\. Copy it again/],
	['seamApi', { apiKey: 'seam_pk1_token' }, /^This is a publishable key.*Use an API key.*\.$/],
	['seamApi', { apiKey: '' }, /^The API key is empty\./],
	['volvoApi', { accessToken: 'wrong' }, /^Volvo does not accept the VCC API key or the sign-in/],
	['volvoApi', { vccApiKey: 'wrong' }, /^Volvo does not accept the VCC API key or the sign-in/],
] as const)('%s with %j says what to change', async (type, change, sentence) => {
	const { status, message } = await test[type](change);
	expect(status).toBe('Error');
	expect(message).toMatch(sentence);
});

describe.each(TYPES)('the host of %s', (type) => {
	const simulator = () => (type === 'seamApi' ? seam : volvo);
	const port = () => new URL(simulator().url).port;

	it('may come without its scheme, with blanks around it and a slash at its end', async () => {
		for (const host of [`127.0.0.1:${port()}`, ` localhost:${port()}/ `, `${simulator().url}/`]) {
			expect(await test[type]({ host })).toEqual(OK);
		}
	});

	it.each([
		['http://127.0.0.1:1', /^The host of \w+ refused the connection\. Check the credential's Env/],
		['http://nowhere.invalid', /^The host of \w+ (was not found|could not be looked up)/],
		[
			'not a host',
			/^The credential's Host must be an address with only a scheme, a host and a port/,
		],
		[
			'ftp://127.0.0.1',
			/^The credential's Host must be an address with only a scheme, a host and a port/,
		],
		['', /^The credential's Host must be an address with only a scheme, a host and a port/],
	])('%j: a sentence says what is wrong', async (host, sentence) => {
		const { status, message } = await test[type]({ host });
		expect(status).toBe('Error');
		expect(message).toMatch(sentence);
		expect(message).toMatch(/[^.]\.$/);
		expect(message).not.toMatch(/\bE[A-Z_]{4,}/);
	});

	it.each(['http://user:hidden@127.0.0.1', 'user:hidden@127.0.0.1'])(
		'%s is refused before anything is sent, and not repeated',
		async (address) => {
			const { message } = await test[type]({ host: `${address}:${port()}` });
			expect(message).toMatch(/without a path, a user name or a password\.$/);
			expect(message).not.toMatch(/hidden/);
			expect(simulator().requests.all()).toEqual([]);
		},
	);

	it.each([
		[{ status: 404 }, /API does not answer at this host\. Check Environment and Host/],
		[{ status: 200, body: '<html>Welcome</html>' }, /API does not answer at this host/],
		[{ status: 429 }, /allows no further call for now\. Try again later\.$/],
		[{ status: 503 }, /does not work at the moment: it answered with the status 503/],
	])('that answers %j is not taken for a good credential', async (answer, sentence) => {
		scripted.answers = {
			'GET /workspaces/get': answer,
			'GET /connected-vehicle/v2/vehicles': answer,
		};
		const result = await test[type]({ host: scripted.url });
		expect(result).toEqual({ status: 'Error', message: expect.stringMatching(sentence) as string });
	});

	it('that redirects gets the key alone, and no other host', async () => {
		for (const path of ['/workspaces/get', '/connected-vehicle/v2/vehicles']) {
			const location = `${simulator().url}${path}`;
			scripted.answers[`GET ${path}`] = { status: 307, headers: { location } };
		}
		const { message } = await test[type]({ host: scripted.url });
		expect(message).toMatch(/API does not answer at this host/);
		expect(simulator().requests.all()).toEqual([]);
	});
});

it('repeats no secret, whatever the host does with the request', async () => {
	for (const host of ['http://127.0.0.1:1', `${scripted.url}`]) {
		scripted.answers = { 'GET /workspaces/get': { status: 500, body: { error: SECRET } } };
		const { message } = await test.seamApi({ apiKey: SECRET, host });
		expect(message).not.toContain(SECRET);
	}
});
