import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FILE = path.resolve(__dirname, '../../docs/reliability.md');

/**
 * Writes the text between two markers of docs/reliability.md, `<!-- name -->` and `<!-- end of name
 * -->`.
 */
export function writeFigures(name: string, text: string): void {
	const section = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*(\n<!-- end of ${name} -->)`);
	const before = readFileSync(FILE, 'utf8');
	if (!section.test(before)) throw new Error(`docs/reliability.md has no place for "${name}"`);
	const after = before.replace(
		section,
		(_, start: string, end: string) => `${start}\n${text}\n${end}`,
	);
	writeFileSync(FILE, after);
}

/** A number passed to a script, as in `npm run fuzz -- --seed 1`: see scripts/measure.mjs. */
export function settingOf(name: string, fallback: number): number {
	const given = process.env[`MEASURE_${name.toUpperCase()}`];
	return given === undefined ? fallback : Number(given);
}

export const inWords = (count: number): string => count.toLocaleString('en');

/** The date of a measurement. */
export const today = (): string => new Date().toISOString().slice(0, 10);
