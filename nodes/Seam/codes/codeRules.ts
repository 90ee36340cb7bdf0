import { arrayOf, entryOf, recordOf, textOf } from '../../shared/basics/guards';
import type { FailureFacts } from '../../shared/model/failure';
import { parseSeamDevice } from '../api/seamDevice';
import { problemForPerson } from '../api/seamProblems';
import type { AccessCode } from './accessCode';
import type { CodeLock } from './codeLocks';

const SHORTEST_PIN = 4;
const LONGEST_PIN = 12;

/** What a lock accepts as a code. */
export interface CodeRules {
	/** Lengths of PINs, ascending. Empty if Seam names none. */
	lengths: readonly number[];
	/** Seam's words, such as `no_zeros`. */
	constraints: ReadonlySet<string>;
	/** How many codes the lock can hold, if known. */
	mostCodes: number | undefined;
	/** The maker chooses the PIN, as for Salto KS and dormakaba Oracode. */
	isPinOfMaker: boolean;
}

/** Source: OpenAPI of Seam, `device.properties` (August 2026). */
export function rulesOf({ raw }: Pick<CodeLock, 'raw'>): CodeRules {
	const properties = recordOf(raw.properties);
	const constraints = new Set(
		arrayOf(properties.code_constraints).flatMap(
			(constraint) => textOf(recordOf(constraint).constraint_type) ?? [],
		),
	);
	const most = properties.max_active_codes_supported;
	return {
		lengths: arrayOf(properties.supported_code_lengths)
			.filter((length) => typeof length === 'number')
			.filter(isPinLength)
			.sort((one, other) => one - other),
		constraints,
		mostCodes: typeof most === 'number' ? most : undefined,
		isPinOfMaker: constraints.has('cannot_specify_pin_code'),
	};
}

export function isPinLength(length: number): boolean {
	return length >= SHORTEST_PIN && length <= LONGEST_PIN;
}

/** Why no code can be put on this lock, before anything is sent. */
export function codesProblem({ name, raw }: CodeLock): FailureFacts | undefined {
	const isAble = raw.can_program_online_access_codes;
	if (isAble === true) return undefined;
	const problem = problemForPerson(parseSeamDevice(raw)?.errorCodes ?? []);
	if (problem !== undefined) {
		const what = `"${name}" cannot be given codes: ${problem.what}`;
		return { ...problem, what, notExecuted: true };
	}
	if (isAble === false) {
		// Seam takes a code for an offline lock, and puts it on the lock when it is back
		if (recordOf(raw.properties).online === false) return undefined;
		return {
			reason: 'offline',
			what: `"${name}" cannot be given codes at the moment`,
			userAction: 'Check its keypad, bridge and network; the Seam Console shows its state',
			notExecuted: true,
		};
	}
	return {
		reason: 'notSupported',
		what: `"${name}" cannot be given codes through Seam`,
		userAction: 'Choose a lock with a keypad that Seam can program, or connect its bridge',
		notExecuted: true,
	};
}

interface Rule {
	/** Continues "the lock accepts only PINs". */
	words: string;
	isBroken(pin: string, others: readonly AccessCode[]): boolean;
}

/**
 * Rules about PINs. Source: OpenAPI of Seam, `code_constraints`, whose words are not explained.
 * Where one has two meanings, both hold: Brivo's `no_triple_consecutive_ints`. Schlage compares the
 * first four digits of all codes of the lock.
 */
const RULES: Record<string, Rule> = {
	no_zeros: { words: 'without a 0', isBroken: (pin) => pin.includes('0') },
	cannot_start_with_12: {
		words: 'that do not begin with 12',
		isBroken: (pin) => pin.startsWith('12'),
	},
	no_triple_consecutive_ints: {
		words: 'without three equal or consecutive digits in a row',
		isBroken: (pin) => [0, 1, -1].some((step) => hasRun(pin, step, 3)),
	},
	no_ascending_or_descending_sequence: {
		words: 'that are not one sequence of digits',
		isBroken: (pin) => [1, -1].some((step) => hasRun(pin, step, pin.length)),
	},
	at_least_three_unique_digits: {
		words: 'with at least three different digits',
		isBroken: (pin) => new Set(pin).size < 3,
	},
	cannot_contain_089: { words: 'without 0, 8 and 9', isBroken: (pin) => hasAny(pin, '089') },
	cannot_contain_0789: { words: 'without 0, 7, 8 and 9', isBroken: (pin) => hasAny(pin, '0789') },
	unique_first_four_digits: {
		words: 'whose first four digits are those of no other code on it',
		isBroken: (pin, others) => others.some((code) => code.pin?.slice(0, 4) === pin.slice(0, 4)),
	},
	no_all_same_digits: {
		words: 'with at least two different digits',
		isBroken: (pin) => new Set(pin).size < 2,
	},
};

/**
 * The rule of a lock that a PIN breaks, as it continues "the lock accepts only PINs".
 * @param others The other codes of the lock.
 */
export function brokenRule(
	{ lengths, constraints }: CodeRules,
	pin: string,
	others: readonly AccessCode[],
): string | undefined {
	if (lengths.length > 0 && !lengths.includes(pin.length)) {
		const fewer = lengths.slice(0, -1).join(', ');
		return `of ${[fewer, ...lengths.slice(-1)].filter(Boolean).join(' or ')} digits`;
	}
	const rules = [...constraints].map((constraint) => entryOf(RULES, constraint));
	return rules.find((rule) => rule?.isBroken(pin, others))?.words;
}

/** Whether people would try this PIN first, or a strict lock might reject it. */
export function isPlainPin(pin: string): boolean {
	const isGuessable = [0, 1, -1].some((step) => hasRun(pin, step, 3));
	return isGuessable || new Set(pin.slice(0, 4)).size < 3;
}

/** Whether `length` digits in a row differ by `step`. */
function hasRun(pin: string, step: number, length: number): boolean {
	let run = 0;
	for (const [at, digit] of [...pin].entries()) {
		run = Number(digit) - Number(pin[at - 1]) === step ? run + 1 : 1;
		if (run >= length) return true;
	}
	return false;
}

function hasAny(pin: string, digits: string): boolean {
	return [...digits].some((digit) => pin.includes(digit));
}
