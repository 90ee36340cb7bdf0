import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MS = 90_000;
const PAUSE_MS = 250;

/** Asks until there is an answer. */
export async function eventually<Answer>(
	what: string,
	ask: () => Promise<Answer | undefined>,
	timeoutMs = WAIT_MS,
): Promise<Answer> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}`);
		await sleep(PAUSE_MS);
	}
}
