import type { INode } from 'n8n-workflow';
import type { N8nClient, StoredCredential } from './n8nClient';

/** A call that waits for a person. */
interface PendingCall {
	runId: string;
	toolCallId: string;
	toolName: string;
	/** What the person reads. */
	input: { args?: unknown };
}

interface ChatEvent {
	type: string;
	payload?: PendingCall;
	output?: unknown;
	message?: unknown;
}

interface ToolSettings {
	/** n8n's setting of a tool: a person is asked before each call. */
	requireApproval: boolean;
}

/** One of n8n's own agents, which are no part of a workflow, in the chat beside its settings. */
export class NativeAgent {
	/** What n8n has reported since the last message. */
	events: ChatEvent[] = [];

	private constructor(
		private readonly client: N8nClient,
		private readonly address: string,
	) {}

	/** An agent with this node as its only tool. */
	static async create(
		client: N8nClient,
		model: StoredCredential,
		node: INode,
		{ requireApproval }: ToolSettings,
	): Promise<NativeAgent> {
		const { id: project } = await client.send<{ id: string }>('GET', '/rest/projects/personal');
		const agents = `/rest/projects/${project}/agents/v2`;
		const { id } = await client.send<{ id: string }>('POST', agents, { name: 'Doorkeeper' });
		const agent = new NativeAgent(client, `${agents}/${id}`);
		await agent.#configure(model, {
			type: 'node',
			name: node.name,
			requireApproval,
			node: {
				nodeType: node.type,
				nodeTypeVersion: node.typeVersion,
				nodeParameters: node.parameters,
				credentials: node.credentials,
			},
		});
		return agent;
	}

	async #configure(model: StoredCredential, tool: object): Promise<void> {
		const address = `${this.address}/config`;
		const { configHash } = await this.client.send<{ configHash: string }>('GET', address);
		const config = {
			name: 'Doorkeeper',
			model: 'openai/scripted',
			credential: model.id,
			instructions: 'Look after the door',
			tools: [tool],
		};
		await this.client.send('PUT', address, { config, baseConfigHash: configHash });
	}

	async chat(message: string): Promise<void> {
		await this.#follow('/chat', { message });
	}

	/** The call that waits for a person. */
	pendingCall(): PendingCall {
		const event = this.events.find(({ type }) => type === 'tool-call-suspended');
		if (!event?.payload) throw new Error(`No call waits: ${JSON.stringify(this.events)}`);
		return event.payload;
	}

	async answer({ runId, toolCallId }: PendingCall, approved: boolean): Promise<void> {
		await this.#follow('/chat/resume', { runId, toolCallId, resumeData: { approved } });
	}

	async #follow(address: string, body: object): Promise<void> {
		const stream = String(await this.client.ask('POST', this.address + address, body));
		this.events = [...stream.matchAll(/^data: (.*)$/gm)].map(
			([, json]) => JSON.parse(json!) as ChatEvent,
		);
	}
}
