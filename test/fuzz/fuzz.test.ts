import type { MemoryWire } from '../support/memoryWire';
import { describeFinding } from './fuzz';
import { fuzzCases, startFuzzWire } from './fuzzCases';

/** The same inputs in every run. `npm run fuzz` generates others, and a million of them. */
const SEED = 20261121;
const RUNS = 10_000;

let wire: MemoryWire;
const cases = fuzzCases(() => wire);

beforeAll(async () => {
	wire = await startFuzzWire();
});
afterAll(() => wire.close());

it.each(cases)('$name: nothing false, nothing secret, nothing unexpected', async ({ find }) => {
	const runs = Math.ceil(RUNS / cases.length);
	const { findings, read } = await find(runs, SEED);
	expect(findings.map(describeFinding)).toEqual([]);
	// an input that is always refused proves nothing
	expect(read).toBeGreaterThan(runs / 20);
});
