import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { SeamApi } from '../../credentials/SeamApi.credentials';
import { startSeamSimulator, type SeamSimulator } from '../../simulators/seam/seamSimulator';

const credential = new SeamApi();
let seam: SeamSimulator;

beforeAll(async () => {
	seam = await startSeamSimulator();
});
afterAll(async () => await seam.close());

const data = (change: ICredentialDataDecryptedObject = {}) => ({
	apiKey: seam.apiKey,
	workspaceId: '',
	environment: 'custom',
	host: seam.url,
	...change,
});

async function headersFor(change: ICredentialDataDecryptedObject) {
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

it('says of the two fields that restrict unlocking, and of no other, that guest codes count', () => {
	const counting = credential.properties.filter(({ description = '' }) =>
		/\w\. Setting a guest code, or reading its PIN, counts as unlocking\.$/.test(description),
	);
	expect(counting.map(({ name }) => name)).toEqual(['unlock', 'unlockDevices']);
});
