import * as core from 'n8n-core';
import { NodeOperationError, type INode } from 'n8n-workflow';

/** n8n 2.0 neither asks a poll for its state nor exports the code that runs polls. */
export const hasDurablePolling = 'PollTriggerExecutor' in core;

/** n8n 2.0 has no human review of an agent's tool calls; there nothing counts as approved. */
export const hasHumanReview = 'isToolExecution' in core.ExecuteContext.prototype;

/** n8n 2.0 has no back-off that would ask for the cause of a failure. */
const hasDeclaredFailures =
	new NodeOperationError({} as INode, '', { failure: { cause: 'rate-limited' } }).failure !==
	undefined;

/** What n8n's back-off for failing polls uses, as far as this n8n has it. */
export function declared(cause: string): object {
	return hasDeclaredFailures ? { failure: { cause } } : {};
}
