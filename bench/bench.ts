import { parseArgs } from 'node:util';

import { describeRows, writeDocument } from './document';
import { MEASURES } from './measures';
import type { Row, Size } from './row';

const USAGE = 'Usage: npm run bench -- [--smoke] [--only NAME[,NAME]]';
const EXIT_MISUSED = 2;

function readCommandLine() {
	const { values } = parseArgs({
		options: { smoke: { type: 'boolean', default: false }, only: { type: 'string' } },
	});
	const names = values.only?.split(',') ?? MEASURES.map(({ name }) => name);
	const unknown = names.find((name) => !MEASURES.some((measure) => measure.name === name));
	if (unknown !== undefined) {
		const known = MEASURES.map(({ name }) => name).join(', ');
		throw new TypeError(`There is no measure "${unknown}". Use some of: ${known}`);
	}
	const size: Size = values.smoke ? 'smoke' : 'full';
	return { measures: MEASURES.filter(({ name }) => names.includes(name)), size };
}

function commandLineOrExit() {
	try {
		return readCommandLine();
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		console.error(`${error.message}\n${USAGE}`);
		return process.exit(EXIT_MISUSED);
	}
}

/** Measures, prints a table, and writes the document when everything was measured in full. */
async function main(): Promise<void> {
	const { measures, size } = commandLineOrExit();
	const rows: Row[] = [];
	for (const measure of measures) {
		console.log(`Measuring ${measure.name} …`);
		rows.push(...(await measure.run(size)));
	}
	console.log(`\n${describeRows(rows)}`);
	if (size === 'full' && measures.length === MEASURES.length) writeDocument(rows);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
