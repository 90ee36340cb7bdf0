import type { FailureFacts } from '../../shared/model/failure';
import { refused, uncertain, type FailureRow } from '../../shared/model/failureRow';
import type { Answer } from '../../shared/http/answer';
import {
	failureFacts,
	rowByStatus,
	standardRows,
	type FailureTable,
} from '../../shared/http/failureTable';
import { shortened } from '../../shared/basics/sentences';
import { recordOf, textOf } from '../../shared/basics/guards';

const MAX_WORDS_CHARACTERS = 300;

/**
 * The meaning of Seam's statuses. Sources: OpenAPI (200, 400, 401), docs "Rate limits and
 * guardrails" (429), a production answer (400) in seamapi/cli#48, Seam's own fake (404, 405); the
 * rest by HTTP's rules.
 */
const BY_STATUS: FailureTable = {
	...standardRows('Seam', 'lock'),
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
	'5xx': uncertain(
		'upstream',
		'Seam could not process the request',
		'Try again later; see https://status.seam.co for outages',
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

/** The failure that an answer without the requested object means. */
export function seamFailure(answer: Answer): FailureFacts {
	const error = recordOf(recordOf(answer.json).error);
	const type = textOf(error.type);
	const words = [type, textOf(error.message)].filter(Boolean).join(': ');
	const requestId = requestIdOf(answer) ?? textOf(error.request_id);
	const facts = failureFacts(
		answer,
		rowOf(answer, type ?? ''),
		'Seam',
		shortened(words, MAX_WORDS_CHARACTERS),
		requestId,
	);
	const mayHoldAPin = words === '' && MAY_HOLD_A_PIN.test(answer.text);
	return mayHoldAPin ? { ...facts, detail: 'The answer is incomplete' } : facts;
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
	return rowByStatus(status, BY_STATUS, 'Seam');
}

/** Seam's events contain the PIN that was typed, even in a truncated answer. */
const MAY_HOLD_A_PIN = /\b(code|events?)\\?["']\s*:/;
