import type { IDataObject } from 'n8n-workflow';

import { Smartcar } from '../../../nodes/Smartcar/Smartcar.node';
import { Volvo } from '../../../nodes/Volvo/Volvo.node';
import { LOCKED_CAR, OPEN_CAR } from '../../../simulators/smartcar/seed';
import { XC40 } from '../../../simulators/volvo/seed';
import { startSmartcarRig, type SmartcarRig } from '../../support/smartcarRig';
import { startVolvoRig, type VolvoRig } from '../../support/volvoRig';

let volvo: VolvoRig;
let smartcar: SmartcarRig;

beforeAll(async () => {
	[volvo, smartcar] = await Promise.all([startVolvoRig(), startSmartcarRig()]);
});
beforeEach(() => {
	volvo.signIn();
	smartcar.signIn();
});
afterAll(async () => {
	await volvo.close();
	await smartcar.close();
});

async function searchVolvo(filter?: string, parameters: IDataObject = {}) {
	const context = volvo.engine.loadOptionsContext(volvo.node(parameters));
	return await new Volvo().methods.listSearch.searchVehicles.call(context, filter);
}

async function searchSmartcar(apiVersion: string, filter?: string) {
	const context = smartcar.engine.loadOptionsContext(smartcar.node({ apiVersion }));
	return await new Smartcar().methods.listSearch.searchVehicles.call(context, filter);
}

it('lists Volvos by model and year with the VIN', async () => {
	const { results } = await searchVolvo();
	expect(results).toContainEqual({ name: `XC40 2022 (${XC40})`, value: XC40 });
	expect((await searchVolvo('xc40')).results).toHaveLength(1);
	expect((await searchVolvo('nothing like it')).results).toEqual([]);
});

it.each(['v3', 'v2'])(
	'lists Smartcar %s vehicles by make, model and year with the ID',
	async (version) => {
		const { results } = await searchSmartcar(version);
		expect(results).toContainEqual({
			name: `TESLA Model 3 2023 (${LOCKED_CAR})`,
			value: LOCKED_CAR,
		});
		const golf = await searchSmartcar(version, 'golf');
		expect(golf.results.map(({ value }) => value)).toEqual([OPEN_CAR]);
	},
);

it('reports the problem, because the editor does not test a browser sign-in', async () => {
	volvo.setCredential({ vccApiKey: 'wrong' });
	await expect(searchVolvo()).rejects.toThrow(/^Volvo does not accept the VCC API key/);
	volvo.setCredential({ vccApiKey: volvo.simulator.vccApiKey, oauthTokenData: {} });
	await expect(searchVolvo()).rejects.toThrow(
		/not connected yet\. Open the credential, press Connect/,
	);
	smartcar.setCredential({ oauthTokenData: {} }, 'smartcarV2OAuth2Api');
	await expect(searchSmartcar('v2')).rejects.toThrow(/not connected yet/);
});

it('uses the credential that the node has chosen', async () => {
	volvo.setCredential({ oauthTokenData: {} });
	const { results } = await searchVolvo('xc40', { authentication: 'accessToken' });
	expect(results).toHaveLength(1);
});
