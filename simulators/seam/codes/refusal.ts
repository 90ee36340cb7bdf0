import { InvalidInput } from '../../shared/input';
import type { SeamAnswer } from '../seamAnswer';
import { invalidInput, refuse } from '../seamAnswer';

/** Seam refuses a request about codes with this answer. */
export class CodeRefusal extends InvalidInput {
	readonly answer: SeamAnswer;

	constructor(answer: SeamAnswer, message: string) {
		super(message);
		this.answer = answer;
	}
}

export const refuseInput = (message: string, field = 'code'): CodeRefusal =>
	new CodeRefusal(invalidInput(message, { _errors: [], [field]: { _errors: [message] } }), message);

export const refuseWith = (status: number, type: string, message: string): CodeRefusal =>
	new CodeRefusal(refuse(status, type, message), message);

export const codeNotFound = (): CodeRefusal =>
	refuseWith(404, 'access_code_not_found', 'Could not find an access_code with access_code_id');

/** Runs the request; a refusal becomes its answer. */
export function answering(run: () => SeamAnswer): SeamAnswer {
	try {
		return run();
	} catch (error) {
		if (error instanceof CodeRefusal) return error.answer;
		throw error;
	}
}
