/** Guards for values that came over the wire, of which nothing is certain. */

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one. */
export function recordOf(value: unknown): Record<string, unknown> {
	return isRecord(value) ? value : {};
}

/** The text, unless there is none or it is empty. */
export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What a table says about a word. Every object inherits entries such as `constructor`, which are none of the table's. */
export function entryOf<Entry>(table: Record<string, Entry>, word: unknown): Entry | undefined {
	return typeof word === 'string' && Object.hasOwn(table, word) ? table[word] : undefined;
}

/** What is found in the entries of a list; `undefined` when it is no list, or holds entries of another kind only. */
export function entriesOf<Entry>(
	value: unknown,
	entryFrom: (entry: unknown) => Entry | undefined,
): Entry[] | undefined {
	if (!Array.isArray(value)) return undefined;
	const entries = value.map(entryFrom).filter((entry) => entry !== undefined);
	return entries.length > 0 || value.length === 0 ? entries : undefined;
}
