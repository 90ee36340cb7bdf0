import Table from 'cli-table3';
import type { IDataObject, INode } from 'n8n-workflow';

import type { Run } from '../test/support/engine';

/** A request as a simulator remembers it. */
export interface SeenRequest {
	method: string;
	path: string;
	body?: unknown;
	status: number | null;
}

/** What each node of a run gave, in the order of the workflow. */
export function nodesTable(run: Run, nodes: readonly INode[]): string {
	const table = new Table({
		head: ['Node', 'Device', 'What it gave'],
		colWidths: [24, 22, 66],
		wordWrap: true,
		style: plain,
	});
	for (const node of nodes) {
		const taskRuns = run.data.resultData.runData[node.name] ?? [];
		const error = taskRuns.at(-1)?.error;
		if (error !== undefined) table.push([node.name, '', `Stopped: ${error.message}`]);
		else if (node.type.startsWith('n8n-nodes-smart-locks.')) {
			for (const json of run.json(node.name))
				table.push([node.name, text(json.name), describeItem(json)]);
		} else if (taskRuns.length > 0) table.push([node.name, '', 'started the workflow']);
	}
	return table.toString();
}

/** The calls that a service saw. */
export function callsTable(service: string, requests: readonly SeenRequest[]): string {
	const table = new Table({
		head: ['', `Call to ${service}`, 'Body', 'Answer'],
		colWidths: [5, 30, 66, 10],
		wordWrap: true,
		style: plain,
	});
	requests.forEach(({ method, path, body, status }, index) => {
		table.push([index + 1, `${method} ${path}`, JSON.stringify(body ?? ''), status ?? 'none']);
	});
	return table.toString();
}

const plain = { head: [], border: [] };

function describeItem(json: IDataObject): string {
	if (typeof json.command === 'string') {
		const how = `after ${text(json.elapsedSeconds)} s, with ${text(json.apiCalls)} calls`;
		const now = isObject(json.status) ? `; now ${describeItem(json.status)}` : '';
		return `${json.command}: ${text(json.evidence)} (${how})${now}`;
	}
	if (isObject(json.error)) return `${text(json.error.reason)}: ${text(json.message)}`;
	const reasons = Array.isArray(json.reasons) ? json.reasons.map(text).join('; ') : '';
	const secure =
		json.secure === true
			? 'secure'
			: json.secure === false
				? 'not secure'
				: 'secure or not is not known';
	return `${text(json.lock)}, ${secure}${reasons === '' ? '' : ` (${reasons})`}`;
}

function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null;
}
