import { textOf } from '../../shared/basics/guards';
import { Failure } from '../../shared/model/failure';

/** Why a key cannot be used, and what to use instead: two sentences without full stops. */
export interface UnusableKey {
	what: string;
	userAction: string;
}

const TAKE_AN_API_KEY = 'Use an API key from the Seam Console under Developer > API Keys';

/** Prefixes of Seam's keys that are not meant for servers. */
const OTHER_KINDS: Array<[prefix: string, what: string]> = [
	['seam_pk', 'This is a publishable key, which is for web pages'],
	['seam_cst', 'This is a client session token, which is for the browser of one user'],
	['ey', "This is a token of the Seam Console's own session, which ends when you sign out"],
];

/** The key and the workspace without surrounding blanks. */
export function seamKeyOf(credentials: Record<string, unknown>) {
	return {
		apiKey: (textOf(credentials.apiKey) ?? '').trim(),
		workspaceId: (textOf(credentials.workspaceId) ?? '').trim(),
	};
}

/**
 * Why Seam cannot be called with this key; `undefined` when it can be tried. Source: docs,
 * core-concepts/authentication; Seam's own SDK rejects the same kinds.
 */
export function unusableKey(apiKey: string, workspaceId: string): UnusableKey | undefined {
	if (apiKey === '') return { what: 'The API key is empty', userAction: TAKE_AN_API_KEY };
	const otherKind = OTHER_KINDS.find(([prefix]) => apiKey.startsWith(prefix));
	if (otherKind !== undefined) return { what: otherKind[1], userAction: TAKE_AN_API_KEY };
	if (!apiKey.startsWith('seam_')) {
		return {
			what: 'This is not a Seam key: Seam keys begin with "seam_"',
			userAction: TAKE_AN_API_KEY,
		};
	}
	if (isPersonalAccessToken(apiKey) && workspaceId === '') {
		return {
			what: 'A personal access token needs a workspace',
			userAction: "Fill in the 'Workspace ID', or use an API key, which belongs to one workspace",
		};
	}
	return undefined;
}

/** A personal access token has to name its workspace in the header `seam-workspace`. */
export function isPersonalAccessToken(apiKey: string): boolean {
	return apiKey.startsWith('seam_at');
}

/** @throws Failure `authentication` where Seam cannot be asked with this key. */
export function requireUsableKey(credentials: Record<string, unknown>): void {
	const { apiKey, workspaceId } = seamKeyOf(credentials);
	const unusable = unusableKey(apiKey, workspaceId);
	if (unusable === undefined) return;
	throw new Failure({ reason: 'authentication', ...unusable, notExecuted: true });
}
