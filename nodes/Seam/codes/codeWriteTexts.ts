import { listed, withLowerCase } from '../../shared/basics/sentences';
import type { FailureFacts, FailureReason } from '../../shared/model/failure';
import type { AccessCode } from './accessCode';
import type { CodeProblem } from './codeProblems';

/** Why a code was not made, changed or removed. None of these texts contains a PIN. */

/** Where a PIN came from: the parameter, another lock of the booking, or this node. */
export type PinOrigin = 'computed' | 'existing' | 'given';

const GIVE_ANOTHER: Record<PinOrigin, string> = {
	given: "Give another PIN in 'PIN'",
	existing: "Give a PIN in 'PIN' that all locks of the booking can have",
	computed: "Give a PIN in 'PIN'",
};

export function pinNotAllowed(name: string, rule: string, origin: PinOrigin): FailureFacts {
	const whose = origin === 'given' ? 'The PIN' : 'The PIN of the booking';
	return refused(
		origin === 'given' ? 'badRequest' : 'rejected',
		`${whose} does not suit "${name}", which accepts only PINs ${rule}`,
		GIVE_ANOTHER[origin],
	);
}

/** @param code The other code, if it was seen. */
export function pinInUse(
	name: string,
	origin: PinOrigin,
	code?: Pick<AccessCode, 'id'>,
): FailureFacts {
	const other = code === undefined ? 'Another code' : `The code ${code.id}`;
	const what = `${other} of "${name}" has this PIN, now or at another time, so Seam refuses it`;
	return refused('rejected', what, GIVE_ANOTHER[origin]);
}

export function pinOfMaker(name: string): FailureFacts {
	return refused(
		'badRequest',
		`The maker of "${name}" chooses its PINs, so none can be given`,
		"Leave 'PIN' empty for this lock",
	);
}

export function noPinLeft(): FailureFacts {
	return refused(
		'rejected',
		'No PIN was found that is free and allowed on all of the locks',
		"Give a PIN in 'PIN', or set the codes of these locks in separate steps",
	);
}

/** @param wanted The booking whose code it may be. */
export function maybeRenamed(
	name: string,
	{ id }: Pick<AccessCode, 'id'>,
	{ reference }: { reference: string },
): FailureFacts {
	return refused(
		'rejected',
		`The code ${id} of "${name}" may be that of booking ${reference} under another name, so no second one was made`,
		`Put [${reference}] at the begin of its name in the Seam Console, or remove the code`,
	);
}

export function cutName(name: string, { id }: AccessCode, reference: string): FailureFacts {
	return refused(
		'rejected',
		`The name of the code ${id} on "${name}" is cut off within its booking reference, which may be ${reference}`,
		`Put [${reference}] at the begin of its name in the Seam Console, or remove the code by its ID`,
	);
}

export function severalCodes(
	name: string,
	codes: readonly AccessCode[],
	reference: string,
): FailureFacts {
	return {
		reason: 'rejected',
		what: `"${name}" has several codes of booking ${reference}: ${listed(codes.map(({ id }) => id))}`,
		userAction: 'Remove all but one of them by their access code IDs, and run the workflow again',
	};
}

export function inThePast(): FailureFacts {
	return refused('badRequest', "'Until' is in the past", "Give an 'Until' that is still to come");
}

export function startsInThePast(name: string): FailureFacts {
	return refused(
		'badRequest',
		`"${name}" takes only codes that begin in the future, and 'From' is in the past`,
		"Give a 'From' that is some minutes ahead",
	);
}

export function lockIsFull(name: string, most: number): FailureFacts {
	return refused(
		'rejected',
		`"${name}" is full: it holds at most ${most} codes`,
		'Remove codes that nobody needs any more',
	);
}

export function isOfflineCode(name: string): FailureFacts {
	return refused(
		'notSupported',
		`The code of "${name}" works offline, so Seam can neither change nor remove it`,
		'Let it end at its time',
	);
}

export function unknownCode(accessCodeId: string): FailureFacts {
	return refused(
		'notFound',
		`Seam does not know the code "${accessCodeId}", and it was not removed within the last 30 days`,
		"Check 'Access Code ID', and that the credential is that of the code's workspace",
	);
}

/** A deletion or an update that Seam refused. */
export function refusal(cause: FailureFacts, done: string, name: string): FailureFacts {
	return {
		...cause,
		what: `The code on "${name}" was not ${done}: ${withLowerCase(cause.what, 'Seam')}`,
	};
}

/** A write left and no usable answer came, and asking Seam did not show it as done. */
export function outcomeUnknown(
	cause: FailureFacts | undefined,
	done: string,
	name: string,
): FailureFacts {
	const why = cause === undefined ? 'the answer was lost' : withLowerCase(cause.what, 'Seam');
	return {
		...(cause ?? { reason: 'notConfirmed' }),
		what: `It is not known whether the code on "${name}" was ${done}: ${why}`,
		userAction: 'Look at the codes of the lock before you run this again',
		notExecuted: false,
		retryAfterSeconds: undefined,
		ofOneDevice: true,
	};
}

/** A write succeeded, and Seam cannot be asked what has become of it. */
export function notReadBack(cause: FailureFacts, done: string, name: string): FailureFacts {
	return {
		...cause,
		reason: 'notConfirmed',
		what: `The code on "${name}" was ${done}, but Seam could not be asked about it: ${withLowerCase(cause.what, 'Seam')}`,
		userAction: 'Look at the codes of the lock',
		notExecuted: false,
		ofOneDevice: true,
	};
}

/** Seam accepted a new code, and its list does not show it. */
export function notListed(name: string, reference: string): FailureFacts {
	return {
		reason: 'notConfirmed',
		what: `The code of booking ${reference} was set on "${name}", but Seam does not list it yet`,
		userAction: 'Look at the codes of the lock in some minutes',
		ofOneDevice: true,
	};
}

export function goneAgain(name: string, reference: string): FailureFacts {
	return {
		reason: 'notConfirmed',
		what: `The code of booking ${reference} was set, and is no longer on "${name}"`,
		userAction: 'Somebody else removed it; run the workflow again if it is needed',
		ofOneDevice: true,
	};
}

/** Seam reports that what was asked for is not on the lock. */
export function isNotOnLock(
	name: string,
	reference: string,
	problems: readonly CodeProblem[],
): FailureFacts {
	const [problem] = problems;
	return {
		reason: 'rejected',
		what: `The code of booking ${reference} is not on "${name}" as asked${problem === undefined ? '' : `: ${problem.text}`}`,
		userAction: whoActs(problems),
		ofOneDevice: true,
	};
}

function whoActs(problems: readonly CodeProblem[]): string {
	const keepsTrying = problems.some(({ seamKeepsTrying }) => seamKeepsTrying);
	const mustAct = problems.some(({ personMustAct }) => personMustAct);
	if (keepsTrying && mustAct)
		return 'Seam keeps trying; look at the lock if the code is needed soon';
	if (keepsTrying) return 'Seam keeps trying, and nobody has to act';
	return 'Seam does not try again, so a person must act';
}

function refused(reason: FailureReason, what: string, userAction: string): FailureFacts {
	return { reason, what, userAction, notExecuted: true };
}
