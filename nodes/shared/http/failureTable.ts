import { shortened } from '../basics/sentences';
import type { FailureFacts } from '../model/failure';
import { refused, uncertain, type FailureRow } from '../model/failureRow';
import type { DeviceType } from '../model/lockStatus';
import type { Answer } from './answer';
import { retryAfterSeconds } from './retryAfter';
import { excerptOf } from './excerpt';

export const CHECK_HOST = "Check the credential's Environment and Host";

const MAX_WORDS_CHARACTERS = 500;

/** What an answer without the requested object means, by its status or by the class of it. */
export type FailureTable = Partial<Record<number | '2xx' | '3xx' | '5xx', FailureRow>>;

/**
 * The rows that need no knowledge of the service. What a person has to do about 401, 403 and 429
 * differs, so each service has rows of its own for them.
 * @param label The service's display name.
 */
export function standardRows(label: string, deviceType: DeviceType): FailureTable {
	const wrongForm = refused(
		'badRequest',
		`The host does not accept requests like ${label}'s API`,
		CHECK_HOST,
	);
	return {
		// a success without the expected content comes from a proxy, a sign-in page or a broken
		// connection
		'2xx': uncertain(
			'upstream',
			`The answer is not from ${label} (not JSON, or without the expected content)`,
			`${CHECK_HOST}, and any proxy between n8n and ${label}`,
		),
		'3xx': uncertain(
			'unknown',
			'The host answered with a redirect, which is not followed because the key would be sent along',
			CHECK_HOST,
		),
		400: refused(
			'badRequest',
			`${label} did not understand the request`,
			'Check the parameters of the node',
		),
		404: refused('notFound', `${label} did not find what was requested`, CHECK_HOST),
		405: wrongForm,
		408: uncertain('timeout', `${label} gave up waiting for the request`, 'Try again later'),
		409: refused(
			'rejected',
			`${label} refused this because of the state of the ${deviceType}`,
			`Check the ${deviceType} in the app of ${label}`,
		),
		422: refused(
			'rejected',
			`${label} refused this`,
			`Check the ${deviceType} in the app of ${label}`,
		),
		'5xx': uncertain('upstream', `${label} could not process the request`, 'Try again later'),
	};
}

/** For a status that the table does not have. */
export function unfamiliarAnswer(label: string): FailureRow {
	return uncertain(
		'unknown',
		`${label} returned an answer that this node does not understand`,
		CHECK_HOST,
	);
}

export function rowByStatus(status: number, table: FailureTable, label: string): FailureRow {
	return table[status] ?? rowByClass(status, table) ?? unfamiliarAnswer(label);
}

function rowByClass(status: number, table: FailureTable): FailureRow | undefined {
	if (status >= 500) return table['5xx'];
	if (status < 300) return table['2xx'];
	return status < 400 ? table['3xx'] : undefined;
}

/**
 * A row with what the answer itself says.
 * @param words The service's own text; empty if the answer has none.
 * @param requestId The service's id of the request, for its support.
 */
export function failureFacts(
	answer: Answer,
	row: FailureRow,
	label: string,
	words: string,
	requestId: string | undefined,
): FailureFacts {
	return {
		...row,
		detail:
			words === '' ? excerptOf(answer) : `${label} says: ${shortened(words, MAX_WORDS_CHARACTERS)}`,
		httpStatus: answer.status,
		requestId,
		retryAfterSeconds: retryAfterSeconds(answer.headers),
	};
}
