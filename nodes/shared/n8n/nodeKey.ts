import type { IPollFunctions } from 'n8n-workflow';

/** Identifies a node across all workflows. Used as the key for state in this process. */
export function nodeKey(context: Pick<IPollFunctions, 'getNode' | 'getWorkflow'>): string {
	return `${context.getWorkflow().id}:${context.getNode().id}`;
}
