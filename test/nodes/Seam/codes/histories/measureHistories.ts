import fc from 'fast-check';

import { inWords, settingOf, today, writeFigures } from '../../../../support/figures';
import { histories } from './history';
import { judge } from './judge';
import { MemorySeam } from './memorySeam';

// `npm run codes-histories -- --seed 123 --runs 1000`
const RUNS = settingOf('runs', 100_000);
const SEED = settingOf('seed', Math.floor(Math.random() * 2 ** 31));
/** The maximum time per history, including shrinking and a busy machine. */
const LONGEST_MS = 2000;

let seam: MemorySeam;

beforeAll(async () => {
	seam = await MemorySeam.start();
});
afterAll(async () => await seam.close());

it(
	`${inWords(RUNS)} histories of guest codes, seed ${SEED}`,
	async () => {
		const property = fc.asyncProperty(histories, async (history) => await judge(seam, history));
		const outcome = await fc.check(property, { numRuns: RUNS, seed: SEED });
		const lived = `${inWords(outcome.numRuns)} histories`;
		writeFigures(
			'histories',
			`${today()}, seed ${SEED}: ${lived}.\nRules broken: ${outcome.failed ? 1 : 0}.`,
		);
		if (outcome.failed) throw new Error(await fc.asyncDefaultReportMessage(outcome));
		process.stdout.write(`Seed ${SEED}: ${lived}, no rule broken\n`);
	},
	60_000 + RUNS * LONGEST_MS,
);
