import { excerptOf } from '../../shared/http/excerpt';
import type { FailureFacts } from '../../shared/model/failure';
import { refused, uncertain, type FailureRow } from '../../shared/model/failureRow';
import { retryAfterSeconds, type Answer } from '../../shared/http/answer';
import { shortened } from '../../shared/basics/sentences';
import { recordOf, textOf } from '../../shared/basics/guards';

const MAX_WORDS_CHARACTERS = 300;
const CHECK_HOST = "Check the credential's Environment and Host";

/**
 * The meaning of Seam's statuses. Sources: OpenAPI (200, 400, 401), docs "Rate limits and
 * guardrails" (429), a production answer (400) in seamapi/cli#48, Seam's own fake (404, 405); the
 * rest by HTTP's rules.
 */
const BY_STATUS: Record<number, FailureRow> = {
	400: refused(
		'badRequest',
		'Seam did not understand the request',
		'Check the parameters of the node',
	),
	401: refused(
		'authentication',
		'Seam does not accept the key of this credential',
		'Copy the key again from the Seam Console under Developer > API Keys; for a personal access token check the Workspace ID',
	),
	403: {
		...refused(
			'permission',
			'The key of this credential is not allowed to do this in Seam',
			'Use a key of the workspace that the lock belongs to, with the rights for it',
		),
		ofOneDevice: false,
	},
	404: refused('notFound', 'Seam did not find what was requested', CHECK_HOST),
	405: refused('badRequest', "The host does not accept requests like Seam's API", CHECK_HOST),
	408: uncertain('timeout', 'Seam gave up waiting for the request', 'Try again later'),
	409: refused(
		'rejected',
		'Seam refused this because of the state of the lock',
		'Check the lock in the Seam Console',
	),
	422: refused('rejected', 'Seam refused this', 'Check the lock in the Seam Console'),
	429: refused(
		'rateLimited',
		'Seam is receiving too many requests; it allows 15 lock and 15 unlock commands a minute for each lock',
		'Try again later, or run the workflow less often',
	),
};

/** Seam's own code for what it does not know. A 404 without one comes from a wrong host. */
const NO_DEVICE: FailureRow = refused(
	'notFound',
	'Seam does not know the lock',
	'Choose the lock from the list again, with the credential of the account that it belongs to',
);
const GONE: FailureRow = refused(
	'notFound',
	'Seam did not find what was requested',
	'Look for it in the Seam Console; it may have been deleted',
);

const REDIRECTED: FailureRow = uncertain(
	'unknown',
	'The host answered with a redirect, which is not followed because the key would be sent along',
	CHECK_HOST,
);

const UPSTREAM: FailureRow = uncertain(
	'upstream',
	'Seam could not process the request',
	'Try again later; see https://status.seam.co for outages',
);

const UNFAMILIAR: FailureRow = uncertain(
	'unknown',
	'Seam returned an answer that this node does not understand',
	CHECK_HOST,
);

/** The failure that an answer without the requested object means. */
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

/** Concerns the key, the limits or Seam itself, whatever was not found. */
function isAboutTheCaller(status: number): boolean {
	return [401, 403, 429].includes(status) || status >= 500;
}

function rowOf({ status }: Answer, errorType: string): FailureRow {
	if (errorType.endsWith('_not_found') && !isAboutTheCaller(status)) {
		return errorType === 'device_not_found' ? NO_DEVICE : GONE;
	}
	const row = BY_STATUS[status];
	if (row !== undefined) return row;
	if (status >= 500) return UPSTREAM;
	if (status >= 300 && status < 400) return REDIRECTED;
	return status < 300 ? incomplete() : UNFAMILIAR;
}

/**
 * A success without the expected content comes from a proxy, a sign-in page or a broken connection.
 */
function incomplete(): FailureRow {
	return uncertain(
		'upstream',
		'The answer is not from Seam (not JSON, or without the expected content)',
		`${CHECK_HOST}, and any proxy between n8n and Seam`,
	);
}

/** Seam's events contain the PIN that was typed, even in a truncated answer. */
const MAY_HOLD_A_PIN = /\b(code|events?)\\?["']\s*:/;

function detailOf(answer: Answer, error: Record<string, unknown>): string | undefined {
	const message = textOf(error.message);
	const type = textOf(error.type);
	if (message === undefined && type === undefined) {
		return MAY_HOLD_A_PIN.test(answer.text) ? 'The answer is incomplete' : excerptOf(answer);
	}
	const said = [type, message].filter(Boolean).join(': ');
	return `Seam says: ${shortened(said, MAX_WORDS_CHARACTERS)}`;
}
