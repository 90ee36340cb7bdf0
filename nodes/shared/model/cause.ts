import { shortened, withLowerCase } from '../basics/sentences';
import type { FailureFacts, FailureReason } from './failure';
import type { Cause } from './reading';

/** They stay until a person does something. */
const LASTING: ReadonlySet<FailureReason> = new Set([
	'authentication',
	'permission',
	'notFound',
	'notSupported',
]);
/** A service's own words may be of any length. */
const MOST_CHARACTERS = 200;

/** Why a value is not known, after what went wrong. */
export function causeFrom(
	{ reason, what, userAction }: Pick<FailureFacts, 'reason' | 'what' | 'userAction'>,
	label: string,
): Cause {
	const texts = [what, userAction].filter((text) => text !== '');
	const why = texts.map((text) => withLowerCase(shortened(text, MOST_CHARACTERS), label));
	return { why: why.join('; '), isLasting: LASTING.has(reason) };
}
