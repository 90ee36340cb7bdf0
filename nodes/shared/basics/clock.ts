import { sleep } from 'n8n-workflow';

export interface Clock {
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

/** Every wait and every time in this pack uses this clock; tests replace its methods. */
export const clock: Clock = { now: () => Date.now(), sleep };

const CANCEL_CHECK_MS = 500;

/** Waits in short steps, because n8n's `sleep` continues after the execution was stopped. */
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
 * The result of `work`, or `undefined` when it takes longer or the execution is stopped. The work
 * itself is not cancelled. This uses real time, as a request's time-out does.
 */
export async function withTimeout<Result>(
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
