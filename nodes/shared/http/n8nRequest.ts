import type { IHttpRequestOptions } from 'n8n-workflow';
import type { ClientOptions, WireRequest } from './request';

/** A request in the words of n8n's helper, which gives every status back and follows no redirect. */
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
		// n8n's helper drops an empty object, but sends a string as it is
		body: typeof body === 'object' ? JSON.stringify(body) : body,
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		// n8n's HTTP library takes a part of a millisecond for no limit at all
		timeout: Math.ceil(timeoutMs),
	};
}
