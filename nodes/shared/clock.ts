import { sleep } from 'n8n-workflow';

/** Unix time in milliseconds, and a wait. */
export interface Clock {
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

/** The clock of every wait and every time in this pack; tests put their own methods in. */
export const clock: Clock = { now: () => Date.now(), sleep };

const CANCEL_CHECK_MS = 500;

/** Waits in short steps, because n8n's `sleep` goes on after the execution was stopped. */
export async function sleepUnlessCancelled(
	milliseconds: number,
	signal: AbortSignal | undefined,
): Promise<void> {
	const end = clock.now() + milliseconds;
	for (let left = milliseconds; left > 0 && !signal?.aborted; left = end - clock.now()) {
		await clock.sleep(Math.min(left, CANCEL_CHECK_MS));
	}
}
