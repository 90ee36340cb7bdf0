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

/**
 * What is known of a command that the service took. `followUp` is how to ask for more (Seam: the id
 * of the action attempt); without it the evidence is final.
 */
export interface CommandProgress {
	evidence: 'verified' | 'acknowledged' | 'sent';
	followUp?: string;
}
