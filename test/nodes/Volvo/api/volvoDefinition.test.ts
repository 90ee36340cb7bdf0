import { volvoCheck } from '../../../../nodes/Volvo/api/volvoCredential';
import { volvoDefinition } from '../../../../nodes/Volvo/api/volvoDefinition';

const KEY = 'a-key-of-this-test';
const SIGNED_IN = {
	vccApiKey: KEY,
	oauthTokenData: { access_token: 'a-token', n8n_expires_at: 7 },
};
const answer = (text: string) => ({ status: 401, headers: {}, text, json: undefined });

it('a sign-in is renewed, unless it is the key that Volvo refuses', () => {
	const connection = volvoDefinition('v2', 'oAuth2').connect(SIGNED_IN);
	expect(connection).toMatchObject({
		productionOrigin: 'https://api.volvocars.com',
		headers: { 'vcc-api-key': KEY },
		tokenEndsAtMs: 7,
	});
	expect(connection.isTokenExpired!(answer('Unauthorized'))).toBe(true);
	expect(connection.isTokenExpired!(answer('Invalid VCC-API-KEY'))).toBe(false);
});

it('an access token cannot be renewed', () => {
	const connection = volvoDefinition('v2', 'accessToken').connect({ vccApiKey: ` ${KEY}\n` });
	expect(connection).toMatchObject({
		productionOrigin: 'https://api.volvocars.com',
		headers: { 'vcc-api-key': KEY },
	});
	expect(connection).not.toHaveProperty('isTokenExpired');
});

it.each(['oAuth2', 'accessToken'])('with %s the key is needed', (authentication) => {
	for (const vccApiKey of [undefined, '', ' \n']) {
		const connect = () =>
			volvoDefinition('v2', authentication).connect({ ...SIGNED_IN, vccApiKey } as never);
		expect(connect).toThrow(/^The credential has no VCC API key\. Copy it from your application/);
	}
});

it('a node that was saved before there were choices has v2 and the sign-in', () => {
	const definition = volvoDefinition();
	expect(definition.credentialType).toBe('volvoOAuth2Api');
	expect(() => definition.checkAccess!()).not.toThrow();
	expect(() => volvoDefinition('v1', 'accessToken').checkAccess!()).not.toThrow();
	expect(() => volvoDefinition('v9').checkAccess!()).toThrow(/'API Version' cannot be "v9"/);
	expect(() => volvoDefinition('v2', 'x').checkAccess!()).toThrow(/'Authentication' cannot be "x"/);
});

it.each<[object, RegExp]>([
	[{ reducedGuard: 'maybe' }, /'Reduced Guard' cannot be/],
	[{ unlockDuration: 0 }, /'Unlock Duration \(Seconds\)' cannot be 0\. Use a number from 1 to 120/],
	[{ unlockDuration: 121 }, /'Unlock Duration \(Seconds\)' cannot be 121/],
])('the options %j are refused before anything is sent', (options, words) => {
	expect(() => volvoDefinition().checkOptions!(options as never)).toThrow(words);
	expect(() => volvoDefinition().checkOptions!({ unlockDuration: 120 })).not.toThrow();
});

it('what is no VIN is said, before anything is sent', () => {
	const service = volvoDefinition().create({} as never, {});
	expect(service.idProblem('YV4EK3ZL0R2000017')).toBeUndefined();
	for (const id of ['', 'YV4EK3ZL0R200001O', 'x'.repeat(101)]) {
		expect(service.idProblem(id)).toMatchObject({
			reason: 'badRequest',
			what: expect.stringMatching(
				/^".{0,100}" is not a VIN, .* never the letters I, O and Q$/,
			) as string,
			userAction: expect.stringMatching(/^Choose the vehicle from the list/) as string,
			notExecuted: true,
		});
	}
});

it('a token and a key are sent without the blanks around them', () => {
	const headers = volvoCheck.headersOf({ accessToken: ' a-token\n', vccApiKey: ` ${KEY} ` });
	expect(headers).toEqual({ authorization: 'Bearer a-token', 'vcc-api-key': KEY });
	expect(volvoCheck.headersOf({})).toEqual({ authorization: 'Bearer ', 'vcc-api-key': '' });
});
