import type { IncomingHttpHeaders } from 'node:http';
import type { SeamAnswer } from './seamAnswer';
import { refuse } from './seamAnswer';
import type { SeamStore } from './seamStore';
import { PERSONAL_ACCESS_TOKEN } from './seed';

const ACCESS_TOKEN_PREFIX = 'seam_at';
const CLIENT_SESSION_PREFIX = 'seam_cst';

const unauthorized = (message: string, type = 'unauthorized'): SeamAnswer =>
	refuse(401, type, message);

/** The token after `Bearer `, or Seam's answer if there is none. */
function readToken(headers: IncomingHttpHeaders): string | SeamAnswer {
	const { authorization } = headers;
	if (authorization === undefined) return unauthorized('No Authorization header');
	const token = authorization.split('Bearer ')[1];
	return token === undefined ? unauthorized('No token provided') : token;
}

function workspaceOfAccessToken(
	token: string,
	headers: IncomingHttpHeaders,
	store: SeamStore,
): string | SeamAnswer {
	const workspaceId = headers['seam-workspace'];
	if (workspaceId === undefined || workspaceId === '') {
		return unauthorized(
			'An access token was used instead of an API key',
			'access_token_used_for_api_key',
		);
	}
	const isKnown = store.workspaces.some((each) => each.workspace_id === workspaceId);
	return token === PERSONAL_ACCESS_TOKEN && isKnown
		? String(workspaceId)
		: unauthorized('Access token not found');
}

/**
 * The workspace of the credentials, or Seam's rejection. The fake tries several schemes in turn and
 * answers with the message of the last one, which differs by route. These are its messages for API
 * keys.
 */
export function findWorkspace(headers: IncomingHttpHeaders, store: SeamStore): string | SeamAnswer {
	const token = readToken(headers);
	if (typeof token !== 'string') return token;
	if (token.startsWith(CLIENT_SESSION_PREFIX)) {
		return unauthorized(
			'A client session token was used instead of an API key',
			'client_session_token_used_for_api_key',
		);
	}
	if (token.startsWith(ACCESS_TOKEN_PREFIX)) return workspaceOfAccessToken(token, headers, store);
	return store.workspaceOfKey(token) ?? unauthorized('API Key not found');
}

/** Whether a personal access token was sent, known or not. */
export function hasAccessToken(headers: IncomingHttpHeaders): boolean {
	const token = readToken(headers);
	return typeof token === 'string' && token.startsWith(ACCESS_TOKEN_PREFIX);
}
