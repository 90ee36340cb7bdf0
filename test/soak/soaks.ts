import { Chance } from './chance';
import { PolledSoak, type PolledWorld, type SoakReport } from './polledSoak';
import { seamWorld, smartcarWorld, volvoWorld } from './polledWorlds';
import { soakPushed } from './pushedSoak';

type Soak = (seed: number, days: number) => Promise<SoakReport>;

const polled =
	(start: () => Promise<PolledWorld>): Soak =>
	async (seed, days) => {
		const world = await start();
		try {
			return await new PolledSoak(world, new Chance(seed)).run(days);
		} finally {
			await world.rig.close();
		}
	};

/** Every trigger. */
export const SOAKS: Array<{ name: string; soak: Soak }> = [
	{ name: 'Seam, polled', soak: polled(seamWorld) },
	{ name: 'Volvo v2, polled', soak: polled(volvoWorld) },
	{ name: 'Smartcar v3, polled', soak: polled(async () => await smartcarWorld('v3')) },
	{ name: 'Smartcar v2.0, polled', soak: polled(async () => await smartcarWorld('v2')) },
	{
		name: 'Seam, pushed',
		soak: async (seed, days) => await soakPushed('seam', new Chance(seed), days),
	},
	{
		name: 'Smartcar, pushed',
		soak: async (seed, days) => await soakPushed('smartcar', new Chance(seed), days),
	},
];
