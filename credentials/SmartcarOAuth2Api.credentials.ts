import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

import {
	environmentFields,
	testBaseUrl,
	urlExpression,
	whereToFind,
} from '../nodes/shared/forms/credentialFields';
import {
	smartcarDashboard,
	smartcarModeField,
	smartcarTestRules,
} from '../nodes/Smartcar/api/smartcarCredential';
import { unlockPolicyFields } from '../nodes/shared/forms/unlockFields';

export class SmartcarOAuth2Api implements ICredentialType {
	name = 'smartcarOAuth2Api';

	displayName = 'Smartcar OAuth2 API';

	extends = ['oAuth2Api'];

	icon: Icon = { light: 'file:../icons/smartcar.svg', dark: 'file:../icons/smartcar.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-smart-locks/n8n-nodes-smart-locks/blob/main/docs/smartcar.md';

	properties: INodeProperties[] = [
		whereToFind(
			'Client ID and secret are in the',
			smartcarDashboard,
			'. For v3 the client ID begins with "client_". Owners connect their vehicles to the application with Smartcar Connect.',
		),
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'clientCredentials' },
		...environmentFields("Smartcar's own API", 'http://127.0.0.1:4010'),
		smartcarModeField,
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: urlExpression('/oauth2/token', 'https://iam.smartcar.com/oauth2/token'),
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'header' },
		{
			displayName: 'Application Management Token',
			name: 'managementToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for the Smartcar Webhook Trigger: proves that a delivery comes from Smartcar. In the Smartcar Dashboard under API Keys.',
		},
		...unlockPolicyFields('36ab27d0-fd9d-4455-823a-ce30af709ffc', 'vehicle.api.smartcar.com'),
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL: testBaseUrl('https://vehicle.api.smartcar.com'),
			url: '/v3/connections',
		},
		rules: smartcarTestRules,
	};
}
