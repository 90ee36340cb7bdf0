import type { IHttpRequestOptions } from 'n8n-workflow';
import type { ClientOptions, WireRequest } from './request';

/** A request in the form of n8n's helper. Every status is returned, and no redirect is followed. */
export function toHttpRequest(
	{ method, path, headers, body }: WireRequest,
	options: Pick<ClientOptions, 'origin' | 'headers'>,
	timeoutMs: number,
): IHttpRequestOptions {
	return {
		method,
		url: options.origin + path,
		headers: {
			accept: 'application/json',
			...(typeof body === 'object' ? { 'content-type': 'application/json' } : {}),
			...options.headers,
			...headers,
		},
		// n8n's helper drops an empty object, but sends a string unchanged
		body: typeof body === 'object' ? JSON.stringify(body) : body,
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		// n8n's HTTP library treats a fraction of a millisecond as no limit
		timeout: Math.ceil(timeoutMs),
	};
}
