export const MEGABYTE = 1024 * 1024;

/** How long a megabyte may block n8n's only thread. */
const MOST_MS = 50;
const TRIES = 20;

/** What {@link simpleWork} takes on an idle machine: 4.5 ms were measured at best. */
const SIMPLE_MS = 5;
const SIMPLE_TEXT = 'ab'.repeat(MEGABYTE / 2);

const simpleWork = (): unknown => JSON.parse(JSON.stringify(SIMPLE_TEXT));

/** Milliseconds of processor time, which other work on the machine affects less than the time. */
function processorTimeOf(work: () => unknown): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

/**
 * `undefined` if something is fast enough, else its milliseconds of processor time. One good try is
 * enough: the first ones compile, and any may meet the garbage collector. A processor that other
 * work shares is slower, too: simple work beside each try tells by how much.
 */
export function tooLong(work: () => unknown): number | undefined {
	let best = Infinity;
	for (let tries = 0; tries < TRIES; tries++) {
		const taken = processorTimeOf(work);
		if (taken <= MOST_MS) return undefined;
		const slowness = Math.max(1, processorTimeOf(simpleWork) / SIMPLE_MS);
		best = Math.min(best, taken / slowness);
		if (best <= MOST_MS) return undefined;
	}
	return best;
}
