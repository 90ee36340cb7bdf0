import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';

import { textOf } from '../../../../nodes/shared/basics/guards';
import { Failure } from '../../../../nodes/shared/model/failure';
import { testCredential, type CredentialCheck } from '../../../../nodes/shared/n8n/credentialTest';

const CHECK: CredentialCheck = {
	label: 'Acme',
	productionOrigin: 'https://api.acme.example',
	path: '/me',
	headersOf: ({ key }) => ({ authorization: `Bearer ${textOf(key) ?? ''}` }),
	refusals: { 401: 'Acme does not accept this key. Copy it again.' },
};
const DATA = { key: 'secret' };
const OK = { status: 'OK', message: 'Connection successful' };
const NO_API =
	"Acme's API does not answer at this host. Check Environment and Host, which takes no path.";

let sent: unknown[];
beforeEach(() => {
	sent = [];
});

/** The result where the host gives this answer, or n8n's helper throws this. */
async function result(
	answer: unknown,
	data: ICredentialDataDecryptedObject = DATA,
	check: CredentialCheck = CHECK,
) {
	const request = async (options: unknown) => {
		sent.push(options);
		return await (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer));
	};
	const context = { helpers: { request } } as ICredentialTestFunctions;
	return await testCredential(context, { id: 'c', name: 'Acme', type: 'acmeApi', data }, check);
}

it('a credential is tested by one request that follows no redirect', async () => {
	expect(await result({ statusCode: 200, body: {} })).toEqual(OK);
	expect(sent).toEqual([
		expect.objectContaining({
			method: 'GET',
			uri: 'https://api.acme.example/me',
			headers: { accept: 'application/json', authorization: 'Bearer secret' },
			followRedirect: false,
			// every answer is returned with its status
			json: true,
			simple: false,
			resolveWithFullResponse: true,
			timeout: 20_000,
		}),
	]);
});

it('a credential with a host of its own is tested there', async () => {
	await result(
		{ statusCode: 200, body: {} },
		{ ...DATA, environment: 'custom', host: 'http://lab:81/' },
	);
	expect(sent).toEqual([expect.objectContaining({ uri: 'http://lab:81/me' })]);
});

it.each<[string, unknown, string]>([
	['a refusal', { statusCode: 401, body: {} }, 'Acme does not accept this key. Copy it again.'],
	[
		'a limit',
		{ statusCode: 429, body: {} },
		'Acme allows no further call for now. Try again later.',
	],
	[
		'a failure of the service',
		{ statusCode: 500, body: {} },
		'Acme does not work at the moment: it answered with the status 500. Try again later.',
	],
	['a page that is missing', { statusCode: 404, body: {} }, NO_API],
	['a redirect', { statusCode: 307, body: {} }, NO_API],
	['a web page', { statusCode: 200, body: '<html>' }, NO_API],
	['a list', { statusCode: 200, body: [] }, NO_API],
	['an empty answer', { statusCode: 204 }, NO_API],
	['no answer at all', undefined, NO_API],
])('%s is an error, with a sentence on what to do', async (_, answer, message) => {
	expect(await result(answer)).toEqual({ status: 'Error', message });
});

it('a host that cannot be reached is named in a sentence, without the secrets of the request', async () => {
	const thrown = Object.assign(new Error('connect ECONNREFUSED'), {
		code: 'ECONNREFUSED',
		options: { headers: { authorization: 'Bearer secret' } },
	});
	const { status, message } = await result(thrown);
	expect(status).toBe('Error');
	expect(message).toMatch(/^The host of Acme refused the connection\. .*[^.]\.$/);
	expect(message).not.toMatch(/secret|ECONN/);
});

it('a field that cannot be right is an error before anything is sent', async () => {
	const headersOf = () => {
		throw new Failure({
			reason: 'authentication',
			what: 'The key is empty',
			userAction: 'Enter it',
		});
	};
	const outcome = await result({ statusCode: 200, body: {} }, DATA, { ...CHECK, headersOf });
	expect(outcome).toEqual({ status: 'Error', message: 'The key is empty. Enter it.' });
	expect(sent).toEqual([]);
});
