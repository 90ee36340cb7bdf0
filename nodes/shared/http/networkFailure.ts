import type { FailureFacts } from '../model/failure';
import { cancelled, reconnectFacts } from './requestFailures';
import { secondsIn, secondsInWords } from '../basics/times';
import { isRecord, textOf } from '../basics/guards';

/** The connection was never made, so no part of the request reached the service. */
const NEVER_CONNECTED: Record<string, string> = {
	ECONNREFUSED: 'refused the connection',
	ENOTFOUND: 'was not found (unknown host name)',
	EAI_AGAIN: 'could not be looked up by name',
	EHOSTUNREACH: 'cannot be reached from here',
	ENETUNREACH: 'cannot be reached from here',
	EADDRNOTAVAIL: 'cannot be reached from here',
	EPROTO: 'does not speak HTTPS at this address',
	CERT_HAS_EXPIRED: 'has a certificate that has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'has a self-signed certificate',
	SELF_SIGNED_CERT_IN_CHAIN: 'has a self-signed certificate',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a certificate that cannot be verified',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'has a certificate that cannot be verified',
	ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another host',
};

/** Node's messages. One for a connection that was never made begins with `connect`. */
const LOST_ROUTE = /\b(read|write) E(HOST|NET)UNREACH/;

const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/**
 * n8n's own messages for token endpoint errors that only a person can fix (RFC 6749, 5.2). n8n 2.0
 * keeps nothing else of them. A revoked sign-in, and one that cannot be refreshed, have their own
 * messages.
 */
const SIGN_IN_REFUSED = [
	'Client authentication failed',
	'provided authorization grant',
	'client is not authorized',
	'missing a required parameter',
	'grant type is not supported',
	'scope is invalid',
	'server denied the request',
	'reconnect',
	'refreshToken is required',
	'credentials not connected',
];

/**
 * Every status of the service is an answer to our own request, so these errors come from a token
 * request of n8n.
 */
const ABOUT_A_TOKEN =
	/OAuth2|access token|HTTP status \d|failed with status code \d|Unsupported content type/;

/**
 * Classifies an error thrown by n8n's HTTP helper, which returns every status. The error itself is
 * not kept: it carries the request with its secrets.
 */
export function networkFailure(thrown: unknown, label: string, timeoutMs: number): FailureFacts {
	const details = inspectThrown(thrown);
	if (isSignInRefused(details)) return notConnected(label);
	return isAboutToken(details)
		? withoutToken(details, label)
		: connectionFailure(details, label, timeoutMs);
}

/** Classifies n8n's failed refresh of a token. No request was sent. */
export function tokenFailure(thrown: unknown, label: string): FailureFacts {
	const details = inspectThrown(thrown);
	const isRefused = isSignInRefused(details) || details.status === 401;
	return isRefused ? reconnectFacts(label) : withoutToken(details, label);
}

function isAboutToken({ code, message }: ThrownDetails): boolean {
	return code === 'EAUTH' || ABOUT_A_TOKEN.test(message);
}

function isSignInRefused(details: ThrownDetails): boolean {
	if (SIGN_IN_REFUSED.some((words) => details.message.includes(words))) return true;
	return details.status === 401 && isAboutToken(details);
}

function withoutToken(details: ThrownDetails, label: string): FailureFacts {
	const { code, status } = details;
	const isAnswer = code === '' || code === 'EAUTH' || code === 'ESTATUS';
	if (!isAnswer) {
		const facts = connectionFailure(details, `${label}'s sign-in`);
		return { ...facts, notExecuted: true, ofOneDevice: false };
	}
	return {
		reason: 'upstream',
		what: `${label}'s sign-in returned no access token, but did not reject the credential`,
		userAction: "Try again later; if it keeps failing, check the credential's Environment and Host",
		detail: status === undefined ? undefined : `It answered with status ${status}`,
		notExecuted: true,
		ofOneDevice: false,
	};
}

/** @param timeoutMs How long the answer was awaited, if known. */
function connectionFailure(
	{ causes, code, message }: ThrownDetails,
	label: string,
	timeoutMs?: number,
): FailureFacts {
	const neverConnected = NEVER_CONNECTED[code];
	// a route may disappear after the connection was made, so the request may have arrived
	if (neverConnected !== undefined && !LOST_ROUTE.test(message)) {
		return {
			reason: 'upstream',
			what: `The host of ${label} ${neverConnected}`,
			userAction:
				"Check the credential's Environment and Host, and that n8n can reach the internet",
			detail: code,
			notExecuted: true,
		};
	}
	if (code === 'ERR_CANCELED') return cancelled();
	if (/restricted IP|request was blocked/i.test(message)) return blockedByN8n(label);
	if (TIMED_OUT.has(code)) {
		return {
			reason: 'timeout',
			what: `${label} did not answer ${timeoutMs === undefined ? 'in time' : `within ${secondsInWords(secondsIn(timeoutMs))}`}`,
			userAction: 'Try again later',
			detail: code,
			notExecuted: causes.some((cause) => cause.syscall === 'connect'),
		};
	}
	return {
		reason: 'upstream',
		what: `The connection to ${label} broke before its answer was complete`,
		userAction: 'Try again later',
		detail: code || undefined,
	};
}

function blockedByN8n(label: string): FailureFacts {
	return {
		reason: 'upstream',
		what: `n8n's SSRF protection blocked the request to the host of ${label}`,
		userAction: 'Ask your n8n administrator to allow the host in N8N_SSRF_ALLOWED_IP_RANGES',
		notExecuted: true,
	};
}

function notConnected(label: string): FailureFacts {
	return {
		reason: 'authentication',
		what: `${label} returned no access token for this credential`,
		userAction:
			'Open the credential and check its Environment, client ID and secret; if it has a Connect button, connect it again',
		notExecuted: true,
	};
}

interface ThrownDetails {
	causes: Cause[];
	/** From the network, or from n8n's OAuth2 client. Empty when there is none. */
	code: string;
	/** From a token endpoint's answer, if n8n keeps it. */
	status: number | undefined;
	message: string;
}

interface Cause {
	code?: string;
	status?: number;
	syscall?: string;
	message: string;
}

const MAX_DEPTH = 5;

function inspectThrown(thrown: unknown): ThrownDetails {
	const causes = causesOf(thrown);
	return {
		causes,
		code: causes.map((cause) => cause.code).find(isNetworkCode) ?? '',
		status: causes.map((cause) => cause.status).find((status) => status !== undefined),
		message: causes.map((cause) => cause.message).join(' | '),
	};
}

/**
 * n8n wraps the error of the HTTP library, sometimes more than once. n8n 2.0 keeps no cause: the
 * code is in `httpCode`, and the library's messages are in `messages`.
 */
function causesOf(thrown: unknown): Cause[] {
	const causes: Cause[] = [];
	let current = thrown;
	while (isRecord(current) && causes.length < MAX_DEPTH) {
		causes.push({
			code: textOf(current.code) ?? textOf(current.httpCode),
			status: Number(current.status ?? current.httpCode) || undefined,
			syscall: textOf(current.syscall),
			message: [current.message, current.messages].flat().filter(textOf).join(' | '),
		});
		current = current.cause;
	}
	return causes;
}

function isNetworkCode(code: string | undefined): code is string {
	return code !== undefined && /^[A-Z][A-Z0-9_]+$/.test(code) && code !== 'ERR_BAD_RESPONSE';
}
