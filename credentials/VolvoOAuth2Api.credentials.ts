import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

import {
	environmentFields,
	scopeFields,
	urlExpression,
	whereToFind,
} from '../nodes/shared/forms/credentialFields';
import {
	vccApiKeyField,
	volvoCredentialTest,
	volvoPortal,
} from '../nodes/Volvo/api/volvoCredential';
import { unlockPolicyFields } from '../nodes/shared/forms/unlockFields';

const SCOPES =
	'openid conve:vehicle_relation conve:doors_status conve:lock_status conve:windows_status conve:commands conve:command_accessibility conve:lock conve:unlock';

export class VolvoOAuth2Api implements ICredentialType {
	name = 'volvoOAuth2Api';

	displayName = 'Volvo Cars OAuth2 API';

	extends = ['oAuth2Api'];

	icon: Icon = { light: 'file:../icons/volvo.svg', dark: 'file:../icons/volvo.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-smart-locks/n8n-nodes-smart-locks/blob/main/docs/volvo.md';

	properties: INodeProperties[] = [
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'pkce' },
		vccApiKeyField,
		whereToFind(
			'Client ID, secret and VCC API key of your application are at',
			volvoPortal,
			'. Volvo reviews an application before people can sign in with it: until then use the credential "Volvo Cars API".',
		),
		...environmentFields("Volvo's own API", 'http://127.0.0.1:4020'),
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: urlExpression(
				'/as/authorization.oauth2',
				'https://volvoid.eu.volvocars.com/as/authorization.oauth2',
			),
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: urlExpression(
				'/as/token.oauth2',
				'https://volvoid.eu.volvocars.com/as/token.oauth2',
			),
		},
		...scopeFields(SCOPES, 'Volvo refuses scopes that your application was not granted'),
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'header' },
		...unlockPolicyFields('YV1XZEFV3P2000001', 'api.volvocars.com'),
	];

	test: ICredentialTestRequest = volvoCredentialTest;
}
