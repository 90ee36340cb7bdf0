import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MS = 90_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 1_000;

/** Asks until there is an answer: less often after a while, because answers cost n8n time. */
export async function eventually<Answer>(
	what: string,
	ask: () => Promise<Answer | undefined>,
	timeoutMs = WAIT_MS,
): Promise<Answer> {
	const startMs = Date.now();
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		const waitedMs = Date.now() - startMs;
		if (waitedMs > timeoutMs) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}`);
		await sleep(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS + waitedMs / 10));
	}
}
