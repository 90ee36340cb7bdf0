import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';

import { seamHeaders } from '../nodes/Seam/api/seamCredential';
import { environmentFields, whereToFind } from '../nodes/shared/forms/credentialFields';
import { unlockPolicyFields } from '../nodes/shared/forms/unlockFields';

/** A code unlocks, so whoever may not unlock may make none either. */
function withGuestCodes(field: INodeProperties): INodeProperties {
	const isFence = field.name === 'unlock' || field.name === 'unlockDevices';
	if (!isFence) return field;
	const all = (field.description ?? '').replace(/\.$/, '');
	return {
		...field,
		description: `${all}. Setting a guest code, or reading its PIN, counts as unlocking.`,
	};
}

export class SeamApi implements ICredentialType {
	name = 'seamApi';

	displayName = 'Seam API';

	icon: Icon = { light: 'file:../icons/seam.svg', dark: 'file:../icons/seam.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-smart-locks/n8n-nodes-smart-locks/blob/main/docs/seam.md';

	properties: INodeProperties[] = [
		whereToFind(
			'Create an API key in the',
			{ name: 'Seam Console', url: 'https://console.seam.co' },
			' under Developer > API Keys.',
		),
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. seam_…',
			description: 'An API key of the workspace, or a personal access token',
		},
		{
			displayName: 'Workspace ID',
			name: 'workspaceId',
			type: 'string',
			default: '',
			placeholder: 'Leave empty unless the API key begins with seam_at',
			description:
				'Leave empty unless the key is a personal access token, which begins with "seam_at" and works in many workspaces. An API key belongs to one workspace.',
		},
		...environmentFields('Seam, sandbox workspaces included', 'http://127.0.0.1:4030'),
		...unlockPolicyFields('8c7f3a52-61d4-4b0e-9f27-5ad0c3e8b914', 'connect.getseam.com').map(
			withGuestCodes,
		),
	];

	/** Before any request, refuses types of Seam keys that are meant for something else. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const headers = { ...request.headers, ...seamHeaders(credentials) };
		return await Promise.resolve({ ...request, headers });
	}
}
