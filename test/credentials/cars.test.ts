import axios from 'axios';
import type { ICredentialType, IDataObject } from 'n8n-workflow';

import { SmartcarOAuth2Api } from '../../credentials/SmartcarOAuth2Api.credentials';
import { SmartcarV2OAuth2Api } from '../../credentials/SmartcarV2OAuth2Api.credentials';
import { VolvoApi } from '../../credentials/VolvoApi.credentials';
import { VolvoOAuth2Api } from '../../credentials/VolvoOAuth2Api.credentials';
import {
	startSmartcarSimulator,
	type SmartcarSimulator,
} from '../../simulators/smartcar/smartcarSimulator';
import { startVolvoSimulator, type VolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { originFrom } from '../../nodes/shared/forms/credentialHost';
import { resolveExpressions } from '../support/memoryCredentials';

let smartcar: SmartcarSimulator;
let volvo: VolvoSimulator;

beforeAll(async () => {
	[smartcar, volvo] = await Promise.all([startSmartcarSimulator(), startVolvoSimulator()]);
});
afterAll(async () => {
	await Promise.all([smartcar.close(), volvo.close()]);
});

/** The fields of a credential as n8n works them out from its form. */
function fieldsOf(credential: ICredentialType, form: IDataObject): IDataObject {
	const defaults = Object.fromEntries(
		credential.properties.map((field) => [field.name, field.default]),
	) as IDataObject;
	const filled = { ...defaults, ...form };
	return resolveExpressions(filled, {}, filled) as IDataObject;
}

describe('the addresses for signing in', () => {
	it.each<[string, ICredentialType, IDataObject]>([
		[
			'Smartcar v3',
			new SmartcarOAuth2Api(),
			{
				grantType: 'clientCredentials',
				accessTokenUrl: 'https://iam.smartcar.com/oauth2/token',
				authentication: 'header',
				scope: '',
			},
		],
		[
			'Smartcar v2.0',
			new SmartcarV2OAuth2Api(),
			{
				grantType: 'authorizationCode',
				authUrl: 'https://connect.smartcar.com/oauth/authorize',
				accessTokenUrl: 'https://auth.smartcar.com/oauth/token',
				authQueryParameters: 'mode=live',
				authentication: 'header',
				customScopes: false,
				enabledScopes: 'read_vehicle_info read_security control_security',
				scope: 'read_vehicle_info read_security control_security',
			},
		],
		[
			'Volvo',
			new VolvoOAuth2Api(),
			{
				grantType: 'pkce',
				authUrl: 'https://volvoid.eu.volvocars.com/as/authorization.oauth2',
				accessTokenUrl: 'https://volvoid.eu.volvocars.com/as/token.oauth2',
				authentication: 'header',
				authQueryParameters: '',
				scope: expect.stringContaining('conve:lock conve:unlock') as string,
			},
		],
	])("of %s are the maker's own", (_, credential, expected) => {
		expect(fieldsOf(credential, {})).toMatchObject(expected);
	});

	const HOSTS = ['http://127.0.0.1:4010', 'http://127.0.0.1:4010/', ' 127.0.0.1:4010/'];
	it.each(HOSTS)('come from the host %s', (host) => {
		const custom = { environment: 'custom', host };
		const origin = 'http://127.0.0.1:4010';
		expect(fieldsOf(new SmartcarOAuth2Api(), custom)).toMatchObject({
			accessTokenUrl: `${origin}/oauth2/token`,
		});
		expect(fieldsOf(new SmartcarV2OAuth2Api(), { ...custom, mode: 'simulated' })).toMatchObject({
			authUrl: `${origin}/oauth/authorize`,
			accessTokenUrl: `${origin}/oauth/token`,
			authQueryParameters: 'mode=simulated',
		});
		expect(fieldsOf(new VolvoOAuth2Api(), custom)).toMatchObject({
			authUrl: `${origin}/as/authorization.oauth2`,
			accessTokenUrl: `${origin}/as/token.oauth2`,
		});
	});

	it.each([
		['127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['localhost:4010', 'http://localhost:4010'],
		['localhost', 'http://localhost'],
		['a.localhost', 'https://a.localhost'],
		[' 127.0.0.1:4010/ ', 'http://127.0.0.1:4010'],
		['[::1]:4010', 'http://[::1]:4010'],
		['locks.example.com', 'https://locks.example.com'],
		['localhost.example.com', 'https://localhost.example.com'],
		['127.0.0.1.example.com:80', 'https://127.0.0.1.example.com:80'],
		['HTTP://example.com', 'HTTP://example.com'],
		['http://user:secret@127.0.0.1', ''],
		['user:secret@127.0.0.1', ''],
		['http://example.com/path', ''],
		['http://example.com?query', ''],
		['http:\\\\example.com', ''],
		['ftp://example.com', ''],
		['xhttp://example.com', ''],
		['locks', ''],
		['front door', ''],
		['', ''],
	])('the host %j means the same to the node and to n8n: %j', (host, origin) => {
		expect(originFrom(host)).toBe(origin);
		const fields = fieldsOf(new SmartcarOAuth2Api(), { environment: 'custom', host });
		expect(fields.accessTokenUrl).toBe(`${origin}/oauth2/token`);
		const { baseURL } = new SmartcarOAuth2Api().test.request;
		const $credentials = { environment: 'custom', host };
		expect(resolveExpressions(baseURL, { $credentials })).toBe(origin);
	});

	it('ask for the scopes that the owner of the credential chose', () => {
		const chosen = { customScopes: true, enabledScopes: 'openid conve:doors_status' };
		expect(fieldsOf(new VolvoOAuth2Api(), chosen).scope).toBe('openid conve:doors_status');
	});
});

describe('the test of a credential', () => {
	/** Sends what n8n sends for it, with a token as n8n would add it. */
	async function statusOf(credential: ICredentialType, form: IDataObject, token: string) {
		const { baseURL, url, headers } = credential.test!.request;
		const fields = resolveExpressions({ baseURL, headers: headers ?? {} }, { $credentials: form });
		const resolved = fields as { baseURL: string; headers: Record<string, string> };
		const answer = await axios.get(`${resolved.baseURL}${url}`, {
			headers: { ...resolved.headers, authorization: `Bearer ${token}` },
			validateStatus: () => true,
		});
		return answer.status;
	}

	const volvoForm = (vccApiKey: string) => ({ environment: 'custom', host: volvo.url, vccApiKey });
	const smartcarForm = () => ({ environment: 'custom', host: `${smartcar.url}/` });

	it('of Volvo needs token and key', async () => {
		const credential = new VolvoOAuth2Api();
		const { accessToken } = volvo.oauth.issue();
		expect(await statusOf(credential, volvoForm(volvo.vccApiKey), accessToken)).toBe(200);
		expect(await statusOf(credential, volvoForm('wrong'), accessToken)).toBe(401);
		expect(await statusOf(credential, volvoForm(volvo.vccApiKey), 'wrong')).toBe(401);
	});

	it('of Smartcar lists what is connected', async () => {
		const v3 = new SmartcarOAuth2Api();
		expect(await statusOf(v3, smartcarForm(), smartcar.v3AccessToken())).toBe(200);
		expect(await statusOf(v3, smartcarForm(), 'wrong')).toBe(401);
		const v2 = new SmartcarV2OAuth2Api();
		expect(await statusOf(v2, smartcarForm(), smartcar.v2Tokens().accessToken)).toBe(200);
	});

	it.each<[string, ICredentialType]>([
		['https://vehicle.api.smartcar.com', new SmartcarOAuth2Api()],
		['https://api.smartcar.com', new SmartcarV2OAuth2Api()],
		['https://api.volvocars.com', new VolvoOAuth2Api()],
	])('goes to %s, unless a host is given', (origin, credential) => {
		const $credentials = { environment: 'production', host: 'http://127.0.0.1:4010' };
		expect(resolveExpressions(credential.test!.request.baseURL, { $credentials })).toBe(origin);
	});

	it.each([new SmartcarOAuth2Api(), new SmartcarV2OAuth2Api(), new VolvoOAuth2Api()])(
		'has a sentence for what may be wrong',
		(credential) => {
			for (const value of [401, 403, 404]) {
				const rule = credential.test?.rules?.find(({ properties }) => properties.value === value);
				expect(rule?.properties.message).toMatch(/^\w.+\. .+\.$/);
			}
		},
	);
});

it.each<[string, string, ICredentialType]>([
	['https://dashboard.smartcar.com', 'Smartcar Dashboard', new SmartcarOAuth2Api()],
	['https://dashboard.smartcar.com', 'Smartcar Dashboard', new SmartcarV2OAuth2Api()],
	['https://developer.volvocars.com', 'developer.volvocars.com', new VolvoOAuth2Api()],
	['https://developer.volvocars.com', 'developer.volvocars.com', new VolvoApi()],
])('a link to %s, "%s", says where the values are', (url, name, { properties }) => {
	const notice = properties.find(({ type }) => type === 'notice')!;
	expect(notice.displayName).toContain(`<a href="${url}" target="_blank">${name}</a>`);
});

it('v2.0 says that Smartcar is about to end it', () => {
	const notice = new SmartcarV2OAuth2Api().properties.find(({ type }) => type === 'notice');
	expect(notice?.displayName).toMatch(/deprecates.*1 December 2026/);
});
