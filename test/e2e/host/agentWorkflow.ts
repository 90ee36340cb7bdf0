import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../../support/engine';
import type { N8nClient, StoredCredential } from './n8nClient';
import type { ScriptedModel } from './scriptedModel';
import { byId, nodeOf } from './workflows';

const LANGCHAIN = '@n8n/n8n-nodes-langchain';

/** n8n's credential for the model. */
export const connectModel = async (
	client: N8nClient,
	model: ScriptedModel,
): Promise<StoredCredential> =>
	await client.createCredential('openAiApi', { apiKey: 'any', url: model.url, header: false });

/** A value that the model fills in, as the editor writes it. */
export const fromAi = (name: string, description: string): string =>
	`={{ $fromAI('${name}', '${description}', 'string') }}`;

/** Our Seam node as a tool that leaves the choice of the lock to the model. */
export const seamTool = (
	account: StoredCredential,
	operation: string,
	settings: Partial<INode> = {},
): INode => ({
	...nodeOf(
		'n8n-nodes-smart-locks.seamTool',
		'Seam',
		{ operation, deviceId: byId(fromAi('Lock_ID', 'The ID of the lock')) },
		account,
	),
	...settings,
});

/** A stored workflow as a tool. */
export const workflowTool = (workflowId: string): INode => ({
	...nodeOf('@n8n/n8n-nodes-langchain.toolWorkflow', 'Open_up', {
		description: 'Opens the back door',
		workflowId: byId(workflowId),
	}),
	typeVersion: 2.2,
});

const agentNode = (version: number): INode => ({
	...nodeOf(`${LANGCHAIN}.agent`, 'Agent', { promptType: 'define', text: 'Look after the door' }),
	typeVersion: version,
});

/** The newest version that speaks only chat completions: 1.3 prefers OpenAI's other interface. */
const modelNode = (credential: StoredCredential): INode => ({
	...nodeOf(
		`${LANGCHAIN}.lmChatOpenAi`,
		'Model',
		{ model: { __rl: true, mode: 'id', value: 'scripted' } },
		credential,
	),
	typeVersion: 1.2,
});

/** An agent with a model and one tool, to be run by hand. */
export function agentWorkflow(
	agentVersion: number,
	model: StoredCredential,
	tool: INode,
): WorkflowJson {
	const start = nodeOf('n8n-nodes-base.manualTrigger', 'Start');
	const to = (type: 'main' | 'ai_languageModel' | 'ai_tool') => ({
		[type]: [[{ node: 'Agent', type, index: 0 }]],
	});
	return {
		name: `An agent with ${tool.name}`,
		nodes: [start, agentNode(agentVersion), modelNode(model), tool],
		connections: {
			Start: to('main'),
			Model: to('ai_languageModel'),
			[tool.name]: to('ai_tool'),
		},
		// as the editor makes them; without it an agent 3.x goes on before its tool has run
		settings: { executionOrder: 'v1' },
	};
}
