import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';

import { seamHeaders } from '../nodes/Seam/api/seamCredential';
import { environmentFields } from '../nodes/shared/forms/credentialFields';
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
		const headers = { ...request.headers, ...seamHeaders(credentials) };
		return await Promise.resolve({ ...request, headers });
	}
}
