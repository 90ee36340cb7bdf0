/** A text without its escapes. */
export interface Unescaped {
	plain: string;
	/**
	 * Maps an index of `plain` to the original text. The length of `plain` maps to the original end.
	 */
	startOf: (index: number) => number;
}

const [AMPERSAND, BACKSLASH, PERCENT] = ['&', '\\', '%'].map((mark) => mark.charCodeAt(0));

/** The characters after a backslash in JSON. */
const LETTERS = new Map(
	['b\b', 'f\f', 'n\n', 'r\r', 't\t'].map((pair) => [pair.charAt(0), pair.charCodeAt(1)]),
);
const ENTITIES: Record<string, number> = {
	'amp;': 38,
	'apos;': 39,
	'gt;': 62,
	'lt;': 60,
	'quot;': 34,
};
const NAMED = Object.keys(ENTITIES);
const NUMBER_SIGN = '#'.charCodeAt(0);
const FIRST_LETTER = 'a'.charCodeAt(0);
const DIGITS = new Int8Array('f'.charCodeAt(0) + 1).fill(-1);
for (let value = 0; value < 16; value++) {
	const digit = value.toString(16);
	for (const each of [digit, digit.toUpperCase()]) DIGITS[each.charCodeAt(0)] = value;
}
/** A number in HTML, with its semicolon: `00038;`. */
const MOST_DIGITS = 8;

/**
 * Undoes the escapes of JSON (also of JSON inside JSON), of URLs and of HTML in one pass. The time
 * is linear in the length of the text. An escape that is cut off at the end is dropped.
 */
export function unescaped(text: string): Unescaped {
	const asItIs = { plain: text, startOf: (index: number) => index };
	if (!['&', '\\', '%'].some((mark) => text.includes(mark))) return asItIs;
	const codes = new Uint16Array(text.length);
	const starts = new Uint32Array(text.length + 1);
	let count = 0;
	for (let at = 0; at < text.length; count++) {
		starts[count] = at;
		const first = text.charCodeAt(at);
		const isBackslash = first === BACKSLASH;
		// a run of backslashes belongs to what follows it
		while (text.charCodeAt(at) === BACKSLASH) at++;
		const isMark = isBackslash || first === PERCENT || first === AMPERSAND;
		const escape = isMark ? escapeAt(text, at, isBackslash) : undefined;
		if (escape === 'cut') break;
		codes[count] = escape?.code ?? text.charCodeAt(at);
		at += escape?.length ?? 1;
	}
	// every escape has more than one character
	if (count === text.length) return asItIs;
	starts[count] = text.length;
	const plain = Buffer.from(codes.buffer, 0, count * 2).toString('utf16le');
	return { plain, startOf: (index) => starts[index]! };
}

type Escape = { code: number; length: number } | 'cut' | undefined;

/** @param isBackslash Whether backslashes precede it. */
function escapeAt(text: string, at: number, isBackslash: boolean): Escape {
	if (at >= text.length) return 'cut';
	const letter = text.charAt(at);
	// HTML and JSON leave the other's marks alone, so that backslashes may precede an entity
	if (letter === '%') return hexAt(text, at, 2);
	if (letter === '&') return entityAt(text, at);
	if (!isBackslash) return undefined;
	if (letter === 'u') return hexAt(text, at, 4);
	const code = LETTERS.get(letter);
	return code === undefined ? undefined : { code, length: 1 };
}

function hexAt(text: string, at: number, digits: number): Escape {
	let code = 0;
	for (let index = at + 1; index <= at + digits; index++) {
		if (index >= text.length) return 'cut';
		const digit = digitAt(text, index);
		if (digit === -1) return undefined;
		code = code * 16 + digit;
	}
	return { code, length: digits + 1 };
}

/**
 * A hexadecimal digit, or -1. Looked up, because parsing substrings as numbers is many times
 * slower.
 */
function digitAt(text: string, index: number): number {
	return DIGITS[text.charCodeAt(index)] ?? -1;
}

function entityAt(text: string, at: number): Escape {
	const next = text.charCodeAt(at + 1);
	if (next === NUMBER_SIGN) return numberAt(text, at);
	// most ampersands are not escapes
	if (next < FIRST_LETTER) return undefined;
	const name = NAMED.find((each) => text.startsWith(each, at + 1));
	if (name !== undefined) return { code: ENTITIES[name]!, length: name.length + 1 };
	return NAMED.some((each) => each.startsWith(text.slice(at + 1))) ? 'cut' : undefined;
}

/** `&#38;` or `&#x26;`. */
function numberAt(text: string, at: number): Escape {
	const isHex = text.charAt(at + 2).toLowerCase() === 'x';
	const begin = at + (isHex ? 3 : 2);
	const base = isHex ? 16 : 10;
	let code = 0;
	for (let index = begin; index < begin + MOST_DIGITS; index++) {
		if (index >= text.length) return 'cut';
		if (text.charAt(index) === ';') return { code, length: index + 1 - at };
		const digit = digitAt(text, index);
		if (digit === -1 || digit >= base) return undefined;
		code = code * base + digit;
	}
	return undefined;
}
