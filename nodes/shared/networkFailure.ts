import type { FailureFacts } from './failure';
import { isRecord, textOf } from './wire';

/** The connection was never made, so nothing of the request reached the service. */
const NEVER_CONNECTED: Record<string, string> = {
	ECONNREFUSED: 'refused the connection',
	ENOTFOUND: 'has no address (its name is not known)',
	EAI_AGAIN: 'could not be looked up by name',
	EHOSTUNREACH: 'cannot be reached from here',
	ENETUNREACH: 'cannot be reached from here',
	EADDRNOTAVAIL: 'cannot be reached from here',
	EPROTO: 'does not speak HTTPS at this address',
	CERT_HAS_EXPIRED: 'has a certificate that has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'has a certificate that nobody has signed',
	SELF_SIGNED_CERT_IN_CHAIN: 'has a certificate that nobody has signed',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a certificate that cannot be verified',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'has a certificate that cannot be verified',
	ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another host',
};

const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/**
 * What it means that n8n's HTTP helper threw although it returns every status. The thrown object
 * itself is left behind: it carries the request with its secrets.
 */
export function networkFailure(thrown: unknown, label: string, timeoutMs: number): FailureFacts {
	const causes = causesOf(thrown);
	const code = causes.map((cause) => cause.code).find(isNetworkCode) ?? '';
	const message = causes.map((cause) => cause.message ?? '').join(' | ');

	const neverConnected = NEVER_CONNECTED[code];
	if (neverConnected !== undefined) {
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
	if (code === 'EAUTH' || /access token|OAuth2|reconnect/i.test(message)) {
		return notConnected(label);
	}
	if (TIMED_OUT.has(code)) {
		return {
			reason: 'timeout',
			what: `${label} did not answer within ${Math.round(timeoutMs / 100) / 10} seconds`,
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

export function cancelled(): FailureFacts {
	return {
		reason: 'unknown',
		what: 'The execution was stopped',
		userAction: 'Start it again when it should go on',
	};
}

function blockedByN8n(label: string): FailureFacts {
	return {
		reason: 'upstream',
		what: `n8n's own protection (SSRF) blocked the request to the host of ${label}`,
		userAction: 'Ask the administrator of n8n to allow the host in N8N_SSRF_ALLOWED_IP_RANGES',
		notExecuted: true,
	};
}

function notConnected(label: string): FailureFacts {
	return {
		reason: 'authentication',
		what: `${label} gave no access token for this credential`,
		userAction:
			'Open the credential and check its Environment, client ID and secret; if it has a button Connect, connect it again',
		notExecuted: true,
	};
}

interface Cause {
	code?: string;
	syscall?: string;
	message?: string;
}

const MAX_DEPTH = 5;

/**
 * n8n wraps the error of the HTTP library, sometimes more than once. n8n 2.0 keeps no cause: it puts the code
 * into `httpCode`, and the library's words into `messages`.
 */
function causesOf(thrown: unknown): Cause[] {
	const causes: Cause[] = [];
	let current = thrown;
	while (isRecord(current) && causes.length < MAX_DEPTH) {
		causes.push({
			code: textOf(current.code) ?? textOf(current.httpCode),
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
