import { LOCKED_CAR } from '../../simulators/smartcar/seed';
import { EX30 } from '../../simulators/volvo/seed';
import { START_HOST_MS, startHost, type Host } from './host/host';
import { byId } from './host/workflows';

let host: Host;

beforeAll(async () => {
	host = await startHost('sign-in');
}, START_HOST_MS);
afterEach(() => host?.reset());
afterAll(async () => await host?.close());

const read = async (type: keyof typeof CARS) =>
	await host.runAction(CARS[type].node, type, {
		...CARS[type].parameters,
		operation: 'getLockStatus',
		deviceId: byId(CARS[type].id),
	});

const lock = async (type: keyof typeof CARS) =>
	await host.runAction(CARS[type].node, type, {
		...CARS[type].parameters,
		operation: 'lock',
		deviceId: byId(CARS[type].id),
	});

const CARS = {
	smartcarV2OAuth2Api: {
		node: 'smartcar',
		id: LOCKED_CAR,
		parameters: { apiVersion: 'v2' },
		oauth: () => host.simulators.Smartcar.signIn.v2,
	},
	volvoOAuth2Api: {
		node: 'volvo',
		id: EX30,
		parameters: { authentication: 'oAuth2', apiVersion: 'v2' },
		oauth: () => host.simulators.Volvo.oauth,
	},
} as const;

describe.each(Object.keys(CARS) as Array<keyof typeof CARS>)('%s, signed in by browser', (type) => {
	const { oauth } = CARS[type];

	it('reads and locks a car', async () => {
		host.simulators.Smartcar.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		const reading = await read(type);
		expect(reading.json('Node')).toMatchObject([{ lock: 'unlocked', secure: false }]);
		const command = await lock(type);
		expect(command.data.resultData.error?.message).toBeUndefined();
		expect(command.json('Node')).toMatchObject([{ command: 'lock', sent: true }]);
		expect(command.json('Node')[0]?.evidence).toMatch(/acknowledged|verified/);
	});

	it('goes on when the token has expired, and keeps a refresh token that the service replaced', async () => {
		oauth().setRotation(true);
		oauth().expireAccessTokens();
		expect((await read(type)).status).toBe('success');
		oauth().expireAccessTokens();
		expect((await read(type)).status).toBe('success');
		const refresh = { grantType: 'refresh_token', status: 200 };
		expect(oauth().tokenRequests).toEqual([refresh, refresh]);
	});

	it('is still signed in after n8n was started again', async () => {
		oauth().setRotation(true);
		oauth().expireAccessTokens();
		await read(type);
		await host.restart();
		oauth().expireAccessTokens();
		expect((await read(type)).status).toBe('success');
		expect(oauth().tokenRequests.map(({ status }) => status)).toEqual([200, 200]);
	});

	it('says what to do when the sign-in has ended', async () => {
		oauth().expireAccessTokens();
		oauth().revokeRefreshTokens();
		const { status, data } = await read(type);
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toMatch(/[Cc]onnect/);
	});
});

it('says what to do when nobody has signed in yet', async () => {
	const fields = await host.client.credentialFields(host.accounts.volvoOAuth2Api.id);
	const { environment, host: address } = fields;
	const fresh = await host.client.createCredential('volvoOAuth2Api', {
		environment,
		host: address,
		clientId: 'a',
		clientSecret: 'b',
		vccApiKey: 'c',
	});
	host.accounts.volvoOAuth2Api = fresh;
	const { status, data } = await read('volvoOAuth2Api');
	expect(status).toBe('error');
	expect(data.resultData.error?.message).toMatch(/Connect/);
});
