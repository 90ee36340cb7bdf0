import type { CredentialCheck } from '../../shared/n8n/credentialTest';
import { isPersonalAccessToken, requireUsableKey, seamKeyOf } from './seamKey';

export const SEAM_ORIGIN = 'https://connect.getseam.com';

/**
 * What every request to Seam carries.
 * @throws Failure `authentication` where Seam cannot be asked with this key.
 */
export function seamHeaders(credentials: Record<string, unknown>): Record<string, string> {
	requireUsableKey(credentials);
	const { apiKey, workspaceId } = seamKeyOf(credentials);
	return {
		authorization: `Bearer ${apiKey}`,
		...(isPersonalAccessToken(apiKey) ? { 'seam-workspace': workspaceId } : {}),
	};
}

export const seamCheck: CredentialCheck = {
	label: 'Seam',
	productionOrigin: SEAM_ORIGIN,
	path: '/workspaces/get',
	headersOf: seamHeaders,
	refusals: {
		401: 'Seam does not accept this key. Copy it again from the Seam Console under Developer > API Keys; for a personal access token check the Workspace ID.',
	},
};
