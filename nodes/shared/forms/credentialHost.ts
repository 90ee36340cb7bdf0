/** Local hosts use HTTP. For any other host, a key is sent encrypted unless the scheme is given. */
const WITHOUT_SCHEME_LOCAL = /^(?=(localhost|127\.[\d.]+|\[::1\])(:\d+)?\/?$)/i;
/** A single word may be anything pasted into the wrong field, so it must not be looked up. */
const WITHOUT_SCHEME = /^(?![a-z][a-z\d+.-]*:\/\/)(?=[^/]*[.:])/i;
/** Scheme, host (at most 253 characters) and port. No path, no user name, no password. */
const ORIGIN = /^https?:\/\/[^/\\@?#\s]{1,260}$/i;

/** The origin for a credential's Host, or an empty string if it is invalid. */
export function originFrom(host: string): string {
	const address = host
		.trim()
		.replace(WITHOUT_SCHEME_LOCAL, 'http://')
		.replace(WITHOUT_SCHEME, 'https://')
		.replace(/\/$/, '');
	return ORIGIN.test(address) ? address : '';
}

/**
 * The same as code of an n8n expression, for requests that n8n makes itself.
 * @param host The expression code for the Host.
 */
export function originCode(host: string): string {
	return `(${host}.trim().replace(${WITHOUT_SCHEME_LOCAL}, "http://").replace(${WITHOUT_SCHEME}, "https://").replace(/\\/$/, "").match(${ORIGIN}) ?? [""])[0]`;
}
