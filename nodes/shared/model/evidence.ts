import type { IDataObject } from 'n8n-workflow';

import type { FailureFacts, FailureReason } from './failure';
import { TIME_TOLERANCE_MS } from '../basics/times';
import { timeOfPart, type Reading } from './lockStatus';

export type Command = 'lock' | 'unlock';

/**
 * How certain it is that a command was carried out, strongest first: `verified` by the device
 * itself, `acknowledged` by the service, `sent` to the service, `unknown` when it was sent but got
 * no usable answer, `none` when nothing was done.
 */
export type Evidence = 'verified' | 'acknowledged' | 'sent' | 'unknown' | 'none';

/** What a workflow can require. */
export const REQUIRED_EVIDENCE = ['sent', 'acknowledged', 'verified'] as const;
export type RequiredEvidence = (typeof REQUIRED_EVIDENCE)[number];

const STRENGTH: Record<Evidence, number> = {
	none: 0,
	unknown: 1,
	sent: 2,
	acknowledged: 3,
	verified: 4,
};

export function reaches(evidence: Evidence, required: RequiredEvidence): boolean {
	return STRENGTH[evidence] >= STRENGTH[required];
}

/** What is known about a command that was sent. */
export interface CommandProgress {
	evidence: Exclude<Evidence, 'none'>;
	/** How to query the service for the outcome, for example the id of Seam's action attempt. */
	followUp?: string;
	/**
	 * Why the outcome cannot be queried further: the answer was lost, the service does not know it,
	 * or access is denied.
	 */
	unresolvedBecause?: FailureFacts;
	/** A reading had a time in the future, so times of this device prove nothing. */
	isClockAhead?: true;
	/** Further details from the service, for the result. */
	details?: IDataObject;
}

/** By the service's own clock, Unix time in milliseconds. */
export interface ServiceTimes {
	/** When the command was sent. If unknown, nothing is verified. */
	sentAtMs: number | undefined;
	/** When the reading arrived. */
	nowMs: number;
}

/**
 * Updates what is known about a command after a reading. A reading that does not show the wanted
 * state changes nothing. `verified` requires that the device observed the state after the command
 * was sent. The time at which the service fetched it is no proof, and neither is the time of a
 * device whose clock runs ahead.
 */
export function withReading(
	known: CommandProgress,
	command: Command,
	reading: Pick<Reading, 'lock' | 'observedAt' | 'partTimes'>,
	{ sentAtMs, nowMs }: ServiceTimes,
): CommandProgress {
	const observedAtMs = timeOfPart(reading, 'lock') ?? -Infinity;
	const isClockAhead = known.isClockAhead === true || observedAtMs > nowMs + TIME_TOLERANCE_MS;
	const progress = isClockAhead ? { ...known, isClockAhead } : known;
	if (!shows(reading, command)) return progress;
	const isNewer = sentAtMs !== undefined && observedAtMs > sentAtMs;
	return stronger(progress, isNewer && !isClockAhead ? 'verified' : 'acknowledged');
}

/** Whether a reading shows the state that a command asks for. */
export function shows({ lock }: Pick<Reading, 'lock'>, command: Command): boolean {
	return lock === (command === 'lock' ? 'locked' : 'unlocked');
}

function stronger(one: CommandProgress, other: CommandProgress['evidence']): CommandProgress {
	return STRENGTH[other] > STRENGTH[one.evidence] ? { ...one, evidence: other } : one;
}

/** How far a failing command got. */
export interface CommandOutcome {
	/** Besides the commands of every device, a service may have its own. */
	command: string;
	evidence: Evidence;
	sent: boolean;
}

const REASONS_THAT_PASS: ReadonlySet<FailureReason> = new Set([
	'rateLimited',
	'quotaExceeded',
	'asleep',
	'offline',
	'upstream',
	'timeout',
]);

/**
 * Whether a retry can help without a person and without the risk of executing a command twice. A
 * command is retryable only if no part of it was carried out.
 */
export function isRetryable(reason: FailureReason, outcome?: CommandOutcome): boolean {
	return REASONS_THAT_PASS.has(reason) && (outcome === undefined || outcome.evidence === 'none');
}
