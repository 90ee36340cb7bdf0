import type { Evidence } from '../../shared/model/evidence';
import type { AccessCode } from './accessCode';
import type { CodeProblem } from './codeProblems';
import type { CodeState } from './codeState';
import type { CodeWindow } from './codeWindow';

/** `none` only in a dry run. */
export type CodeAction = 'created' | 'updated' | 'unchanged' | 'removed' | 'alreadyGone' | 'none';

/** What a dry run found that the operation would do. */
export type WouldDo = 'create' | 'update' | 'remove' | 'nothing';

/** What an operation found out or brought about on one lock. */
export interface CodeOutcome {
	/** `null` if a code is gone and Seam does not tell which lock it was on. */
	deviceId: string | null;
	/** The lock's name in Seam. */
	name: string | null;
	/** Its name in sentences, if another lock has the same. */
	label?: string;
	/** The code as Seam last showed it. `undefined` when there is none (yet, or any more). */
	code: AccessCode | undefined;
	/** Stands in for what a missing code cannot tell. */
	wanted?: Partial<CodeWindow> & {
		reference: string | null;
		guestName?: string | null;
		accessCodeId?: string;
	};
	/** `removed` only for Remove. `null` for a code that a dry run did not create. */
	state: CodeState | 'removed' | null;
	evidence: Evidence;
	/** Only for Set and Remove. */
	write?: { action: CodeAction; sent: boolean; dryRun: boolean; wouldDo?: WouldDo };
	/** Found by comparing with what was wanted; in front of Seam's own. */
	problems?: readonly CodeProblem[];
	/** The code was chosen by its ID, and not as that of its booking. */
	isByCodeId?: boolean;
	/** Whether the item carries the PIN. */
	includePin: boolean;
}
