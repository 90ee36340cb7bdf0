import type { IDataObject } from 'n8n-workflow';

import type { ApiVersion } from './faultMatrix';
import type { ScriptedAnswer } from './scriptedServer';

/** The requests and answers of one interface, named as in `ScriptedServer`. */
export interface ScriptedApi {
	node: 'seam' | 'smartcar' | 'volvo';
	/** Of the node, without the operation. */
	parameters: IDataObject;
	/** By type, without the host. */
	credentials: Record<string, IDataObject>;
	/** The request that Get Lock Status makes. */
	reading: string;
	/** The request that Lock makes. */
	command: string;
	/** Answers to everything. The device is unlocked and accepts commands. */
	usual: Record<string, ScriptedAnswer>;
	/** Where n8n gets a token. */
	token?: string;
	/** What must never appear in an output. */
	secrets: string[];
}

const CLIENT = { clientId: 'client_recorded', clientSecret: 'a-client-secret-of-the-test' };
const OLD_TOKEN = 'an-access-token-that-the-credential-holds';
const NEW_TOKEN = 'an-access-token-that-came-while-it-ran';
const OLD_REFRESH_TOKEN = 'a-refresh-token-that-the-credential-holds';
const NEW_REFRESH_TOKEN = 'a-refresh-token-that-came-while-it-ran';
const SIGNED_IN = {
	access_token: OLD_TOKEN,
	refresh_token: OLD_REFRESH_TOKEN,
	token_type: 'Bearer',
};
const NEW_TOKEN_OF_AN_APPLICATION = {
	access_token: NEW_TOKEN,
	token_type: 'Bearer',
	expires_in: 3600,
};
const NEW_SIGN_IN: ScriptedAnswer = {
	body: { ...NEW_TOKEN_OF_AN_APPLICATION, refresh_token: NEW_REFRESH_TOKEN },
};
const SIGN_IN_SECRETS = [
	CLIENT.clientSecret,
	OLD_TOKEN,
	NEW_TOKEN,
	OLD_REFRESH_TOKEN,
	NEW_REFRESH_TOKEN,
];
const MANAGEMENT_TOKEN = 'a-management-token-of-the-test';

const LOCK_ID = '3f1c9a52-7d04-4c1a-9f6e-0a8a5b7c2d11';
const SEAM_KEY = 'seam_key_of_the_test_0123456789';

const seam: ScriptedApi = {
	node: 'seam',
	parameters: { deviceId: LOCK_ID },
	credentials: { seamApi: { apiKey: SEAM_KEY } },
	reading: 'POST /devices/get',
	command: 'POST /locks/lock_door',
	usual: {
		'POST /devices/get': {
			body: {
				ok: true,
				device: {
					device_id: LOCK_ID,
					device_type: 'august_lock',
					display_name: 'Front door',
					can_remotely_lock: true,
					can_remotely_unlock: true,
					properties: { online: true, locked: false },
					errors: [],
					warnings: [],
				},
			},
		},
		'POST /locks/lock_door': {
			body: {
				ok: true,
				action_attempt: {
					action_attempt_id: 'a1',
					action_type: 'LOCK_DOOR',
					status: 'pending',
					result: null,
					error: null,
				},
			},
		},
	},
	secrets: [SEAM_KEY],
};

export const VIN = 'YV4EK3ZL0R2000017';
const VCC_KEY = 'a-vcc-api-key-of-the-test';
const VOLVO_TIME = '2026-11-21T22:20:00Z';

function volvo(apiVersion: 'v1' | 'v2', doors: object, taken: ScriptedAnswer): ScriptedApi {
	const vehicle = `/connected-vehicle/${apiVersion}/vehicles/${VIN}`;
	return {
		node: 'volvo',
		parameters: { apiVersion, deviceId: VIN },
		credentials: {
			volvoOAuth2Api: { ...CLIENT, vccApiKey: VCC_KEY, oauthTokenData: SIGNED_IN },
		},
		reading: `GET ${vehicle}/doors`,
		command: `POST ${vehicle}/commands/lock`,
		usual: {
			'POST /as/token.oauth2': NEW_SIGN_IN,
			[`GET ${vehicle}/doors`]: { body: { data: doors } },
			[`POST ${vehicle}/commands/lock`]: taken,
		},
		token: 'POST /as/token.oauth2',
		secrets: [...SIGN_IN_SECRETS, VCC_KEY],
	};
}

