import { Chance } from './chance';
import { PolledSoak, type PolledWorld } from './polledSoak';
import { seamWorld, smartcarWorld, volvoWorld } from './polledWorlds';

/** The same day in every run; `npm run soak` goes on for weeks. */
const SEED = 20261121;
const DAYS = 1;

const NOTHING_WRONG = { lost: 0, doubled: 0, disordered: 0, untrue: 0 };

const WORLDS: Array<[string, () => Promise<PolledWorld>]> = [
	['Seam', seamWorld],
	['Volvo v2', volvoWorld],
	['Smartcar v2.0', async () => await smartcarWorld('v2')],
	['Smartcar v3', async () => await smartcarWorld('v3')],
];

it.each(WORLDS)('%s, polled through faults, crashes and clock jumps', async (_name, start) => {
	const world = await start();
	const report = await new PolledSoak(world, new Chance(SEED)).run(DAYS);
	await world.home.close();
	expect(report.complaints).toEqual([]);
	expect(report.counts).toMatchObject(NOTHING_WRONG);
	expect(report.counts.expected).toBeGreaterThan(5);
	console.log(report);
}, 60_000);
