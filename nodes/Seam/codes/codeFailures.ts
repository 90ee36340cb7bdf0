import type { Answer } from '../../shared/http/answer';
import { recordOf } from '../../shared/basics/guards';
import type { FailureFacts } from '../../shared/model/failure';
import { seamFailure } from '../api/seamFailures';
import { wordOf } from '../api/seamWord';

/**
 * The failure that an answer about codes means. Neither Seam's sentence nor a proxy's page is
 * shown, because both may repeat the PIN: a 409 does. Only Seam's word for the error is.
 */
export function codeFailure(answer: Answer): FailureFacts {
	const error = recordOf(answer.json).error;
	const word = wordOf(recordOf(error).type) ?? undefined;
	const withoutWords = {
		...answer,
		text: '',
		json: { error: { type: word } },
	};
	const facts = seamFailure(withoutWords);
	return {
		...facts,
		...(answer.status === 429 ? TOO_MANY : {}),
		detail: word === undefined ? HIDDEN : `Seam says: ${word}`,
	};
}

const HIDDEN = 'The answer is not shown, because it may contain a PIN';

const TOO_MANY = {
	what: 'Seam is receiving too many requests; it allows 10 new, 10 changed and 20 removed codes a minute for each lock',
};

/** Whether a failure is Seam's refusal of a PIN that another code of the lock has. */
export function isPinInUse({ httpStatus }: Pick<FailureFacts, 'httpStatus'>): boolean {
	return httpStatus === 409;
}

/** Seam took the request, and reports at once that it failed. Nobody knows how far it got. */
export function failedAttempt(facts: FailureFacts): FailureFacts {
	return {
		...facts,
		reason: 'rejected',
		what: 'Seam reports that it failed',
		userAction: 'Look at the code and its lock in the Seam Console',
		notExecuted: false,
	};
}

/** What is not in such a list may exist, so nothing is made from it. */
export function incompleteList(): FailureFacts {
	return {
		reason: 'upstream',
		what: "Seam's list of the codes of the lock is incomplete",
		userAction: 'Try again later',
		notExecuted: true,
	};
}
