import type { ICredentialTestRequest, INodeProperties } from 'n8n-workflow';

export const smartcarDashboard = {
	name: 'Smartcar Dashboard',
	url: 'https://dashboard.smartcar.com',
};

export const smartcarModeField: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	options: [
		{ name: 'Live', value: 'live', description: 'Real vehicles' },
		{
			name: 'Simulated',
			value: 'simulated',
			description: "Vehicles of the simulator in Smartcar's own Dashboard",
		},
	],
	default: 'live',
};

export const smartcarTestRules: ICredentialTestRequest['rules'] = [
	{
		type: 'responseCode',
		properties: {
			value: 401,
			message:
				'Smartcar does not accept this sign-in. Check the client ID and the secret in the Smartcar Dashboard; v3 and v2.0 have different ones.',
		},
	},
	{
		type: 'responseCode',
		properties: {
			value: 403,
			message:
				'Smartcar gives this application no access. Look at its permissions and its plan in the Smartcar Dashboard.',
		},
	},
	{
		type: 'responseCode',
		properties: {
			value: 404,
			message:
				"Smartcar's API does not answer at this host. Check Environment and Host, which takes no path.",
		},
	},
];
