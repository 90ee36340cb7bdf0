import fc from 'fast-check';

import { histories } from './history';
import { judge } from './judge';
import { MemorySeam } from './memorySeam';

/** The same histories in every run. `npm run codes-histories` lives others, and more of them. */
const SEED = 20261129;
const RUNS = 1000;

let seam: MemorySeam;

beforeAll(async () => {
	seam = await MemorySeam.start();
});
afterAll(async () => await seam.close());

it('every lock holds exactly the codes of its bookings, whatever happened', async () => {
	await fc.assert(
		fc.asyncProperty(histories, async (history) => await judge(seam, history)),
		{ numRuns: RUNS, seed: SEED },
	);
});
