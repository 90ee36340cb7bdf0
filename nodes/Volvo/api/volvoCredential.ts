import type { ICredentialTestRequest, INodeProperties } from 'n8n-workflow';

import { textOf } from '../../shared/basics/guards';
import { testBaseUrl } from '../../shared/forms/credentialFields';
import type { CredentialCheck } from '../../shared/n8n/credentialTest';

export const volvoPortal = {
	name: 'developer.volvocars.com',
	url: 'https://developer.volvocars.com',
};

export const vccApiKeyField: INodeProperties = {
	displayName: 'VCC API Key',
	name: 'vccApiKey',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	required: true,
	placeholder: 'e.g. 0123456789abcdef0123456789abcdef',
	description: 'The primary or the secondary key of your application',
};

const VOLVO_ORIGIN = 'https://api.volvocars.com';
/** Lists the vehicles, which needs the token and the key. */
const TEST_PATH = '/connected-vehicle/v2/vehicles';

const REFUSALS = {
	401: 'Volvo does not accept the VCC API key or the sign-in. Copy the key of an active application from developer.volvocars.com; if it is right, connect again or paste a new access token.',
	403: 'Volvo refuses: either the sign-in lacks the scope conve:vehicle_relation, or the 10,000 calls of the day are used up. Connect again, or wait until midnight UTC.',
	404: "Volvo's API does not answer at this host. Check Environment and Host, which takes no path.",
};

/** For the sign-in. */
export const volvoCredentialTest: ICredentialTestRequest = {
	request: {
		baseURL: testBaseUrl(VOLVO_ORIGIN),
		url: TEST_PATH,
		headers: { 'vcc-api-key': '={{ $credentials.vccApiKey.trim() }}', accept: 'application/json' },
	},
	rules: Object.entries(REFUSALS).map(([status, message]) => ({
		type: 'responseCode',
		properties: { value: Number(status), message },
	})),
};

/** For the access token of the developer portal. */
export const volvoCheck: CredentialCheck = {
	label: 'Volvo',
	productionOrigin: VOLVO_ORIGIN,
	path: TEST_PATH,
	headersOf: ({ accessToken, vccApiKey }) => ({
		authorization: `Bearer ${(textOf(accessToken) ?? '').trim()}`,
		'vcc-api-key': (textOf(vccApiKey) ?? '').trim(),
	}),
	refusals: REFUSALS,
};
