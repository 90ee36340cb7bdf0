import { createHmac } from 'crypto';

import { Failure } from '../../shared/model/failure';
import type { AccessCode } from './accessCode';
import { referenceOf } from './bookingReference';
import { brokenRule, isPinLength, isPlainPin, type CodeRules } from './codeRules';
import * as texts from './codeWriteTexts';

/** A lock that a PIN is chosen for. */
export interface PinLock {
	deviceId: string;
	name: string;
	rules: CodeRules;
	/** The code of the booking, if the lock has one. */
	own: AccessCode | undefined;
	/** All other codes of the lock, over or not: Seam refuses the PIN of any of them. */
	others: readonly AccessCode[];
}

type Keypad = Pick<PinLock, 'others' | 'rules'>;

/** The PIN to send to a lock. `undefined`: none, so that a code keeps its own. */
export type PinChoice = string | Failure | undefined;

interface PinWish {
	/** `null` = none was given. */
	pin: string | null;
	reference: string;
	/** The API key. Only those who have it can compute a PIN. */
	secret: string;
}

/** Each try costs a hash. A lock that rejects so many has no PIN left. */
const MOST_TRIES = 2000;
const USUAL_LENGTH = 6;

/**
 * The PIN for each lock, by device ID. The locks of one booking get the same one. It is the one
 * that was given, or that of the booking's code on another of these locks, or one that is computed
 * from the booking reference alone. So two executions at once compute the same PIN, whatever else
 * they want, and Seam refuses the second code.
 */
export function choosePins(wish: PinWish, locks: readonly PinLock[]): Map<string, PinChoice> {
	const given = wish.pin;
	if (given !== null) return choices(locks, (lock) => givenPin(lock, given));
	const [existing] = locks.flatMap(({ own }) => own?.pin ?? []);
	const without = locks.filter(({ own, rules }) => own === undefined && !rules.isPinOfMaker);
	const shared = existing ?? computedPin(wish, without);
	return choices(locks, (lock) => {
		if (!without.includes(lock)) return undefined;
		if (shared instanceof Failure) return shared;
		const { others, rules } = lock;
		const suspect =
			namelessCode(others, shared) ??
			renamedCode(others, rules, wish, formerLengths(others, rules));
		if (suspect !== undefined) return new Failure(texts.maybeRenamed(lock.name, suspect, wish));
		return pinFor(lock, shared, existing === undefined ? 'computed' : 'existing');
	});
}

function choices(locks: readonly PinLock[], choose: (lock: PinLock) => PinChoice) {
	return new Map(locks.map((lock) => [lock.deviceId, choose(lock)]));
}

function givenPin(lock: PinLock, pin: string): PinChoice {
	if (lock.rules.isPinOfMaker) return new Failure(texts.pinOfMaker(lock.name));
	return lock.own?.pin === pin ? undefined : pinFor(lock, pin, 'given');
}

function pinFor({ name, rules, others }: PinLock, pin: string, origin: texts.PinOrigin): PinChoice {
	const rule = brokenRule(rules, pin, others);
	if (rule !== undefined) return new Failure(texts.pinNotAllowed(name, rule, origin));
	const taken = others.find((code) => code.pin === pin);
	return taken === undefined ? pin : new Failure(texts.pinInUse(name, origin, taken));
}

/** The first computed PIN that all these locks accept and that is free on them. */
function computedPin(
	{ reference, secret }: Omit<PinWish, 'pin'>,
	locks: readonly Keypad[],
): string | Failure {
	const length = usualLength(locks);
	const group = locks.filter(({ rules: { lengths } }) => allows(lengths, length));
	for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
		const pin = computed(secret, reference, attempt, length);
		if (isPlainPin(pin)) continue;
		const isRenamed = group.some(({ others }) => namelessCode(others, pin) !== undefined);
		if (isRenamed || group.every((lock) => accepts(lock, pin))) return pin;
	}
	return new Failure(texts.noPinLeft());
}

function accepts({ rules, others }: Keypad, pin: string): boolean {
	// Schlage's rule may also be about the digits of one PIN
	const isStrict = rules.constraints.has('unique_first_four_digits');
	if (isStrict && new Set(pin.slice(0, 4)).size < 4) return false;
	return brokenRule(rules, pin, others) === undefined && !others.some((code) => code.pin === pin);
}

/**
 * A code without a common code key that has this booking's computed PIN. It is almost certainly the
 * booking's own, whose name somebody changed on a server that keeps no such key.
 */
function namelessCode(codes: readonly AccessCode[], pin: Failure | string): AccessCode | undefined {
	return codes.find((code) => code.pin === pin && isNameless(code));
}

/** A guest's code has an end; another one may have a computed PIN by chance. */
function isNameless(code: AccessCode): boolean {
	return code.endsAtMs !== null && (code.commonCodeKey === null || referenceOf(code) === null);
}

/** A code on a lock that may be that of the booking, although its name does not say so. */
export function maybeRenamedCode(
	codes: readonly AccessCode[],
	rules: CodeRules,
	wish: Omit<PinWish, 'pin'>,
): AccessCode | undefined {
	const usual = rules.lengths.length > 0 ? rules.lengths : [USUAL_LENGTH];
	return renamedCode(codes, rules, wish, [...usual, ...formerLengths(codes, rules)]);
}

/** A code without a key that has the booking's computed PIN of one of these lengths. */
function renamedCode(
	others: readonly AccessCode[],
	rules: CodeRules,
	wish: Omit<PinWish, 'pin'>,
	lengths: readonly number[],
): AccessCode | undefined {
	// the PINs cost hashes, and most locks have no such code
	if (!others.some(isNameless)) return undefined;
	return lengths
		.map((length) => {
			const keypad = { others, rules: { ...rules, lengths: [length] } };
			return namelessCode(others, computedPin(wish, [keypad]));
		})
		.find((code) => code !== undefined);
}

/**
 * Lengths that the booking's PIN may have had when its code was made: the lock, or the others of
 * the booking, may have accepted other ones. A short PIN that people may choose here is left out,
 * because theirs may be the same by chance.
 */
function formerLengths(codes: readonly AccessCode[], { lengths }: CodeRules): number[] {
	const found = new Set(codes.flatMap(({ pin }) => pin?.length ?? []));
	return [...found]
		.filter(isPinLength)
		.filter((length) => length >= USUAL_LENGTH || !allows(lengths, length));
}

/** The length that most of the locks allow: of those six digits, or else as few as possible. */
function usualLength(locks: readonly Keypad[]): number {
	const candidates = [USUAL_LENGTH, ...locks.flatMap(({ rules }) => rules.lengths)];
	const countOf = (length: number) =>
		locks.filter(({ rules: { lengths } }) => allows(lengths, length)).length;
	const most = Math.max(...candidates.map(countOf));
	const best = candidates.filter((length) => countOf(length) === most);
	return best[0] === USUAL_LENGTH ? USUAL_LENGTH : Math.min(...best);
}

function allows(lengths: readonly number[], length: number): boolean {
	return lengths.length === 0 || lengths.includes(length);
}

const BYTES_OF_A_PIN = 6;

function computed(secret: string, reference: string, attempt: number, length: number): string {
	const hash = createHmac('sha256', secret).update(`${reference}\n${attempt}`).digest();
	return String(hash.readUIntBE(0, BYTES_OF_A_PIN) % 10 ** length).padStart(length, '0');
}