/** Where v1 reports the outcome of a command. */
export const VOLVO_REQUEST = `GET /connected-vehicle/v1/vehicles/${VIN}/requests/r1`;

const volvoV2 = volvo(
	'v2',
	{ centralLock: { timestamp: VOLVO_TIME, unit: null, value: 'UNLOCKED' } },
	{ body: { data: { vin: VIN, invokeStatus: 'COMPLETED', message: '' } } },
);
const volvoV1 = volvo(
	'v1',
	{ carLocked: { value: 'UNLOCKED', timestamp: VOLVO_TIME } },
	{ status: 202, body: { status: 202, operationId: 'o1', async: { status: 'RUNNING', id: 'r1' } } },
);

const VEHICLE_ID = '36ab27d0-fd9d-4455-823a-ce30af709ffc';
const V3_VEHICLE = `/v3/vehicles/${VEHICLE_ID}`;

const smartcarV3: ScriptedApi = {
	node: 'smartcar',
	parameters: { apiVersion: 'v3', deviceId: VEHICLE_ID },
	// n8n fetches an application's token without a sign-in
	credentials: { smartcarOAuth2Api: { ...CLIENT, managementToken: MANAGEMENT_TOKEN } },
	token: 'POST /oauth2/token',
	reading: `GET ${V3_VEHICLE}/signals`,
	command: `POST ${V3_VEHICLE}/commands/security/lock`,
	usual: {
		'POST /oauth2/token': { body: NEW_TOKEN_OF_AN_APPLICATION },
		'GET /v3/connections': {
			body: {
				data: [
					{
						attributes: {
							permissions: ['control_security', 'read_security'],
							vehicle: { make: 'TESLA', model: 'Model S', year: 2014, mode: 'live' },
						},
						relationships: {
							vehicle: { data: { id: VEHICLE_ID, type: 'vehicle' } },
							user: { data: { id: '218eda3b-0656-49a8-8f3d-360cdad07334', type: 'user' } },
						},
					},
				],
				links: { next: null },
			},
		},
		[`GET ${V3_VEHICLE}/signals`]: {
			body: {
				data: [
					{
						id: 'closure-islocked',
						attributes: {
							code: 'closure-islocked',
							status: { value: 'SUCCESS' },
							body: { value: false },
						},
						meta: { oemUpdatedAt: VOLVO_TIME },
					},
				],
			},
		},
		[`POST ${V3_VEHICLE}/commands/security/lock`]: {
			body: { data: { attributes: { status: { value: 'SUCCESS' } } } },
		},
	},
	secrets: [CLIENT.clientSecret, MANAGEMENT_TOKEN, NEW_TOKEN],
};

const V2_SECURITY = `/v2.0/vehicles/${VEHICLE_ID}/security`;

const smartcarV2: ScriptedApi = {
	node: 'smartcar',
	parameters: { apiVersion: 'v2', deviceId: VEHICLE_ID },
	credentials: { smartcarV2OAuth2Api: { ...CLIENT, oauthTokenData: SIGNED_IN } },
	reading: `GET ${V2_SECURITY}`,
	command: `POST ${V2_SECURITY}`,
	usual: {
		'POST /oauth/token': NEW_SIGN_IN,
		[`GET ${V2_SECURITY}`]: {
			headers: { 'sc-data-age': VOLVO_TIME },
			body: { isLocked: false, doors: [], windows: [], sunroof: [], storage: [], chargingPort: [] },
		},
		[`POST ${V2_SECURITY}`]: {
			body: { message: 'Successfully sent request to vehicle', status: 'success' },
		},
	},
	token: 'POST /oauth/token',
	secrets: SIGN_IN_SECRETS,
};

export const SCRIPTED_APIS: Record<ApiVersion, ScriptedApi> = {
	Seam: seam,
	'Volvo v2': volvoV2,
	'Volvo v1': volvoV1,
	'Smartcar v3': smartcarV3,
	'Smartcar v2.0': smartcarV2,
};
