import type { SentCommands } from '../../shared/actions/sentCommands';
import { textOf } from '../../shared/basics/guards';
import type { DeviceAnswer } from '../../shared/actions/answers';
import type { Failure } from '../../shared/model/failure';
import type { CodeRun } from './codeRun';

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
				followUp: codeId,
				details: { did },
			},
		});
	}

	forget(): void {
		this.sent.forget(this.key);
	}
}

const DID = ['created', 'removed', 'updated'] as const;

type Write = 'remove' | 'set';

/** @param id Stays the same on a retry: that of the lock, or of the code. */
export function memoryOf(
	{ sent }: Pick<CodeRun, 'sent'>,
	write: Write,
	{ itemIndex }: { itemIndex: number },
	id: string,
): CodeMemory {
	return new CodeMemory(sent, `${itemIndex}:${write}:${id.toLowerCase()}`);
}

/**
 * A failure before this run wrote anything. An earlier try may have written.
 * @param id Under which the earlier try noted it; `null` = under any.
 */
export function failedBefore(
	{ sent }: Pick<CodeRun, 'sent'>,
	command: Write,
	item: { itemIndex: number },
	deviceId: string | null,
	failure: Failure,
	id = deviceId,
): DeviceAnswer {
	if (id === null) {
		const outcome = sent.outcomeOf(command, item.itemIndex);
		return { failure: { deviceId, failure, outcome } };
	}
	const hasSent = memoryOf({ sent }, command, item, id).write !== undefined;
	const evidence = hasSent ? 'unknown' : 'none';
	return { failure: { deviceId, failure, outcome: { command, evidence, sent: hasSent } } };
}
