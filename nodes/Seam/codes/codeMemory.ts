import type { SentCommands } from '../../shared/actions/sentCommands';
import { textOf } from '../../shared/basics/guards';

/** A write about a code on one lock that an earlier try of this run sent. */
export interface SentWrite {
	did: 'created' | 'removed' | 'updated';
	/** Seam's ID of the code, once it is known. */
	codeId?: string;
	/** Seam answered that it accepted the write. */
	isAnswered: boolean;
}

/** What is remembered of the writes of one item on one lock. Never a PIN: n8n stores it. */
export class CodeMemory {
	constructor(
		private readonly sent: SentCommands,
		private readonly key: string,
	) {}

	get write(): SentWrite | undefined {
		const progress = this.sent.find(this.key)?.progress;
		const did = DID.find((word) => word === progress?.details?.did);
		if (progress === undefined || did === undefined) return undefined;
		return {
			did,
			codeId: textOf(progress.followUp),
			isAnswered: progress.evidence !== 'unknown',
		};
	}

	/** Noted before it is sent, so that a retry never sends it again after an interruption. */
	note({ did, codeId, isAnswered }: SentWrite, sentAtMs: number): void {
		this.sent.note(this.key, {
			sentAtMs,
			progress: {
				evidence: isAnswered ? 'acknowledged' : 'unknown',
				...(codeId === undefined ? {} : { followUp: codeId }),
				details: { did },
			},
		});
	}

	forget(): void {
		this.sent.forget(this.key);
	}
}

const DID = ['created', 'removed', 'updated'] as const;
