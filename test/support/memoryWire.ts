import { ExecuteContext, PollContext, WebhookContext } from 'n8n-core';
import {
	createRunExecutionData,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';

import { clock } from '../../nodes/shared/basics/clock';
import { Engine } from './engine';
import { START_MS } from './virtualClock';

/** An answer of a service. A text is its unchanged body, anything else is written as JSON. */
export interface MemoryAnswer {
	status?: number;
	headers?: Record<string, unknown>;
	body?: unknown;
}

export type MemoryReply = (request: IHttpRequestOptions) => MemoryAnswer;

/** What a trigger emitted, and what it logged in n8n. */
export interface MemoryEvents {
	items: IDataObject[];
	log: string[];
}

/** The parts of a delivery that are read, and its answer. */
interface MemoryDelivery {
	raw: Buffer;
	headers: Record<string, string>;
}

/**
 * Runs nodes in n8n's own contexts, with the service's answers in memory: the whole way from the
 * bytes of an answer to the items, but without sockets, so that a million inputs take minutes. Each
 * run begins at the same moment.
 */
export class MemoryWire {
	private readonly realClock = { ...clock };
	private nowMs = START_MS;
	private readonly actions = new Map<string, { node: INode; workflow: Workflow }>();

	private constructor(private readonly engine: Engine) {
		clock.now = () => this.nowMs;
		// answers come at once, so no request is in flight while a node waits
		clock.sleep = async (milliseconds) => {
			this.nowMs += milliseconds;
			await Promise.resolve();
		};
	}

	static async start(credentials: Record<string, IDataObject>): Promise<MemoryWire> {
		return new MemoryWire(await Engine.start(credentials));
	}

	/** Restores the nodes' real clock. */
	close(): void {
		Object.assign(clock, this.realClock);
	}

	node(name: string, parameters: IDataObject, extra: Partial<INode> = {}): INode {
		return this.engine.node(name, parameters, extra);
	}

	/** An action node keeps nothing between runs, so each needs only one workflow. */
	private actionNode(name: string, parameters: IDataObject, extra: Partial<INode>) {
		const key = name + JSON.stringify(parameters);
		const known = this.actions.get(key);
		if (known !== undefined) return known;
		const node = this.node(name, parameters, extra);
		const action = { node, workflow: this.engine.pollingWorkflow(node) };
		this.actions.set(key, action);
		return action;
	}

	/** The output items of the node. */
	async execute(
		name: string,
		parameters: IDataObject,
		extra: Partial<INode>,
		reply: MemoryReply,
	): Promise<IDataObject[]> {
		this.nowMs = START_MS;
		const { node, workflow } = this.actionNode(name, parameters, extra);
		const input = [{ json: {} }];
		const data = { main: [input] };
		const context = new ExecuteContext(
			workflow,
			node,
			this.engine.additionalData(),
			'trigger',
			createRunExecutionData({}),
			0,
			input,
			data,
			{ node, data, source: null },
			[],
		);
		this.wire(context, reply);
		const outputs = await this.engine.nodeType(node.type)!.execute!.call(context);
		return (outputs as Array<Array<{ json: IDataObject }>>).flat().map(({ json }) => json);
	}

	/** Polls once for each reply, one after the other. */
	async poll(node: INode, replies: readonly MemoryReply[]): Promise<MemoryEvents> {
		this.nowMs = START_MS;
		const events: MemoryEvents = { items: [], log: [] };
		const workflow = this.engine.pollingWorkflow(node);
		const additionalData = this.engine.additionalData();
		const context = new PollContext(workflow, node, additionalData, 'trigger', 'activate');
		context.logger.warn = (line: string) => void events.log.push(line);
		for (const reply of replies) {
			this.wire(context, reply);
			const items = await this.engine.nodeType(node.type)!.poll!.call(context);
			events.items.push(...(items ?? []).flat().map(({ json }) => json));
			await clock.sleep(2 * 60 * 60 * 1000);
		}
		return events;
	}

	/** Passes deliveries to a webhook node, one after the other. */
	async deliver(
		node: INode,
		stored: IDataObject,
		deliveries: readonly MemoryDelivery[],
		reply: MemoryReply,
	): Promise<MemoryEvents> {
		this.nowMs = START_MS;
		const events: MemoryEvents = { items: [], log: [] };
		const type = this.engine.nodeType(node.type)!;
		const workflow = this.engine.pollingWorkflow(node, { [`node:${node.name}`]: stored });
		for (const { raw, headers } of deliveries) {
			const response = { status: () => response, json: () => response };
			const additionalData = {
				...this.engine.additionalData(),
				httpRequest: { rawBody: raw, body: {}, headers },
				httpResponse: response,
			} as object as IWorkflowExecuteAdditionalData;
			const webhook: IWebhookData = {
				httpMethod: 'POST',
				node: node.name,
				path: 'webhook',
				webhookDescription: type.description.webhooks![0]!,
				workflowId: workflow.id,
				workflowExecuteAdditionalData: additionalData,
				isTest: false,
			};
			const context = new WebhookContext(
				workflow,
				node,
				additionalData,
				'trigger',
				webhook,
				[],
				null,
			);
			Object.assign(context, { getNodeWebhookUrl: () => 'https://n8n.example/webhook' });
			context.logger.warn = (line: string) => void events.log.push(line);
			this.wire(context, reply);
			const { workflowData } = await type.webhook!.call(context);
			events.items.push(...(workflowData ?? []).flat().map(({ json }) => json));
		}
		return events;
	}

	private wire(context: { helpers: object }, reply: MemoryReply): void {
		Object.assign(context.helpers, {
			httpRequestWithAuthentication: async (_type: string, request: IHttpRequestOptions) => {
				const { status = 200, headers = {}, body } = reply(request);
				const text = typeof body === 'string' ? body : JSON.stringify(body);
				return await Promise.resolve({ statusCode: status, headers, body: text });
			},
			refreshOAuth2Token: async () =>
				await Promise.resolve({ access_token: 'a-newer-access-token' }),
		});
		// n8n decrypts them from its database; here they need not be computed a million times
		Object.assign(context, {
			getCredentials: async (type: string) =>
				await Promise.resolve(this.engine.credentials.data[type]),
		});
	}
}
