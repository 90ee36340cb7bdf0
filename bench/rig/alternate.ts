/** The cost of one run of a contender. */
export interface Cost {
	/** Milliseconds from start to end. */
	wallMs: number;
	/** Milliseconds of processor time of this process, its garbage collection included. */
	cpuMs: number;
}

export type Costs<Name extends string> = Record<Name, Cost[]>;

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
	// garbage of the previous contender must not count for this one. A full collection would hand
	// memory back to the system, which no poll does in real life, and make what follows twice as slow
	globalThis.gc?.({ type: 'minor' });
	const startedAt = performance.now();
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return { wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1000 };
}

/**
 * Runs the contenders in turn, `rounds` times after one warm-up round. Each round begins with
 * another one, so that none is always first.
 */
export async function takeTurns<Name extends string, Result>(
	rounds: number,
	contenders: Record<Name, () => Promise<Result>>,
): Promise<Record<Name, Result[]>> {
	const names = Object.keys(contenders) as Name[];
	const entries = names.map((name) => [name, [] as Result[]]);
	const results = Object.fromEntries(entries) as Record<Name, Result[]>;
	for (let round = 0; round <= rounds; round++) {
		const first = round % names.length;
		for (const name of [...names.slice(first), ...names.slice(0, first)]) {
			const result = await contenders[name]();
			if (round > 0) results[name].push(result);
		}
	}
	return results;
}

/** Like `takeTurns`, with the cost of each run in this process. */
export async function alternate<Name extends string>(
	rounds: number,
	contenders: Record<Name, () => Promise<unknown>>,
): Promise<Costs<Name>> {
	const names = Object.keys(contenders) as Name[];
	const timed = names.map((name) => [name, () => costOf(contenders[name])]);
	return await takeTurns(rounds, Object.fromEntries(timed) as Record<Name, () => Promise<Cost>>);
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2;
}

export const medianOf = (costs: readonly Cost[], what: keyof Cost): number =>
	median(costs.map((cost) => cost[what]));

/** The second divided by the first: the median over the rounds. */
export const ratio = (ours: readonly Cost[], others: readonly Cost[], what: keyof Cost): number =>
	median(ours.map((cost, round) => cost[what] / others[round]![what]));
