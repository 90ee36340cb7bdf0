import { parseArgs } from 'node:util';

import { describeRows, writeDocument } from './document';
import { MEASURES } from './measures';
import type { Measure, Row, Size } from './row';

const USAGE = 'Usage: npm run bench -- [--smoke] [--only NAME[,NAME]] [--skip NAME[,NAME]]';
const EXIT_MISUSED = 2;

const known = MEASURES.map(({ name }) => name);

function namesIn(list: string | undefined, otherwise: readonly string[]): readonly string[] {
	const names = list?.split(',') ?? otherwise;
	const unknown = names.find((name) => !known.includes(name));
	if (unknown === undefined) return names;
	throw new TypeError(`There is no measure "${unknown}". Use some of: ${known.join(', ')}`);
}

function readCommandLine() {
	const { values } = parseArgs({
		options: {
			smoke: { type: 'boolean', default: false },
			only: { type: 'string' },
			skip: { type: 'string' },
		},
	});
	const [wanted, skipped] = [namesIn(values.only, known), namesIn(values.skip, [])];
	const size: Size = values.smoke ? 'smoke' : 'full';
	const isWanted = ({ name }: Measure) => wanted.includes(name) && !skipped.includes(name);
	return { measures: MEASURES.filter(isWanted), size };
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

/** Measures, prints a table, and writes the document if everything was measured in full. */
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
