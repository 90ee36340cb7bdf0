import type { Answer } from '../../shared/http/answer';
import type { CommandProgress } from '../../shared/model/evidence';
import { Failure, type FailureFacts } from '../../shared/model/failure';
import { recordOf, textOf } from '../../shared/basics/guards';
import { failureOfCommand, hasError, smartcarFailure } from './smartcarFailures';

const LOOK = 'Look at the vehicle before you send the command again';

/** Smartcar accepted the command, and does not say why it failed, or how far it got. */
const FAILED: FailureFacts = {
	reason: 'rejected',
	what: 'Smartcar reports that the command failed, and gives no reason',
	userAction: LOOK,
};

/** No list of the statuses is published, so an unknown one does not mean that nothing was done. */
const UNFAMILIAR: FailureFacts = {
	reason: 'unknown',
	what: 'Smartcar returned a command status that this node does not know',
	userAction: LOOK,
};

/**
 * What v3's answer to a command means. A 202 is held open until the vehicle has answered, and its
 * body may then be an error. Source: smartcar.com, "Commands".
 */
export function progressOf(answer: Answer): CommandProgress {
	if (answer.status > 202 || hasError(answer)) throw new Failure(smartcarFailure(answer));
	if (answer.status === 202 && answer.text === '') return { evidence: 'sent' };
	const { data } = recordOf(answer.json);
	const { status } = recordOf(recordOf(data ?? answer.json).attributes);
	const { value, error } = recordOf(status);
	const words = {
		detail: `Smartcar says: ${textOf(value)}`,
		requestId: answer.headers['sc-request-id'],
	};
	switch (textOf(value)) {
		case 'SUCCESS':
			return { evidence: 'acknowledged' };
		case 'PENDING':
			return { evidence: 'sent' };
		case 'FAILURE':
			throw new Failure(failureOfCommand(answer, error) ?? { ...FAILED, ...words });
		case undefined:
			throw new Failure(smartcarFailure(answer));
		default:
			throw new Failure({ ...UNFAMILIAR, ...words });
	}
}
