import type { INodeProperties } from 'n8n-workflow';

import { capitalized } from '../basics/sentences';
import type { Operation } from '../model/operation';
import { fieldsOf, simpleFieldsOf } from '../model/outputFields';

/**
 * How much of an item is output: a toggle in workflows, a choice for AI tools. Source: n8n's
 * guidelines.
 */

/**
 * n8n gives the tool variant of a node another description. The condition `@tool` shows or hides
 * its fields.
 */
const AS_TOOL = { '@tool': [true] };
export const AS_NODE = { '@tool': [false] };

/**
 * @param operations All operations of the node.
 * @param own Extra fields of this service, by operation.
 */
export function outputFields(
	operations: readonly Operation[],
	own: Partial<Record<Operation, readonly string[]>>,
): INodeProperties[] {
	return [
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			displayOptions: { show: AS_NODE },
			default: false,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			displayOptions: { show: AS_TOOL },
			options: [
				{
					name: 'Simplified',
					value: 'simplified',
					description: 'The device, its state, and a sentence that describes it',
				},
				{ name: 'Raw', value: 'raw', description: 'All fields' },
				{ name: 'Selected Fields', value: 'selectedFields', description: 'Only the fields below' },
			],
			default: 'simplified',
			description: 'What the AI agent gets from each item',
		},
		...operations.map((operation) => {
			const names = [...new Set([...fieldsOf(operation), ...(own[operation] ?? [])])];
			return fieldsField({ operation: [operation] }, names, simpleFieldsOf(operation));
		}),
	];
}

/**
 * The choice of fields for AI tools.
 * @param show When it applies.
 */
export function fieldsField(
	show: Record<string, string[]>,
	names: readonly string[],
	simple: readonly string[],
): INodeProperties {
	const preset = simple.filter((name) => names.includes(name));
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		required: true,
		displayOptions: {
			show: { ...AS_TOOL, ...show, output: ['selectedFields'] },
		},
		options: names.map((value) => ({ name: inTitleCase(value), value })).sort(byName),
		default: [...preset],
		description: 'Which fields the AI agent gets',
	};
}

function inTitleCase(field: string): string {
	return capitalized(field.replace(/([a-z])([A-Z])/g, '$1 $2')).replace(' Id', ' ID');
}

function byName(one: { name: string }, other: { name: string }): number {
	return one.name.localeCompare(other.name);
}
