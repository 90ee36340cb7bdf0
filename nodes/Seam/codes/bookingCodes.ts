import { MINUTE_MS } from '../../shared/basics/times';
import type { AccessCode } from './accessCode';
import { codeNameFor, guestNameOf, mayBeCutReference, referenceOf } from './bookingReference';
import type { CodeProblem } from './codeProblems';
import type { CodeChange } from './codeRequests';
import { codeStateOf, isBeingRemoved } from './codeState';
import type { CodeWindow } from './codeWindow';

/** Makers cut or round seconds. */
const SAME_TIME_MS = MINUTE_MS;
/** To so many characters Kwikset and Nuki cut names. Source: docs.seam.co, the guides to brands. */
const CUT_LENGTHS: ReadonlySet<number> = new Set([14, 20]);

/** What a booking wants on one lock. */
export interface WantedOnLock extends CodeWindow {
	reference: string;
	/** `null` = as it is. */
	guestName: string | null;
	/** The PIN that the code must have. `undefined` = any. */
	pin: string | undefined;
}

/**
 * The codes of a booking that open the lock or will, oldest first. One that is being removed, or
 * whose time is over, cannot be changed any more. Source: docs.seam.co, "Update an access code".
 */
export function livingCodes(
	codes: readonly AccessCode[],
	reference: string,
	nowMs: number,
): AccessCode[] {
	return codes
		.filter((code) => referenceOf(code) === reference && isLiving(code, nowMs))
		.sort(byAge);
}

/**
 * The codes of a booking that a person would call its code: those that open or will, or else the
 * one that was last on its way out. An ended one takes up a place and a PIN.
 */
export function currentCodes(
	codes: readonly AccessCode[],
	reference: string,
	nowMs: number,
): AccessCode[] {
	const living = livingCodes(codes, reference, nowMs);
	if (living.length > 0) return living;
	const rank = (code: AccessCode) => (mayOpen(code, nowMs) ? 0 : 2) + Number(isBeingRemoved(code));
	return codes
		.filter((code) => referenceOf(code) === reference)
		.sort((one, other) => rank(one) - rank(other) || byAge(other, one))
		.slice(0, 1);
}

/** Codes of the booking that may open the lock, besides the one with this ID. */
export function otherOpenCodes(
	codes: readonly AccessCode[],
	reference: string,
	nowMs: number,
	codeId?: string,
): AccessCode[] {
	return codes.filter(
		(code) => code.id !== codeId && referenceOf(code) === reference && mayOpen(code, nowMs),
	);
}

function mayOpen(code: AccessCode, nowMs: number): boolean {
	return codeStateOf(code, nowMs) !== 'ended';
}

/** It is, or will be, on the lock. */
export function isLiving(code: AccessCode, nowMs: number): boolean {
	return !isBeingRemoved(code) && (code.endsAtMs === null || code.endsAtMs > nowMs);
}

/** A code without a booking whose name may be cut off within this reference. */
export function cutCode(codes: readonly AccessCode[], reference: string): AccessCode | undefined {
	return codes.find((code) => mayBeCutReference(code, reference));
}

/** Every run orders two codes in the same way, so that both keep the same one. */
function byAge(one: AccessCode, other: AccessCode): number {
	const difference = (one.createdAtMs ?? Infinity) - (other.createdAtMs ?? Infinity);
	return difference || (one.id < other.id ? -1 : 1);
}

/** What has to change on a code; `undefined` = nothing. */
export function changeFor(code: AccessCode, wanted: WantedOnLock): CodeChange | undefined {
	const pin = wanted.pin === code.pin ? undefined : wanted.pin;
	const name = newNameFor(code, wanted);
	if (pin === undefined && name === undefined && hasTimes(code, wanted)) return undefined;
	return {
		startsAtMs: wanted.fromMs,
		endsAtMs: wanted.untilMs,
		pin,
		name,
	};
}

function newNameFor(code: AccessCode, { reference, guestName }: WantedOnLock): string | undefined {
	if (guestName === null) return undefined;
	const name = codeNameFor(reference, guestName);
	const guest = guestNameOf({ name, commonCodeKey: code.commonCodeKey });
	const isCut =
		code.name !== null && CUT_LENGTHS.has(code.name.length) && name.startsWith(code.name);
	return guestNameOf(code) === guest || isCut ? undefined : name;
}

function hasTimes(code: AccessCode, { fromMs, untilMs }: CodeWindow): boolean {
	return isSameTime(code.startsAtMs, fromMs) && isSameTime(code.endsAtMs, untilMs);
}

function isSameTime(oneMs: number | null, otherMs: number): boolean {
	return oneMs !== null && Math.abs(oneMs - otherMs) <= SAME_TIME_MS;
}

/**
 * In what a code is not as it was wanted, although everything was done for it.
 * @param pinBefore The PIN that the code had before it was changed, if it should have kept it.
 */
export function deviationsOf(
	code: AccessCode,
	wanted: WantedOnLock,
	pinBefore: string | null,
): CodeProblem[] {
	const isKnown = code.pin !== null;
	const isOtherPin = isKnown && wanted.pin !== undefined && code.pin !== wanted.pin;
	const isNewPin =
		isKnown && wanted.pin === undefined && pinBefore !== null && code.pin !== pinBefore;
	return [
		...(hasTimes(code, wanted) ? [] : [OTHER_TIMES]),
		...(isOtherPin ? [OTHER_PIN] : []),
		...(isNewPin ? [NEW_PIN] : []),
	];
}

/** Whether a code as read is what was asked for. A PIN that Seam does not show proves nothing. */
export function isAsWanted(code: AccessCode, wanted: WantedOnLock): boolean {
	return hasTimes(code, wanted) && (wanted.pin === undefined || wanted.pin === code.pin);
}

/** An earlier code of the booking, which nobody can change any more, and which may still open. */
export function earlierCode({ id }: AccessCode): CodeProblem {
	return {
		code: 'earlier_code',
		text: `an earlier code of the booking, ${id}, is not removed yet and may still open`,
		seamKeepsTrying: true,
		personMustAct: false,
	};
}

const OTHER_TIMES: CodeProblem = {
	code: 'other_times',
	text: 'the code has other times than those asked for',
	seamKeepsTrying: false,
	personMustAct: true,
};
const OTHER_PIN: CodeProblem = {
	code: 'other_pin',
	text: 'the code has another PIN than the one asked for',
	seamKeepsTrying: false,
	personMustAct: true,
};
const NEW_PIN: CodeProblem = {
	code: 'new_pin',
	text: 'the PIN has changed; tell the guest the new one',
	seamKeepsTrying: false,
	personMustAct: true,
};
