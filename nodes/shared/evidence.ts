import type { IDataObject } from 'n8n-workflow';

import type { FailureFacts } from './failure';
import type { Reading } from './lockStatus';

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
	/** What else the service said, for the result. */
	details?: IDataObject;
}

/**
 * What a reading proves of a command: nothing when it does not show the wanted state, `verified` only
 * when the device was observed after the command was sent.
 * @param sentAtMs When the command was sent, by the service's own clock; unknown = nothing is verified.
 */
export function provenByReading(
	command: Command,
	reading: Pick<Reading, 'lock' | 'observedAt'>,
	sentAtMs: number | undefined,
): 'verified' | 'acknowledged' | undefined {
	if (reading.lock !== (command === 'lock' ? 'locked' : 'unlocked')) return undefined;
	if (sentAtMs === undefined || reading.observedAt === null) return 'acknowledged';
	return Date.parse(reading.observedAt) > sentAtMs ? 'verified' : 'acknowledged';
}

export function stronger(
	one: CommandProgress,
	other: CommandProgress['evidence'],
): CommandProgress {
	return STRENGTH[other] > STRENGTH[one.evidence] ? { ...one, evidence: other } : one;
}
