import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Table from 'cli-table3';

import { newestEdition } from '../test/e2e/host/edition';
import type { Row } from './row';

const FILE = path.resolve(__dirname, '../docs/performance.md');
const COLUMNS = ['Measure', 'This pack', 'Beside it', 'Mark', 'Reached'] as const;

const reached = ({ isReached }: Row): string =>
	isReached === null ? '' : isReached ? 'yes' : 'no';

const cellsOf = (row: Row): string[] => [row.measure, row.ours, row.others, row.mark, reached(row)];

/** The table for a terminal, with its notes below. */
export function describeRows(rows: readonly Row[]): string {
	const widths = [28, 26, 34, 24, 9];
	const style = { head: [], border: [] };
	const table = new Table({ head: [...COLUMNS], colWidths: widths, wordWrap: true, style });
	table.push(...rows.map(cellsOf));
	return [table.toString(), ...notesOf(rows)].join('\n');
}

/** Measures that share a note share its line. */
function notesOf(rows: readonly Row[]): string[] {
	const measures = new Map<string, string[]>();
	for (const { measure, note } of rows) {
		if (note !== undefined) measures.set(note, [...(measures.get(note) ?? []), `**${measure}**`]);
	}
	return [...measures].map(([note, names]) => `- ${names.join('; ')}: ${note}`);
}

const markdownRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function machine(): string {
	const [processor] = os.cpus();
	const memoryGb = Math.round(os.totalmem() / 1e9);
	return `${os.cpus().length} × ${processor?.model.trim() ?? 'unknown processor'}, ${memoryGb} GB, ${os.type()} ${os.arch()}`;
}

/** Writes `docs/performance.md` from the rows. */
export function writeDocument(rows: readonly Row[]): void {
	const { n8nVersion } = newestEdition();
	const today = new Date().toISOString().slice(0, 10);
	const text = `# Performance

What this pack costs beside what people would use instead, on the simulators of this repository. \`npm run bench\` measures it and writes this page;
\`npm run bench -- --smoke\` only proves that every measure runs.

- Measured on ${today}, on ${machine()}, with Node ${process.versions.node} and the engine and nodes of n8n ${n8nVersion}.
- Ratios are medians over rounds in which the contenders take turns in one process; the simulator runs in another one. Times alone would say
  more of the machine than of the nodes, so they stand beside a ratio only.
- *HTTP Request* is n8n's own node with the same credential, as a person would set it up. *Bare loop* is \`fetch\` with 50 requests under way
  and nothing else: no n8n, no credential store, no checks.

${markdownRow(COLUMNS)}
${markdownRow(COLUMNS.map(() => '---'))}
${rows.map((row) => markdownRow(cellsOf(row))).join('\n')}

How to read it:

${notesOf(rows).join('\n')}
`;
	writeFileSync(FILE, text);
}
