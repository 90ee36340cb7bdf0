import axios from 'axios';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { SeamApi } from '../../credentials/SeamApi.credentials';
import { startSeamSimulator, type SeamSimulator } from '../../simulators/seam/seamSimulator';
import { resolveExpressions } from '../support/memoryCredentials';

const credential = new SeamApi();
let seam: SeamSimulator;

beforeAll(async () => {
	seam = await startSeamSimulator();
});
afterAll(async () => await seam.close());

const data = (change: IDataObject = {}) => ({
	apiKey: seam.apiKey,
	workspaceId: '',
	environment: 'custom',
	host: seam.url,
	...change,
});

async function headersFor(change: IDataObject) {
	const request: IHttpRequestOptions = { url: '/', headers: { accept: 'application/json' } };
	return (await credential.authenticate(data(change), request)).headers;
}

describe('authenticate', () => {
	it('sends the key, and what was there before', async () => {
		expect(await headersFor({ apiKey: ' seam_key\n' })).toEqual({
			accept: 'application/json',
			authorization: 'Bearer seam_key',
		});
	});

	it('names the workspace of a personal access token', async () => {
		expect(await headersFor({ apiKey: 'seam_at1', workspaceId: ' w1 ' })).toMatchObject({
			authorization: 'Bearer seam_at1',
			'seam-workspace': 'w1',
		});
	});

	it.each([
		['', /^The API key is empty\. Use an API key from the Seam Console/],
		['seam_pk1_token', /^This is a publishable key, which is for web pages\. Use an API key/],
		['seam_cst1_token', /^This is a client session token/],
		['eyJhbGciOiJIUzI1NiJ9', /^This is a token of the Seam Console's own session/],
		['abc', /^This is not a Seam key/],
		[
			'seam_at1_longtoken',
			/^A personal access token needs a workspace.*Fill in the 'Workspace ID'/,
		],
	])('refuses %j with a sentence that says which key to take', async (apiKey, message) => {
		await expect(headersFor({ apiKey })).rejects.toThrow(message);
	});
});

describe('test', () => {
	/** Sends what n8n would send for the credential's test. */
	async function statusOf(change: IDataObject) {
		const { baseURL, url } = credential.test.request;
		const filled = data(change);
		const request = await credential.authenticate(filled, { url: url ?? '' });
		const answer = await axios.get(
			`${String(resolveExpressions(baseURL, { $credentials: filled }))}${url}`,
			{
				headers: request.headers as Record<string, string>,
				validateStatus: () => true,
			},
		);
		return answer.status;
	}

	it.each<[string, () => IDataObject]>([
		['an API key', () => ({})],
		['a host with a slash at its end', () => ({ host: `${seam.url}/` })],
		[
			'a personal access token with its workspace',
			() => ({ apiKey: seam.personalAccessToken, workspaceId: seam.workspaceId }),
		],
	])('passes with %s', async (_, change) => {
		expect(await statusOf(change())).toBe(200);
	});

	it('fails with a wrong key, in our words', async () => {
		const status = await statusOf({ apiKey: 'seam_wrong' });
		const rule = credential.test.rules?.find(({ properties }) => properties.value === status);
		expect(rule?.properties.message).toMatch(/^Seam does not accept this key\. Copy it again/);
	});

	it('asks the real Seam unless another host is chosen', () => {
		const { baseURL } = credential.test.request;
		expect(resolveExpressions(baseURL, { $credentials: data({ environment: 'production' }) })).toBe(
			'https://connect.getseam.com',
		);
	});
});
