export const MEGABYTE = 1024 * 1024;

/** So long may a megabyte keep the one thread of n8n busy. */
const MOST_MS = 50;
const TRIES = 20;

/**
 * `undefined` when something is quick enough, else how many milliseconds of processor time it takes: those, other work
 * on the machine lengthens little. One good try is enough, because the first ones compile, and any may meet the
 * garbage collector.
 */
export function tooLong(work: () => unknown): number | undefined {
	let best = Infinity;
	for (let tries = 0; tries < TRIES; tries++) {
		const before = process.cpuUsage();
		work();
		const { user, system } = process.cpuUsage(before);
		best = Math.min(best, (user + system) / 1000);
		if (best <= MOST_MS) return undefined;
	}
	return best;
}
