import type { IDataObject, INode } from 'n8n-workflow';

import { FRONT_DOOR } from '../../simulators/seam/seed';
import { LOCKED_CAR } from '../../simulators/smartcar/seed';
import { EX30 } from '../../simulators/volvo/seed';
import type { Rig } from '../support/rig';
import { startSeamRig, type SeamRig } from '../support/seamRig';
import { startSmartcarRig, type SmartcarRig } from '../support/smartcarRig';
import { startVolvoRig, type VolvoRig } from '../support/volvoRig';

// n8n's HTTP Request node needs these only to shorten web pages for AI agents. jsdom alone would
// bring dozens of packages
for (const name of ['@mozilla/readability', 'cheerio', 'html-to-text', 'jsdom']) {
	jest.doMock(name, () => ({}), { virtual: true });
}

let seam: SeamRig;
let smartcar: SmartcarRig;
let volvo: VolvoRig;

beforeAll(async () => {
	[seam, smartcar, volvo] = [await startSeamRig(), await startSmartcarRig(), await startVolvoRig()];
});
beforeEach(() => {
	for (const rig of [seam, smartcar, volvo]) rig.simulator.reset();
	smartcar.signIn();
	volvo.signIn();
});
afterAll(async () => {
	// in reverse order, so that each restores the clock that it found
	for (const rig of [volvo, smartcar, seam]) await rig.close();
});

interface Way {
	rig: () => Rig<never>;
	path: string;
	headers?: () => IDataObject;
	body?: IDataObject;
}

const VOLVO_UNLOCK: Way = {
	rig: () => volvo as unknown as Rig<never>,
	path: `/connected-vehicle/v2/vehicles/${EX30}/commands/unlock`,
	headers: () => ({
		'vcc-api-key': volvo.simulator.vccApiKey,
		'content-type': 'application/json',
	}),
};

/** What a person could enter in an HTTP Request node to unlock without our nodes. */
const WAYS: Record<string, Way> = {
	seamApi: {
		rig: () => seam as unknown as Rig<never>,
		path: '/locks/unlock_door',
		body: { device_id: FRONT_DOOR },
	},
	smartcarOAuth2Api: {
		rig: () => smartcar as unknown as Rig<never>,
		path: `/v3/vehicles/${LOCKED_CAR}/commands/security/unlock`,
		headers: () => ({ 'sc-user-id': smartcar.simulator.vehicle(LOCKED_CAR).userId }),
	},
	smartcarV2OAuth2Api: {
		rig: () => smartcar as unknown as Rig<never>,
		path: `/v2.0/vehicles/${LOCKED_CAR}/security`,
		body: { action: 'UNLOCK' },
	},
	volvoApi: VOLVO_UNLOCK,
	volvoOAuth2Api: VOLVO_UNLOCK,
};

/** n8n's own node with our credential as its predefined credential type. */
async function request(credentialType: string, domains: IDataObject, extra: Partial<INode> = {}) {
	const { rig, path, headers = () => ({}), body } = WAYS[credentialType]!;
	rig().setCredential(domains, credentialType);
	const { url } = rig().simulator as { url: string };
	const node = rig().engine.node(
		'n8n-nodes-base.httpRequest',
		{
			method: 'POST',
			url: url + path,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: credentialType,
			sendHeaders: true,
			specifyHeaders: 'json',
			jsonHeaders: JSON.stringify(headers()),
			...(body && { sendBody: true, specifyBody: 'json', jsonBody: JSON.stringify(body) }),
			options: {},
		},
		{
			typeVersion: 4.2,
			credentials: { [credentialType]: { id: credentialType, name: credentialType } },
			...extra,
		},
	);
	return await rig().engine.runNode(node);
}

describe.each(Object.keys(WAYS))("n8n's HTTP Request node with %s", (credentialType) => {
	const rig = () => WAYS[credentialType]!.rig();

	it('is refused, and nothing leaves', async () => {
		const run = await request(credentialType, {});
		expect(run.status).toBe('error');
		expect(run.data.resultData.error?.message).toMatch(
			/configured to prevent use within an HTTP Request/,
		);
		expect(rig().calls()).toEqual([]);
	});

	it('is refused with On Error = Continue as well', async () => {
		await request(credentialType, {}, { onError: 'continueRegularOutput' });
		expect(rig().calls()).toEqual([]);
	});

	it('unlocks when the owner of the credential opened it', async () => {
		const run = await request(credentialType, { allowedHttpRequestDomains: 'all' });
		rig().setCredential({ allowedHttpRequestDomains: 'none' }, credentialType);
		expect(run.data.resultData.error?.message).toBeUndefined();
		expect(rig().commandCount()).toBe(1);
	});
});
