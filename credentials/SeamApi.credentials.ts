import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';

import { isPersonalAccessToken, seamKeyOf, unusableKey } from '../nodes/Seam/api/seamKey';
import { environmentFields, testBaseUrl } from '../nodes/shared/forms/credentialFields';
import { unlockFenceFields } from '../nodes/shared/forms/unlockFields';

export class SeamApi implements ICredentialType {
	name = 'seamApi';

	displayName = 'Seam API';

	icon: Icon = { light: 'file:../icons/seam.svg', dark: 'file:../icons/seam.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-smart-locks/n8n-nodes-smart-locks/blob/main/docs/seam.md';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'An API key of the workspace, or a personal access token, from the Seam Console under Developer > API Keys',
		},
		{
			displayName: 'Workspace ID',
			name: 'workspaceId',
			type: 'string',
			default: '',
			description:
				'Only for a personal access token (it begins with "seam_at"): the workspace that it works in. An API key belongs to one workspace anyway.',
		},
		...environmentFields('Seam, sandbox workspaces included', 'http://127.0.0.1:4030'),
		...unlockFenceFields('11111111-1111-4111-8111-111111111111', 'connect.getseam.com'),
	];

	/** Refuses kinds of keys that Seam made for something else before anything is sent. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { apiKey, workspaceId } = seamKeyOf(credentials);
		const unusable = unusableKey(apiKey, workspaceId);
		if (unusable !== undefined) throw new Error(`${unusable.what}. ${unusable.userAction}.`);
		const headers = {
			...request.headers,
			authorization: `Bearer ${apiKey}`,
			...(isPersonalAccessToken(apiKey) ? { 'seam-workspace': workspaceId } : {}),
		};
		return await Promise.resolve({ ...request, headers });
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: testBaseUrl('https://connect.getseam.com'),
			url: '/workspaces/get',
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Seam does not accept this key. Copy it again from the Seam Console under Developer > API Keys; for a personal access token check the Workspace ID.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						"Seam's API does not answer at this host. Check Environment and Host, which takes no path.",
				},
			},
		],
	};
}
