import type { IAuthenticateGeneric, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

import { environmentFields, whereToFind } from '../nodes/shared/forms/credentialFields';
import { vccApiKeyField, volvoPortal } from '../nodes/Volvo/api/volvoCredential';
import { unlockPolicyFields } from '../nodes/shared/forms/unlockFields';

export class VolvoApi implements ICredentialType {
	name = 'volvoApi';

	displayName = 'Volvo Cars API';

	icon: Icon = { light: 'file:../icons/volvo.svg', dark: 'file:../icons/volvo.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-smart-locks/n8n-nodes-smart-locks/blob/main/docs/volvo.md';

	properties: INodeProperties[] = [
		whereToFind(
			'For trying it out: get a test token, which works for about an hour, and the VCC API key of your application at',
			volvoPortal,
			'.',
		),
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. eyJ…',
			description:
				'A test token, which works for about an hour: to try things out before an application is published',
		},
		vccApiKeyField,
		...environmentFields("Volvo's own API", 'http://127.0.0.1:4020'),
		...unlockPolicyFields('YV1XZEFV3P2000001', 'api.volvocars.com'),
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{ $credentials.accessToken.trim() }}' } },
	};
}
