import { clock, sleepUnlessCancelled } from '../../shared/basics/clock';
import { attempt, Failure } from '../../shared/model/failure';
import type { AccessCode } from './accessCode';
import type { CodeRun } from './codeRun';

/** Pauses between questions about a code that is being programmed or erased, in milliseconds. */
const PAUSES = { first: 2000, growth: 1.5, longest: 15_000 };

interface Following {
	/** Whether more can happen to the code. */
	isOpen(code: AccessCode): boolean;
	/** Another code to follow when this one is gone. */
	whenGone?(): Promise<AccessCode | undefined>;
}

/**
 * Asks about a code as long as more can happen to it, and no longer than so many seconds.
 * @returns The code as Seam last showed it. `undefined` = it is gone.
 */
export async function followCode(
	{ session, requests, meter }: CodeRun,
	start: AccessCode | undefined,
	seconds: number,
	following: Following,
): Promise<AccessCode | undefined> {
	const { cancelSignal } = session.client;
	const deadlineMs = clock.now() + seconds * 1000;
	let code = start;
	let pauseMs = PAUSES.first;
	while (code !== undefined && following.isOpen(code) && clock.now() < deadlineMs) {
		const { id } = code;
		await sleepUnlessCancelled(Math.min(pauseMs, deadlineMs - clock.now()), cancelSignal);
		if (cancelSignal?.aborted) break;
		pauseMs = Math.min(pauseMs * PAUSES.growth, PAUSES.longest);
		const asked = await attempt(async () => await requests.get(id, meter));
		// what was read before stands, and the next question may be answered
		if (!(asked instanceof Failure)) code = asked ?? (await following.whenGone?.());
	}
	return code;
}
