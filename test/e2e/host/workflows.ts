import { randomUUID } from 'node:crypto';
import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../../support/engine';
import type { StoredCredential } from './n8nClient';

/** A node as the editor would save it, with a credential where it has one. */
export function nodeOf(
	type: string,
	name: string,
	parameters: INode['parameters'] = {},
	credential?: StoredCredential,
): INode {
	return {
		id: randomUUID(),
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		...(credential && {
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		}),
	};
}

/** A node of this pack under the name `Node`. */
export const actionNode = (
	nodeName: string,
	credential: StoredCredential,
	parameters: INode['parameters'],
): INode => nodeOf(`n8n-nodes-smart-locks.${nodeName}`, 'Node', parameters, credential);

/** One node behind a trigger, which is `Start`, to be run by hand, unless another is given. */
export function manualWorkflow(
	node: INode,
	trigger: INode = nodeOf('n8n-nodes-base.manualTrigger', 'Start'),
): WorkflowJson & { name: string } {
	return {
		name: `${trigger.name} then ${node.name}`,
		nodes: [trigger, node],
		connections: { [trigger.name]: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
	};
}

/** The choice of a device by its id. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** The workflow with these nodes at these places. */
export const arranged = (
	workflow: WorkflowJson,
	places: Record<string, INode['position']>,
): WorkflowJson => ({
	...workflow,
	nodes: workflow.nodes.map((node) => ({
		...node,
		position: places[node.name] ?? node.position,
	})),
});
