import { asSentence } from '../../shared/model/statusText';
import type { CodeOutcome, WouldDo } from './codeOutcome';
import type { CodeProblem } from './codeProblems';
import type { CodeState } from './codeState';

interface Described extends Pick<CodeOutcome, 'state' | 'write'> {
	/** The lock in a sentence. */
	subject: string;
	reference: string | null;
	codeName: string | null;
	accessCodeId: string | null;
	problems: readonly CodeProblem[];
	/** The code was chosen by its ID. Its booking may have others. */
	isByCodeId: boolean;
}

const STATES: Record<CodeState | 'removed', (code: string, lock: string) => string> = {
	active: (code, lock) => `${code} is active on ${lock}`,
	stored: (code, lock) => `${code} is stored on ${lock} and becomes active at its start`,
	scheduled: (code, lock) => `${code} is scheduled and will be put on ${lock} before its start`,
	programming: (code, lock) => `${code} is being put on ${lock}`,
	late: (code, lock) => `${code} should be on ${lock} by now, and is not confirmed yet`,
	failed: (code, lock) => `${code} is not on ${lock} as asked`,
	removing: (code, lock) => `${code} is being removed from ${lock} and may still open it`,
	ended: (code, lock) => `The time of ${code} on ${lock} is over`,
	unknown: (code, lock) => `It is not known whether ${code} is on ${lock}`,
	removed: (code, lock) => `${code} is removed from ${lock}`,
};

const WOULD: Record<WouldDo, string> = {
	create: 'would be created on',
	update: 'would be changed on',
	remove: 'would be removed from',
	nothing: 'would stay as it is on',
};

/** A code on its lock as one sentence, without a full stop and without its PIN. */
export function codeText(described: Described): string {
	const { subject, state, write, problems } = described;
	const code = `the code ${ofWhom(described)}`;
	if (write?.wouldDo !== undefined) return `Dry run: ${code} ${WOULD[write.wouldDo]} ${subject}`;
	if (write?.action === 'alreadyGone') return asSentence(`${code} is not on ${subject}`);
	const sentence = asSentence(STATES[state ?? 'unknown'](code, subject));
	const [problem] = problems;
	return problem === undefined ? sentence : `${sentence}: ${problem.text}`;
}

function ofWhom({ reference, codeName, accessCodeId, isByCodeId }: Described): string {
	if (reference !== null && isByCodeId) return `${accessCodeId} of booking ${reference}`;
	if (reference !== null) return `of booking ${reference}`;
	if (codeName !== null) return `"${codeName}"`;
	return accessCodeId ?? 'without a name';
}
