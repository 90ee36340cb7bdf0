import type { IPollFunctions } from 'n8n-workflow';

/** A node among those of all workflows: the key of what this process remembers for it. */
export function nodeKey(context: Pick<IPollFunctions, 'getNode' | 'getWorkflow'>): string {
	return `${context.getWorkflow().id}:${context.getNode().id}`;
}
