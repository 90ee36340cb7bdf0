// The figures and survivors, as docs/mutation.md has them.
import { readFileSync, writeFileSync } from 'node:fs';

/** What a mutant changes: `old → new`. */
export function changeOf(source, location, replacement) {
	return `${oneLine(textAt(source, location))} → ${oneLine(replacement)}`;
}

function textAt(source, { start, end }) {
	const lines = source.split('\n').slice(start.line - 1, end.line);
	lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
	lines[0] = lines[0].slice(start.column - 1);
	return lines.join('\n');
}

function oneLine(text) {
	const line = text.replace(/\s+/g, ' ').trim();
	return `\`${line.length > 70 ? `${line.slice(0, 70)}…` : line}\``;
}

export function entryOf(file, text) {
	return `\`${file.replace('nodes/', '')}\`: ${text}`;
}

/** With the 95 % confidence interval of a sample, by Wilson's formula. */
export function scoreOf(killed, count, isSample) {
	if (count === 0) return '–';
	const percent = (share) => `${(100 * share).toFixed(1)} %`;
	const score = killed / count;
	if (!isSample) return percent(score);
	const squared = 1.96 ** 2;
	const middle = score + squared / (2 * count);
	const half = Math.sqrt(squared * ((score * (1 - score)) / count + squared / (4 * count ** 2)));
	const [low, high] = [middle - half, middle + half].map((end) => end / (1 + squared / count));
	return `${percent(score)} (${percent(low)} to ${percent(high)})`;
}

/** Writes a row of the table in docs/mutation.md, in place of an older one about the same. */
export function writeRow(document, cells) {
	const [begin, end] = ['<!-- figures -->\n', '<!-- end of figures -->'];
	const text = readFileSync(document, 'utf8');
	const [before, rest] = text.split(begin);
	const [table, after] = rest.split(end);
	const row = `| ${cells.join(' | ')} |`;
	const isSame = (line) => line.startsWith(`| ${cells[0]} | ${cells[1]} |`);
	const rows = table.split('\n').filter((line) => line !== '' && !isSame(line));
	writeFileSync(document, `${before}${begin}${[...rows, row].join('\n')}\n${end}${after}`);
}
