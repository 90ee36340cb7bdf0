import type { IExecuteFunctions } from 'n8n-workflow';

import type { Command, CommandProgress, CommandOutcome } from '../model/evidence';

/** A command that left in an earlier try of the same run. */
export interface SentCommand {
	sentAtMs: number;
	/** Absent when no usable answer came. */
	progress?: CommandProgress;
}

/** Tells the commands of one run apart, also on a retry. */
export function sentKey(itemIndex: number, command: Command, deviceId: string): string {
	return `${itemIndex}:${command}:${deviceId}`;
}

/**
 * n8n's Retry On Fail runs the whole node again. This remembers, in the execution's own context, which
 * commands already left, so that a retry asks what became of them instead of sending them twice.
 */
export class SentCommands {
	private readonly sent: Record<string, SentCommand>;

	constructor(private readonly context: IExecuteFunctions) {
		const memory = context.getContext('node');
		const key = this.memoryKey();
		memory[key] ??= {};
		this.sent = memory[key] as Record<string, SentCommand>;
	}

	find(key: string): SentCommand | undefined {
		return Object.hasOwn(this.sent, key) ? this.sent[key] : undefined;
	}

	/** What can be said of an item whose devices are not known in this try, though they may have been before. */
	outcomeOf(command: Command, itemIndex: number): CommandOutcome {
		const start = sentKey(itemIndex, command, '');
		const hasSent = Object.keys(this.sent).some((key) => key.startsWith(start));
		return { command, evidence: hasSent ? 'unknown' : 'none', sent: hasSent };
	}

	note(key: string, command: SentCommand): void {
		this.sent[key] = command;
	}

	/** After a refusal that is certain a retry may send again. */
	forget(key: string): void {
		delete this.sent[key];
	}

	/** When everything went well there is no retry, and the next call of an AI agent is a new command. */
	forgetAll(): void {
		delete this.context.getContext('node')[this.memoryKey()];
	}

	/** A node in a loop runs several times in one execution. */
	private memoryKey(): string {
		return `sentCommands:${this.context.getWorkflowDataProxy(0).$runIndex as number}`;
	}
}
