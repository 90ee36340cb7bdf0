import type { Answer } from './answer';
import { retryAfterSeconds } from './retryAfter';
import { Failure } from '../model/failure';

const MAX_TRIES_WHEN_DISTURBED = 3;
const FIRST_DELAY_MS = 1000;

/** Milliseconds to wait before a read is retried; `undefined`: no retry. */
export function delayBeforeRetry(outcome: Answer | Failure, tries: number): number | undefined {
	if (!(outcome instanceof Failure) && outcome.status === 429) {
		// a service that always reports 0 seconds would be called without end
		return Math.max(delayMsOf(tries), (retryAfterSeconds(outcome.headers) ?? 0) * 1000);
	}
	if (tries >= MAX_TRIES_WHEN_DISTURBED || !isDisturbance(outcome)) return undefined;
	return delayMsOf(tries);
}

function delayMsOf(tries: number): number {
	return FIRST_DELAY_MS * 2 ** Math.min(tries - 1, 5);
}

function isDisturbance(outcome: Answer | Failure): boolean {
	if (!(outcome instanceof Failure)) {
		// 501 is permanent, and each call may count against a plan
		return (outcome.status >= 500 && outcome.status !== 501) || outcome.status === 408;
	}
	return outcome.facts.reason === 'upstream' || outcome.facts.reason === 'timeout';
}
