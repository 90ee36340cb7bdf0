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

/**
 * What `work` gives; `undefined` when it takes longer, or the execution is stopped. The work itself goes on. Its
 * time is real time, as that of a request's time-out is.
 */
export async function within<Result>(
	work: Promise<Result>,
	milliseconds: number,
	signal: AbortSignal | undefined,
): Promise<Result | undefined> {
	const ends = [AbortSignal.timeout(Math.max(0, Math.ceil(milliseconds))), signal];
	let giveUp = () => {};
	const givenUp = new Promise<undefined>((resolve) => {
		giveUp = () => resolve(undefined);
	});
	for (const end of ends) end?.addEventListener('abort', giveUp);
	if (signal?.aborted) giveUp();
	try {
		return await Promise.race([work, givenUp]);
	} finally {
		for (const end of ends) end?.removeEventListener('abort', giveUp);
	}
}
