/** Guards for values from the network, whose shape is not certain. */

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty object. */
export function recordOf(value: unknown): Record<string, unknown> {
	return isRecord(value) ? value : {};
}

/** The list, or an empty one. */
export function arrayOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** The text; `undefined` when it is missing or empty. */
export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The entry of a table. Inherited properties such as `constructor` are not entries. */
export function entryOf<Entry>(table: Record<string, Entry>, word: unknown): Entry | undefined {
	return typeof word === 'string' && Object.hasOwn(table, word) ? table[word] : undefined;
}

/** The usable entries of a list; `undefined` when it is not a list or holds no usable entry. */
export function entriesOf<Entry>(
	value: unknown,
	entryFrom: (entry: unknown) => Entry | undefined,
): Entry[] | undefined {
	if (!Array.isArray(value)) return undefined;
	const entries = value.map(entryFrom).filter((entry) => entry !== undefined);
	return entries.length > 0 || value.length === 0 ? entries : undefined;
}
