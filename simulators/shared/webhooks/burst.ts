import { z } from 'zod';
import { createRandom, DEFAULT_SEED } from './seededRandom';

export const BURST_TRAITS = z
	.object({
		/** Additional deliveries, as a share of the messages. Each repeats one of them. */
		repeatShare: z.number().min(0).max(10).default(0),
		/** How many places a delivery may be moved from its own. */
		disorder: z.number().nonnegative().default(0),
		/** The same seed gives the same repeats and the same order. */
		seed: z.number().int().default(DEFAULT_SEED),
		/** Deliveries in progress at the same time. */
		concurrency: z.number().int().positive().max(100).default(10),
		/** How far the simulator's clock is advanced after each change. */
		stepSeconds: z.number().nonnegative().default(1),
	})
	.strict();

export type BurstTraits = z.output<typeof BURST_TRAITS>;

/** Which messages to deliver, in which order. */
export function planBurst(
	messageIds: readonly string[],
	{ repeatShare, disorder, seed }: Pick<BurstTraits, 'repeatShare' | 'disorder' | 'seed'>,
): string[] {
	const random = createRandom(seed);
	const count = messageIds.length === 0 ? 0 : Math.round(messageIds.length * repeatShare);
	const repeated = Array.from({ length: count }, () => Math.floor(random() * messageIds.length));
	const places = [...messageIds.keys(), ...repeated];
	return places
		.map((index) => ({ index, place: index + random() * disorder }))
		.sort((one, other) => one.place - other.place)
		.flatMap(({ index }) => messageIds[index] ?? []);
}

/** Runs the task on all items in their order, with a limited number at a time. */
export async function runBounded<Item>(
	items: readonly Item[],
	concurrency: number,
	task: (item: Item) => Promise<unknown>,
): Promise<void> {
	const queue = items.values();
	const work = async () => {
		for (const item of queue) await task(item);
	};
	await Promise.all(Array.from({ length: concurrency }, work));
}
