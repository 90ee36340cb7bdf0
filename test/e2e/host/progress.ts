/** A person who sees nothing for longer wonders whether it has stopped. */
const HEARTBEAT_MS = 4_000;

/** Says a sentence to a person who waits. */
export type Say = (sentence: string) => void;

/** Unlike `console.error` also seen while a test runs. */
export const sayAtOnce: Say = (sentence) => void process.stderr.write(`${sentence}\n`);

const secondsSince = (startMs: number): string => `${Math.round((Date.now() - startMs) / 1000)} s`;

/** Announces what is being done and shows that it still runs. */
export async function withProgress<Result>(
	say: Say,
	sentence: string,
	work: () => Promise<Result>,
): Promise<Result> {
	const startMs = Date.now();
	say(`${sentence} ...`);
	const heartbeat = setInterval(() => say(`  still at it, ${secondsSince(startMs)}`), HEARTBEAT_MS);
	try {
		const result = await work();
		say(`  done in ${secondsSince(startMs)}`);
		return result;
	} finally {
		clearInterval(heartbeat);
	}
}
