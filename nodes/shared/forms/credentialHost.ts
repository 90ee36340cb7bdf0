/** Hosts of this machine speak HTTP; to any other a key goes encrypted unless the scheme is written out. */
const WITHOUT_SCHEME_LOCAL = /^(?=(localhost|127\.[\d.]+|\[::1\])(:\d+)?\/?$)/i;
/** A bare word may be anything that was pasted into the wrong field, and must not be looked up. */
const WITHOUT_SCHEME = /^(?![a-z][a-z\d+.-]*:\/\/)(?=[^/]*[.:])/i;
/** Scheme, host (at most 253 characters) and port: no path, and no user name or password. */
const ORIGIN = /^https?:\/\/[^/\\@?#\s]{1,260}$/i;

/** The origin that a credential's Host stands for, or an empty text when it is not one. */
export function originFrom(host: string): string {
	const address = host
		.trim()
		.replace(WITHOUT_SCHEME_LOCAL, 'http://')
		.replace(WITHOUT_SCHEME, 'https://')
		.replace(/\/$/, '');
	return ORIGIN.test(address) ? address : '';
}

/**
 * The same as code of an n8n expression, for the addresses that n8n itself asks.
 * @param host The expression's code for the Host.
 */
export function originCode(host: string): string {
	return `(${host}.trim().replace(${WITHOUT_SCHEME_LOCAL}, "http://").replace(${WITHOUT_SCHEME}, "https://").replace(/\\/$/, "").match(${ORIGIN}) ?? [""])[0]`;
}
