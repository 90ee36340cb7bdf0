import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Failure } from '../../../../nodes/shared/model/failure';
import { originOf, requireSignIn, tokenEnd } from '../../../../nodes/shared/service/session';

const VENDOR = 'https://api.acme.example';

/** The facts of the failure that `work` throws. */
function factsOf(work: () => unknown) {
	try {
		work();
	} catch (thrown) {
		if (thrown instanceof Failure) return thrown.facts;
	}
	return undefined;
}

it.each([
	[{}, VENDOR],
	[{ environment: 'production', host: 'http://127.0.0.1:4010' }, VENDOR],
	[{ environment: 'custom', host: 'http://127.0.0.1:4010/' }, 'http://127.0.0.1:4010'],
	[{ environment: 'custom', host: 'LOCKS.example.com:443' }, 'https://locks.example.com'],
])('with the fields %j the service is asked at %s', (fields, origin) => {
	expect(originOf(fields, VENDOR)).toBe(origin);
});

it.each([undefined, '', 7, 'http://127.0.0.1/path', 'http://a:99999'])(
	'the host %p is no address, which is about no device',
	(host) => {
		const credentials = { environment: 'custom', host } as ICredentialDataDecryptedObject;
		expect(factsOf(() => originOf(credentials, VENDOR))).toEqual({
			reason: 'badRequest',
			what: expect.stringMatching(/^The credential's Host must be an address/) as string,
			userAction: expect.stringMatching(/^Enter it like https:.*password$/) as string,
			notExecuted: true,
			ofOneDevice: false,
		});
	},
);

it.each<ICredentialDataDecryptedObject>([
	{},
	{ oauthTokenData: {} },
	{ oauthTokenData: { access_token: '' } },
])('a credential with %j is not connected', (credentials) => {
	expect(factsOf(() => requireSignIn(credentials, 'Acme'))).toEqual({
		reason: 'authentication',
		what: 'The Acme credential is not connected yet',
		userAction: 'Open the credential, press Connect and sign in',
		notExecuted: true,
	});
});

it('a credential with a token is connected', () => {
	const signedIn = { oauthTokenData: { access_token: 'a-token-of-the-test' } };
	expect(factsOf(() => requireSignIn(signedIn, 'Acme'))).toBeUndefined();
});

it.each<[ICredentialDataDecryptedObject, number | undefined]>([
	[{}, undefined],
	[{ oauthTokenData: {} }, undefined],
	[{ oauthTokenData: { n8n_expires_at: 'soon' } }, undefined],
	[{ oauthTokenData: { n8n_expires_at: 1_795_000_000_000 } }, 1_795_000_000_000],
	[{ oauthTokenData: { n8n_expires_at: '1795000000000' } }, 1_795_000_000_000],
])('the token of %j ends at %p', (credentials, endMs) => {
	expect(tokenEnd(credentials)).toBe(endMs);
});
