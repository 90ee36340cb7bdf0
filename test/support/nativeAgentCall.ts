import { ExecuteContext } from 'n8n-core';
import { createEmptyRunExecutionData, type IDataObject, type INode } from 'n8n-workflow';

import type { Engine } from './engine';

/**
 * Runs a tool as n8n's own agents do: the node alone, without a run of a workflow around it (n8n
 * 2.41.1, `ephemeral-node-executor.js`).
 */
export async function callAsNativeAgent(
	engine: Engine,
	node: INode,
	input: IDataObject,
): Promise<IDataObject[]> {
	const items = [{ json: input }];
	const data = { main: [items] };
	const context = new ExecuteContext(
		engine.pollingWorkflow(node),
		node,
		engine.additionalData(),
		'internal',
		createEmptyRunExecutionData(),
		0,
		items,
		data,
		{ node, data, source: null },
		[],
	);
	const output = await engine.nodeType(node.type)?.execute?.call(context);
	if (!Array.isArray(output)) throw new Error(`${node.type} gave no items`);
	return output[0]?.map(({ json }) => json) ?? [];
}
