import type { IDataObject } from 'n8n-workflow';

import type { FailureFacts, FailureReason } from './failure';
import { TIME_TOLERANCE_MS } from '../basics/times';
import { timeOfPart, type Reading } from './lockStatus';

export type Command = 'lock' | 'unlock';

/**
 * How sure it is that a command was carried out, strongest first: `verified` by the device itself,
 * `acknowledged` by the service, `sent` to the service, `unknown` when it left without a usable
 * answer, `none` when nothing was done.
 */
export type Evidence = 'verified' | 'acknowledged' | 'sent' | 'unknown' | 'none';

/** What a workflow may ask to be reached. */
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

/** What is known of a command that left. */
export interface CommandProgress {
	evidence: Exclude<Evidence, 'none'>;
	/** How to ask the service for more, for example the id of Seam's action attempt. */
	followUp?: string;
	/** Why the service does not tell more: its answer was lost, it does not know, or it may not be asked. */
	untold?: FailureFacts;
	/** A reading came from the future, so that no time of this device proves anything. */
	isClockAhead?: true;
	/** What else the service said, for the result. */
	details?: IDataObject;
}

/** By the service's own clock, Unix time in milliseconds. */
export interface ServiceTimes {
	/** When the command was sent; unknown = nothing is verified. */
	sentAtMs: number | undefined;
	/** When the reading arrived. */
	nowMs: number;
}

/**
 * What is known of a command after a reading: nothing more when it does not show the wanted state, `verified` only when
 * the device itself observed it after the command was sent. When the service fetched it says nothing about that, and
 * neither does the time of a device whose clock was seen ahead.
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

/** Whether a reading shows the state that a command is to bring about. */
export function shows({ lock }: Pick<Reading, 'lock'>, command: Command): boolean {
	return lock === (command === 'lock' ? 'locked' : 'unlocked');
}

function stronger(one: CommandProgress, other: CommandProgress['evidence']): CommandProgress {
	return STRENGTH[other] > STRENGTH[one.evidence] ? { ...one, evidence: other } : one;
}

/** What a failing command had reached. */
export interface CommandOutcome {
	command: Command;
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
 * Whether trying again later can help without a person and without the risk of doing a command
 * twice: a command only when nothing of it was carried out.
 */
export function isRetryable(reason: FailureReason, outcome?: CommandOutcome): boolean {
	return REASONS_THAT_PASS.has(reason) && (outcome === undefined || outcome.evidence === 'none');
}
