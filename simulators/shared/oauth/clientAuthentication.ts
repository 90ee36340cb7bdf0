import type { OAuthClient } from './oauthTypes';
import { OAuthRefusal } from './oauthTypes';

const BASIC = /^Basic +(\S+)$/i;

/** RFC 6749 section 2.3.1 form-encodes both halves, which many clients omit. */
function decode(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		return text;
	}
}

function readBasic(authorizationHeader: string | undefined): [string, string] | undefined {
	const [, encoded] = BASIC.exec(authorizationHeader ?? '') ?? [];
	if (encoded === undefined) return undefined;
	const pair = Buffer.from(encoded, 'base64').toString('utf8');
	const colon = pair.indexOf(':');
	return colon < 0 ? undefined : [pair.slice(0, colon), pair.slice(colon + 1)];
}

function readBody(form: URLSearchParams): [string, string] | undefined {
	const clientId = form.get('client_id');
	const clientSecret = form.get('client_secret');
	return clientId === null || clientSecret === null ? undefined : [clientId, clientSecret];
}

const isClient = ({ clientId, clientSecret }: OAuthClient, [id, secret]: [string, string]) =>
	(clientId === id && clientSecret === secret) ||
	(clientId === decode(id) && clientSecret === decode(secret));

/** The client of the request. Throws `OAuthRefusal` for an unknown or missing one. */
export function authenticateClient(
	clients: readonly OAuthClient[],
	from: 'any' | 'header',
	authorizationHeader: string | undefined,
	form: URLSearchParams,
): OAuthClient {
	const inBody = from === 'any' ? readBody(form) : undefined;
	const given = readBasic(authorizationHeader) ?? inBody;
	const client = given && clients.find((known) => isClient(known, given));
	if (client) return client;
	throw new OAuthRefusal('invalid_client', 'Invalid client or client credentials.', 401);
}
