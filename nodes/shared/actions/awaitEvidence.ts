import { clock, sleepUnlessCancelled } from '../basics/clock';
import { reaches, type CommandProgress, type RequiredEvidence } from '../model/evidence';
import { attempt, Failure, type FailureReason } from '../model/failure';
import type { Pauses } from '../service/lockService';

export interface WaitForEvidence {
	required: RequiredEvidence;
	/** Deadline of the wait, Unix time in milliseconds, whatever has been reached by then. */
	deadlineMs: number;
	pauses: Pauses;
	cancelSignal: AbortSignal | undefined;
	/** Whether another question can bring more evidence. */
	canAsk(progress: CommandProgress): boolean;
	/**
	 * Asks once. Returns a failure if the service reports that the command was not carried out.
	 * Throws if no answer came by `deadlineMs`.
	 */
	ask(progress: CommandProgress, deadlineMs: number): Promise<CommandProgress | Failure>;
}

/** The last question is asked this long before the deadline. A shorter wait asks it halfway. */
const LAST_QUESTION_MS = 3000;

/** A retry cannot fix these. */
const LASTING: ReadonlySet<FailureReason> = new Set([
	'authentication',
	'permission',
	'notFound',
	'badRequest',
	'quotaExceeded',
]);

/**
 * Follows a command until it reaches the required evidence, no more can be learned, it was refused,
 * or its time is over. `disturbance` is why the last question got no answer.
 */
export async function awaitEvidence(
	start: CommandProgress,
	wait: WaitForEvidence,
): Promise<{ progress: CommandProgress | Failure; disturbance?: Failure }> {
	let progress = start;
	let disturbance: Failure | undefined;
	let pauseMs = wait.pauses.first;
	const lastQuestionAtMs = wait.deadlineMs - Math.min(LAST_QUESTION_MS, timeLeft(wait) / 2);
	while (!reaches(progress.evidence, wait.required) && wait.canAsk(progress)) {
		// the last pause is shortened, so that a change near the deadline is still seen
		const untilLastMs = lastQuestionAtMs - clock.now();
		const longestMs = untilLastMs > 0 ? untilLastMs : timeLeft(wait);
		await sleepUnlessCancelled(Math.min(pauseMs, longestMs), wait.cancelSignal);
		if (timeLeft(wait) <= 0 || wait.cancelSignal?.aborted) break;
		pauseMs = Math.min(pauseMs * wait.pauses.growth, wait.pauses.longest);

		const reply = await ask(progress, wait);
		if ('refused' in reply) return { progress: reply.refused };
		disturbance = 'disturbance' in reply ? reply.disturbance : undefined;
		if ('progress' in reply) {
			// once the service has no more to report, the device itself is asked
			if (reply.progress.followUp !== progress.followUp) pauseMs = wait.pauses.first;
			progress = reply.progress;
		} else if (LASTING.has(reply.disturbance.facts.reason)) break;
	}
	return { progress, disturbance };
}

type Reply = { progress: CommandProgress } | { refused: Failure } | { disturbance: Failure };

async function ask(progress: CommandProgress, wait: WaitForEvidence): Promise<Reply> {
	const reply = await attempt(async () => {
		const answer = await wait.ask(progress, wait.deadlineMs);
		return answer instanceof Failure ? { refused: answer } : { progress: answer };
	});
	return reply instanceof Failure ? { disturbance: reply } : reply;
}

function timeLeft({ deadlineMs }: WaitForEvidence): number {
	return deadlineMs - clock.now();
}
