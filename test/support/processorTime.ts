export const MEGABYTE = 1024 * 1024;

/** How long a megabyte may block n8n's only thread. */
const MOST_MS = 50;
const TRIES = 20;

/**
 * `undefined` if something is fast enough, else its milliseconds of processor time, which other
 * work on the machine hardly affects. One good try is enough: the first ones compile, and any may
 * meet the garbage collector.
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
