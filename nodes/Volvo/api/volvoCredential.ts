import type { ICredentialTestRequest, INodeProperties } from 'n8n-workflow';

import { testBaseUrl } from '../../shared/forms/credentialFields';

export const vccApiKeyField: INodeProperties = {
	displayName: 'VCC API Key',
	name: 'vccApiKey',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	required: true,
	description: 'The key of your application on developer.volvocars.com, primary or secondary',
};

/** Lists the vehicles, which needs both the token and the key. */
export const volvoCredentialTest: ICredentialTestRequest = {
	request: {
		baseURL: testBaseUrl('https://api.volvocars.com'),
		url: '/connected-vehicle/v2/vehicles',
		headers: { 'vcc-api-key': '={{ $credentials.vccApiKey.trim() }}', accept: 'application/json' },
	},
	rules: [
		{
			type: 'responseCode',
			properties: {
				value: 401,
				message:
					'Volvo does not accept the VCC API key or the sign-in. Copy the key of an active application from developer.volvocars.com; if it is right, connect again or paste a new access token.',
			},
		},
		{
			type: 'responseCode',
			properties: {
				value: 403,
				message:
					'Volvo refuses: either the sign-in lacks the scope conve:vehicle_relation, or the 10,000 calls of the day are used up. Connect again, or wait until midnight UTC.',
			},
		},
		{
			type: 'responseCode',
			properties: {
				value: 404,
				message:
					"Volvo's API does not answer at this host. Check Environment and Host, which takes no path.",
			},
		},
	],
};
