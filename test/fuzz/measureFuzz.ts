import { inWords, settingOf, today, writeFigures } from '../support/figures';
import type { MemoryWire } from '../support/memoryWire';
import { describeFinding, type Found } from './fuzz';
import { fuzzCases, startFuzzWire } from './fuzzCases';

// `npm run fuzz -- --seed 123 --runs 1000`
const RUNS = settingOf('runs', 1_000_000);
const SEED = settingOf('seed', Math.floor(Math.random() * 2 ** 31));
/** The maximum time per input, including shrinking and a busy machine. */
const LONGEST_MS = 20;

let wire: MemoryWire;
const cases = fuzzCases(() => wire);

beforeAll(async () => {
	wire = await startFuzzWire();
});
afterAll(() => wire.close());

it(
	`${inWords(RUNS)} inputs, seed ${SEED}`,
	async () => {
		const runs = Math.ceil(RUNS / cases.length);
		const found: Found[] = [];
		for (const { name, find } of cases) {
			const outcome = await find(runs, SEED);
			process.stdout.write(`${name}: ${outcome.findings.length} findings\n`);
			found.push(outcome);
		}
		const findings = found.flatMap((each) => each.findings);
		const read = found.reduce((sum, each) => sum + each.read, 0);
		writeFigures(
			'fuzz',
			`${today()}, seed ${SEED}: ${inWords(runs * cases.length)} inputs for ${cases.length} readers of answers, events and deliveries. Of ${inWords(read)} more than an error came.\n` +
				`Rules broken: ${findings.length}.`,
		);
		const seen = findings.map(describeFinding).join('\n\n');
		process.stdout.write(`\nSeed ${SEED}: ${findings.length} findings\n\n${seen}\n`);
		expect(findings).toHaveLength(0);
	},
	60_000 + RUNS * LONGEST_MS,
);
