import path from 'node:path';

import { NodeHelpers, type INodeType, type IVersionedNodeType } from 'n8n-workflow';

const FOLDER = path.resolve(__dirname, '../../node_modules/.cache/stock-nodes/package/dist/nodes');

/**
 * Where n8n's own nodes are that the examples and tests use. `scripts/install.mjs` downloads them.
 */
const FILES: Record<string, string> = {
	'n8n-nodes-base.aggregate': 'Transform/Aggregate/Aggregate',
	'n8n-nodes-base.filter': 'Filter/Filter',
	'n8n-nodes-base.httpRequest': 'HttpRequest/HttpRequest',
	'n8n-nodes-base.if': 'If/If',
	'n8n-nodes-base.manualTrigger': 'ManualTrigger/ManualTrigger',
	'n8n-nodes-base.merge': 'Merge/Merge',
	'n8n-nodes-base.scheduleTrigger': 'Schedule/ScheduleTrigger',
	'n8n-nodes-base.set': 'Set/Set',
	'n8n-nodes-base.summarize': 'Transform/Summarize/Summarize',
	'n8n-nodes-base.switch': 'Switch/Switch',
	'n8n-nodes-base.wait': 'Wait/Wait',
};

export function stockNode(type: string, version?: number): INodeType | undefined {
	const file = FILES[type];
	if (file === undefined) return undefined;
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- a path of run time
	const classes = require(path.join(FOLDER, `${file}.node.js`)) as Record<
		string,
		new () => INodeType | IVersionedNodeType
	>;
	const NodeClass = classes[path.basename(file)]!;
	return NodeHelpers.getVersionedNodeType(new NodeClass(), version);
}
