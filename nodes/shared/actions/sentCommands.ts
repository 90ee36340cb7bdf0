import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';

import type { CommandProgress, CommandOutcome } from '../model/evidence';

/** A command that an earlier try of the same run sent. */
export interface SentCommand {
	sentAtMs: number;
	/** Absent if no usable answer came. */
	progress?: CommandProgress;
}

/** Identifies a command within one run. Stays the same on a retry. */
export function sentKey(itemIndex: number, command: string, deviceId: string): string {
	return `${itemIndex}:${command}:${deviceId}`;
}

/**
 * n8n's Retry On Fail runs the whole node again. This class remembers the sent commands in the
 * execution's own context. So a retry checks their outcome instead of sending them twice.
 */
export class SentCommands {
	private readonly memory: IContextObject;
	private readonly memoryKey: string;
	private readonly sent: Record<string, SentCommand>;

	constructor(context: IExecuteFunctions) {
		this.memory = memoryOf(context);
		// a node in a loop runs several times in one execution
		this.memoryKey = `sentCommands:${context.getWorkflowDataProxy(0).$runIndex as number}`;
		this.memory[this.memoryKey] ??= {};
		this.sent = this.memory[this.memoryKey] as Record<string, SentCommand>;
	}

	find(key: string): SentCommand | undefined {
		return Object.hasOwn(this.sent, key) ? this.sent[key] : undefined;
	}

	/**
	 * The outcome of an item whose devices are unknown in this try. An earlier try may have known
	 * them.
	 */
	outcomeOf(command: string, itemIndex: number): CommandOutcome {
		const start = sentKey(itemIndex, command, '');
		const hasSent = Object.keys(this.sent).some((key) => key.startsWith(start));
		return { command, evidence: hasSent ? 'unknown' : 'none', sent: hasSent };
	}

	note(key: string, command: SentCommand): void {
		this.sent[key] = command;
	}

	/** If it is certain that a command was refused, a retry may send it again. */
	forget(key: string): void {
		delete this.sent[key];
	}

	/** After a full success there is no retry. The next call of an AI agent is a new command. */
	forgetAll(): void {
		delete this.memory[this.memoryKey];
	}
}

/**
 * n8n's own agents run a tool without an execution, and so without this context (n8n 2.41.1,
 * `ephemeral-node-executor.js`). They never run it again by themselves.
 */
function memoryOf(context: IExecuteFunctions): IContextObject {
	try {
		return context.getContext('node');
	} catch {
		return {};
	}
}
