import { smartcarDefinition } from '../../../../nodes/Smartcar/api/smartcarDefinition';
import { CallMeter } from '../../../../nodes/shared/http/request';
import { AnsweringService } from '../../../support/answeringService';

let smartcar: AnsweringService;
beforeAll(async () => {
	smartcar = await AnsweringService.start();
});
afterAll(async () => await smartcar.close());

const SIGNED_IN = { oauthTokenData: { access_token: 'a-token', n8n_expires_at: 7 } };

it.each([
	['v3', 'smartcarOAuth2Api', 'https://vehicle.api.smartcar.com'],
	['v2', 'smartcarV2OAuth2Api', 'https://api.smartcar.com'],
	// a node that was saved before there were versions
	[undefined, 'smartcarOAuth2Api', 'https://vehicle.api.smartcar.com'],
])('%s has its own credential and host', (apiVersion, credentialType, productionOrigin) => {
	const definition = smartcarDefinition(apiVersion);
	expect(definition.credentialType).toBe(credentialType);
	expect(definition.connect(SIGNED_IN)).toMatchObject({ productionOrigin, tokenEndsAtMs: 7 });
});

it.each([
	['simulated', 'simulated'],
	['live', 'live'],
	[undefined, 'live'],
])('with the mode %s in the credential, %s vehicles of v3 are listed', async (mode, listed) => {
	const { client, asked } = smartcar.answers(() => ({ json: { data: [] } }));
	const service = smartcarDefinition('v3').create(client, mode === undefined ? {} : { mode });
	expect(await service.list(new CallMeter(), true)).toEqual([]);
	expect(asked.map(({ path }) => path)).toEqual([
		expect.stringContaining(`&filter[vehicle.mode]=${listed}`),
	]);
});

it('only v2.0 is signed in by a person', () => {
	expect(() => smartcarDefinition('v2').connect({})).toThrow(
		/Smartcar credential is not connected/,
	);
	expect(smartcarDefinition('v3').connect({})).toHaveProperty('productionOrigin');
});

it('another version than those that exist is named', () => {
	for (const version of [undefined, null, 'v2', 'v3']) {
		expect(() => smartcarDefinition(version).checkAccess!()).not.toThrow();
	}
	expect(() => smartcarDefinition('v9').checkAccess!()).toThrow(/'API Version' cannot be "v9"/);
});

it.each(['v3', 'v2'])('%s says what is no ID of a vehicle, before anything is sent', (version) => {
	const service = smartcarDefinition(version).create(smartcar.client, {});
	for (const id of ['36ab27d0-fd9d', 'a_b', 'x'.repeat(100)]) {
		expect(service.idProblem(id)).toBeUndefined();
	}
	for (const id of ['', 'a b', 'a/b', 'x'.repeat(101), 'é', 'a\n']) {
		expect(service.idProblem(id)).toMatchObject({
			reason: 'badRequest',
			what: `"${id.slice(0, 100)}" is not the ID of a vehicle in Smartcar`,
			userAction: expect.stringMatching(
				/^Choose the vehicle from the list, or copy its ID/,
			) as string,
			notExecuted: true,
		});
	}
});
