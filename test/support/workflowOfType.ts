import { Workflow, type INode, type INodeType } from 'n8n-workflow';

/** A workflow of one node, whose type is not looked up in a package. */
export function workflowOfType(type: INodeType, node: INode): Workflow {
	return new Workflow({
		id: 'w',
		active: false,
		nodes: [node],
		connections: {},
		nodeTypes: {
			getByName: () => type,
			getByNameAndVersion: () => type,
			getKnownTypes: () => ({}),
		},
	});
}
