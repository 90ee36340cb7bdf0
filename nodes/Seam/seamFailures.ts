import { excerptOf } from '../shared/excerpt';
import type { FailureFacts, FailureReason } from '../shared/failure';
import { retryAfterSeconds, type Answer } from '../shared/answer';
import { recordOf, textOf } from '../shared/wire';

interface FailureRow {
	reason: FailureReason;
	what: string;
	userAction: string;
	/** The service says itself that it did nothing. */
	notExecuted: boolean;
}

const CHECK_HOST = "Check the credential's Environment and Host";

/**
 * What Seam's statuses mean. Sources: OpenAPI (200, 400, 401), docs "Rate limits and guardrails" (429),
 * an answer of production (400) in seamapi/cli#48, Seam's own fake (404, 405); the rest by HTTP's rules.
 */
const BY_STATUS: Record<number, FailureRow> = {
	400: {
		reason: 'badRequest',
		what: 'Seam did not understand the request',
		userAction: 'Check the parameters of the node',
		notExecuted: true,
	},
	401: {
		reason: 'authentication',
		what: 'Seam does not accept the key of this credential',
		userAction:
			'Copy the key again from the Seam Console under Developer > API Keys; for a personal access token check the Workspace ID',
		notExecuted: true,
	},
	403: {
		reason: 'permission',
		what: 'The key of this credential may not do this in Seam',
		userAction: 'Use a key of the workspace that the lock belongs to, with the rights for it',
		notExecuted: true,
	},
	404: {
		reason: 'notFound',
		what: 'Seam does not know what was asked for',
		userAction: CHECK_HOST,
		notExecuted: true,
	},
	405: {
		reason: 'badRequest',
		what: 'The host does not take requests as Seam does',
		userAction: CHECK_HOST,
		notExecuted: true,
	},
	408: {
		reason: 'timeout',
		what: 'Seam gave up waiting for the request',
		userAction: 'Try again later',
		notExecuted: false,
	},
	409: {
		reason: 'rejected',
		what: 'Seam refused this because of the state of the lock',
		userAction: 'Look at the lock in the Seam Console',
		notExecuted: true,
	},
	422: {
		reason: 'rejected',
		what: 'Seam refused this',
		userAction: 'Look at the lock in the Seam Console',
		notExecuted: true,
	},
	429: {
		reason: 'rateLimited',
		what: 'Seam is receiving too many requests; it allows 15 lock and 15 unlock commands a minute for each lock',
		userAction: 'Try again later, or run the workflow less often',
		notExecuted: true,
	},
};

/** Seam's own word for what it does not know; a 404 without one comes from a wrong host. */
const NO_DEVICE: FailureRow = {
	reason: 'notFound',
	what: 'Seam does not know the lock',
	userAction:
		'Choose the lock from the list again, with the credential of the account that it belongs to',
	notExecuted: true,
};
const GONE: FailureRow = {
	reason: 'notFound',
	what: 'Seam does not know what was asked for',
	userAction: 'Look for it in the Seam Console, where it may have been deleted',
	notExecuted: true,
};

const REDIRECTED: FailureRow = {
	reason: 'unknown',
	what: 'The host answered with a redirect, which is not followed because the key would go along',
	userAction: CHECK_HOST,
	notExecuted: false,
};

const UPSTREAM: FailureRow = {
	reason: 'upstream',
	what: 'Seam could not process the request',
	userAction: 'Try again later; https://status.seam.co says whether Seam has an outage',
	notExecuted: false,
};

const UNFAMILIAR: FailureRow = {
	reason: 'unknown',
	what: 'Seam gave an answer that this node does not know',
	userAction: CHECK_HOST,
	notExecuted: false,
};

/** What an answer without the thing that was asked for means. */
export function seamFailure(answer: Answer): FailureFacts {
	const error = recordOf(recordOf(answer.json).error);
	const row = rowOf(answer, textOf(error.type) ?? '');
	return {
		...row,
		detail: detailOf(answer, error),
		httpStatus: answer.status,
		requestId: requestIdOf(answer) ?? textOf(error.request_id),
		retryAfterSeconds: retryAfterSeconds(answer.headers),
	};
}

export function requestIdOf({ headers }: Answer): string | undefined {
	return headers['seam-request-id'];
}

function rowOf({ status }: Answer, errorType: string): FailureRow {
	if (errorType === 'device_not_found') return NO_DEVICE;
	if (errorType.endsWith('_not_found')) return GONE;
	const row = BY_STATUS[status];
	if (row !== undefined) return row;
	if (status >= 500) return UPSTREAM;
	if (status >= 300 && status < 400) return REDIRECTED;
	return status < 300 ? incomplete() : UNFAMILIAR;
}

/** A success without the expected content comes from a proxy, a sign-in page or a broken line. */
function incomplete(): FailureRow {
	return {
		reason: 'upstream',
		what: 'The answer is not one of Seam (no JSON, or without the expected content)',
		userAction: `${CHECK_HOST}, and any proxy between n8n and Seam`,
		notExecuted: false,
	};
}

/** Seam's events say which PIN was typed, also in an answer that breaks off. */
const MAY_HOLD_A_PIN = /\b(code|events?)\\?["']\s*:/;

function detailOf(answer: Answer, error: Record<string, unknown>): string | undefined {
	const message = textOf(error.message);
	const type = textOf(error.type);
	if (message === undefined && type === undefined) {
		return MAY_HOLD_A_PIN.test(answer.text) ? 'The answer is not whole' : excerptOf(answer);
	}
	return `Seam says: ${[type, message].filter(Boolean).join(': ')}`;
}
