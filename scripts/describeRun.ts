import Table from 'cli-table3';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Run } from '../test/support/engine';

/** A request as a simulator logged it. */
export interface SeenRequest {
	method: string;
	path: string;
	body?: unknown;
	status: number | null;
}

/** The output of each node of a run, in the order of the workflow. */
export function nodesTable(run: Run, nodes: readonly INode[]): string {
	const table = new Table({
		head: ['Node', 'Device', 'Output'],
		colWidths: [24, 22, 66],
		wordWrap: true,
		style: plain,
	});
	for (const node of nodes) {
		const taskRuns = run.data.resultData.runData[node.name] ?? [];
		for (const { error, data } of taskRuns) {
			const items = data?.main?.flatMap((output) => output ?? []) ?? [];
			if (error !== undefined) table.push([node.name, '', `Stopped: ${error.message}`]);
			else if (isTrigger(node)) table.push([node.name, '', 'started the workflow']);
			else if (!isOneOfOurs(node))
				table.push([node.name, '', describeStock(node, data?.main ?? [])]);
			else
				for (const { json } of items) table.push([node.name, text(json.name), describeItem(json)]);
		}
	}
	return table.toString();
}

/** The calls that a service received. */
export function callsTable(service: string, requests: readonly SeenRequest[]): string {
	const table = new Table({
		head: ['', `Call to ${service}`, 'Body', 'Answer'],
		colWidths: [5, 62, 34, 10],
		wordWrap: true,
		style: plain,
	});
	requests.forEach(({ method, path, body, status }, index) => {
		table.push([index + 1, `${method} ${path}`, JSON.stringify(body ?? ''), status ?? 'none']);
	});
	return table.toString();
}

function isOneOfOurs(node: INode): boolean {
	return node.type.startsWith('n8n-nodes-smart-locks.');
}

function isTrigger(node: INode): boolean {
	return node.type.endsWith('Trigger');
}

/** A node of n8n's own: the texts or fields that it wrote, or the number of items per output. */
function describeStock(
	node: INode,
	outputs: ReadonlyArray<readonly INodeExecutionData[] | null>,
): string {
	const items = outputs.flatMap((each) => each ?? []);
	if (node.type.endsWith('.set')) return items.map(describeWritten).join('\n');
	if (outputs.length === 1) return items.length === 1 ? '1 item' : `${items.length} items`;
	const names = outputNames(node);
	return outputs
		.map((each, index) => `${names[index] ?? `output ${index}`}: ${each?.length ?? 0}`)
		.join(', ');
}

function describeWritten({ json }: INodeExecutionData): string {
	if (typeof json.text === 'string') return json.text;
	return Object.entries(json)
		.map(([name, value]) => `${name}: ${text(value) || JSON.stringify(value)}`)
		.join(', ');
}

function outputNames({ type, parameters }: INode): string[] {
	if (type.endsWith('.if')) return ['true', 'false'];
	if (type.endsWith('.filter')) return ['kept', 'left out'];
	const { rules, options } = parameters as {
		rules?: { values: Array<{ outputKey?: string }> };
		options?: { renameFallbackOutput?: string };
	};
	const ofRules = (rules?.values ?? []).map(({ outputKey }, index) => outputKey ?? `rule ${index}`);
	return [...ofRules, options?.renameFallbackOutput ?? 'fallback'];
}

const plain = { head: [], border: [] };

function describeItem(json: IDataObject): string {
	if (json.dryRun === true) return `${text(json.command)}: dry run, nothing was sent`;
	if (typeof json.command === 'string') {
		const how = `after ${text(json.elapsedSeconds)} s, with ${text(json.apiCalls)} calls`;
		const now = isObject(json.status) ? `; now ${describeItem(json.status)}` : '';
		return `${json.command}: ${text(json.evidence)} (${how})${now}`;
	}
	if (isObject(json.error)) return `${text(json.error.reason)}: ${text(json.message)}`;
	if (Array.isArray(json.open)) return describeWindows(json);
	if ('bookingReference' in json) return `${text(json.text)} (${text(json.evidence)})`;
	const reasons = Array.isArray(json.reasons) ? json.reasons.map(text).join('; ') : '';
	const secure =
		json.secure === true
			? 'secure'
			: json.secure === false
				? 'not secure'
				: 'whether it is secure is unknown';
	return `${text(json.lock)}, ${secure}${reasons === '' ? '' : ` (${reasons})`}`;
}

function describeWindows({ open, allClosed }: IDataObject): string {
	if (Array.isArray(open) && open.length > 0) return `open: ${open.map(text).join(', ')}`;
	return allClosed === true ? 'all closed' : 'whether it is closed is unknown';
}

function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null;
}
