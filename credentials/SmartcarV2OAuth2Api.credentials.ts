import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

import {
	environmentFields,
	testBaseUrl,
	scopeFields,
	urlExpression,
	whereToFind,
} from '../nodes/shared/forms/credentialFields';
import {
	smartcarDashboard,
	smartcarModeField,
	smartcarTestRules,
} from '../nodes/Smartcar/api/smartcarCredential';
import { unlockPolicyFields } from '../nodes/shared/forms/unlockFields';

const SCOPES = 'read_vehicle_info read_security control_security';

export class SmartcarV2OAuth2Api implements ICredentialType {
	name = 'smartcarV2OAuth2Api';

	displayName = 'Smartcar v2.0 OAuth2 API';

	extends = ['oAuth2Api'];

	icon: Icon = { light: 'file:../icons/smartcar.svg', dark: 'file:../icons/smartcar.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-smart-locks/n8n-nodes-smart-locks/blob/main/docs/smartcar.md';

	properties: INodeProperties[] = [
		whereToFind(
			'Client ID and secret for v2.0 are in the',
			smartcarDashboard,
			'. Smartcar deprecates v2.0 on 1 December 2026. For a new application use the credential "Smartcar OAuth2 API", which is for v3.',
		),
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		...environmentFields("Smartcar's own API", 'http://127.0.0.1:4010'),
		smartcarModeField,
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: urlExpression('/oauth/authorize', 'https://connect.smartcar.com/oauth/authorize'),
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: urlExpression('/oauth/token', 'https://auth.smartcar.com/oauth/token'),
		},
		...scopeFields(SCOPES, 'The owner of the vehicle grants them one by one'),
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '={{ "mode=" + $self["mode"] }}',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'header' },
		...unlockPolicyFields('36ab27d0-fd9d-4455-823a-ce30af709ffc', 'api.smartcar.com'),
	];

	test: ICredentialTestRequest = {
		request: { baseURL: testBaseUrl('https://api.smartcar.com'), url: '/v2.0/vehicles' },
		rules: smartcarTestRules,
	};
}
