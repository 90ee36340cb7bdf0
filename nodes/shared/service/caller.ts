import type { IExecuteFunctions } from 'n8n-workflow';

import { isApproved } from './humanReview';

/**
 * Who runs a node: a workflow step, an AI agent (or MCP client), or an AI agent whose call a person
 * approved.
 */
export type Caller = 'workflow' | 'agent' | 'reviewedAgent';

/**
 * The suffix that n8n gives the tool variant of a node. `isToolExecution()` is wrong in newer
 * agents.
 */
export function isAiTool(nodeType: string): boolean {
	return nodeType.endsWith('Tool');
}

export function callerOf(context: IExecuteFunctions): Caller {
	if (!isAiTool(context.getNode().type)) return 'workflow';
	try {
		return isApproved(context) ? 'reviewedAgent' : 'agent';
	} catch {
		// a call without a source: an MCP client, or an n8n without human review
		return 'agent';
	}
}
