import { clock, sleepUnlessCancelled } from '../clock';
import { reaches, type CommandProgress, type RequiredEvidence } from '../evidence';
import { attempt, Failure, type FailureReason } from '../failure';

export interface WaitForEvidence {
	required: RequiredEvidence;
	/** Unix time in milliseconds at which the wait ends, whatever has been reached. */
	deadlineMs: number;
	cancelSignal: AbortSignal | undefined;
	/** Returns a failure when the service says that the command was not carried out; throws when it did not say. */
	followUp(token: string, timeoutMs: number): Promise<CommandProgress | Failure>;
}

const FIRST_PAUSE_MS = 1000;
const PAUSE_GROWTH = 1.2;
const MAX_PAUSE_MS = 5000;

/** Asking again cannot mend these. */
const LASTING: ReadonlySet<FailureReason> = new Set([
	'authentication',
	'permission',
	'notFound',
	'badRequest',
]);

/**
 * Follows a command until it reaches what is required, is final, was refused, or its time is over.
 * `disturbance` is the last reason for which the service could not be asked.
 */
export async function awaitEvidence(
	start: CommandProgress,
	wait: WaitForEvidence,
): Promise<{ progress: CommandProgress | Failure; disturbance?: Failure }> {
	let progress = start;
	let disturbance: Failure | undefined;
	let pauseMs = FIRST_PAUSE_MS;
	while (!reaches(progress.evidence, wait.required) && progress.followUp !== undefined) {
		await sleepUnlessCancelled(Math.min(pauseMs, timeLeft(wait)), wait.cancelSignal);
		if (timeLeft(wait) <= 0 || wait.cancelSignal?.aborted) break;
		pauseMs = Math.min(pauseMs * PAUSE_GROWTH, MAX_PAUSE_MS);

		const next = await ask(progress.followUp, wait);
		if ('refused' in next) return { progress: next.refused };
		if ('disturbance' in next) {
			disturbance = next.disturbance;
			if (LASTING.has(disturbance.facts.reason)) break;
		} else {
			progress = next.progress;
			disturbance = undefined;
		}
	}
	return { progress, disturbance };
}

type NextWord = { progress: CommandProgress } | { refused: Failure } | { disturbance: Failure };

async function ask(token: string, wait: WaitForEvidence): Promise<NextWord> {
	const answer = await attempt(async () => {
		const word = await wait.followUp(token, timeLeft(wait));
		return word instanceof Failure ? { refused: word } : { progress: word };
	});
	return answer instanceof Failure ? { disturbance: answer } : answer;
}

function timeLeft({ deadlineMs }: WaitForEvidence): number {
	return deadlineMs - clock.now();
}
