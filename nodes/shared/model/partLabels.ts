import type { Openness, SecurePart, UnnamedPart } from './reading';

/** `rearLeft` → `rear left door`; the single door of a lock is `door`. */
export function doorLabel(part: string): string {
	return part === 'door' ? 'door' : `${inWords(part)} door`;
}

export function windowLabel(part: string): string {
	return `${inWords(part)} window`;
}

/** `frontTrunk` → `front trunk`. */
export function openingLabel(part: string): string {
	return inWords(part);
}

/** Longer than any part name. The text may come from a service. */
const MAX_PART_CHARACTERS = 100;

function inWords(part: string): string {
	return part
		.slice(0, MAX_PART_CHARACTERS)
		.replace(/^row3/, 'third row ')
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.replace(/[\s_-]+/g, ' ')
		.toLowerCase();
}

/** One set for each kind. */
export const NOUNS: Record<SecurePart, string> = {
	doors: 'door',
	windows: 'window',
	trunk: 'opening',
	sunroof: 'sunroof',
};

/** Service names for flaps that nobody can enter by. */
const FLAPS = /charg|fuel|tank|plug/i;
const KINDS: Array<[words: RegExp, kind: SecurePart]> = [
	[/window/i, 'windows'],
	[/roof/i, 'sunroof'],
	[/door/i, 'doors'],
	[/lid|gate|hood|bonnet|trunk|boot/i, 'trunk'],
];

/** The kind of part that a service's name suggests; `undefined` for a flap. */
export function kindOfWord(word: string, otherwise: SecurePart): SecurePart | undefined {
	if (FLAPS.test(word)) return undefined;
	return KINDS.find(([words]) => words.test(word))?.[1] ?? otherwise;
}

/** Anything longer or with other characters is not repeated in a sentence. */
const PLAIN_WORD = /^[a-z][\w -]{0,39}$/i;

/** A part named by the service; `backCenter` → `back center door`. */
export function unnamedPart(kind: SecurePart, word: unknown, openness: Openness): UnnamedPart {
	const noun = NOUNS[kind];
	if (typeof word !== 'string' || !PLAIN_WORD.test(word)) {
		return { kind, label: `unidentified ${noun}`, openness };
	}
	// `slidingdoors` is a code of the kind `closure-doors`
	const words = inWords(word)
		.replace(/ open$/, '')
		.replace(/ ?(door|window)s?$/, ' $1')
		.trim();
	const isComplete = kind === 'trunk' || words.includes(noun);
	return { kind, label: isComplete ? words : `${words} ${noun}`, openness };
}
