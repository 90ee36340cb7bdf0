import { shortened, withLowerCase } from '../basics/sentences';
import type { FailureFacts, FailureReason } from './failure';
import type { Cause } from './reading';

/** These last until a person acts. */
const LASTING: ReadonlySet<FailureReason> = new Set([
	'authentication',
	'permission',
	'notFound',
	'notSupported',
]);
/** A service's own message may have any length. */
const MOST_CHARACTERS = 200;

/** Turns a failure into the cause of an unknown value. */
export function causeFrom(
	{ reason, what, userAction }: Pick<FailureFacts, 'reason' | 'what' | 'userAction'>,
	label: string,
): Cause {
	const texts = [what, userAction].filter((text) => text !== '');
	const why = texts.map((text) => withLowerCase(shortened(text, MOST_CHARACTERS), label));
	return { why: why.join('; '), isLasting: LASTING.has(reason) };
}
