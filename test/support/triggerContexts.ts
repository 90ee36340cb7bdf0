import './quietEngine';
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';

import { HookContext, PollContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INodeType,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { workflowOfType } from './workflowOfType';

/** A trigger and n8n's own contexts for it, for tests of the parts of triggers. */
export class ContextsOfTrigger {
	/** Lines that the node has written to n8n's log. */
	readonly log: string[] = [];
	/** What the node has answered to deliveries. */
	readonly answers: Array<[status: number, body: unknown]> = [];
	private readonly workflow: Workflow;

	/** @param parameters As the editor would save them; those that are hidden are left out. */
	constructor(type: INodeType, parameters: Record<string, unknown> = {}) {
		const node = {
			// n8n gives every node an ID of its own
			id: randomUUID(),
			name: 'Door',
			type: type.description.name,
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: parameters as IDataObject as never,
		};
		this.workflow = workflowOfType(type, node);
	}

	private get node() {
		return this.workflow.getNode('Door')!;
	}

	/** What n8n stores of the node. */
	get stored(): IDataObject {
		return this.workflow.getStaticData('node', this.node);
	}

	set stored(data: IDataObject) {
		this.workflow.staticData = { [`node:${this.node.name}`]: data };
	}

	poll(activation: WorkflowActivateMode = 'activate'): PollContext {
		return this.listening(
			new PollContext(this.workflow, this.node, NO_HOST, 'trigger', activation),
		);
	}

	/** Publishing or unpublishing; with the mode `manual`, listening for a test event. */
	hook(
		activation: WorkflowActivateMode = 'activate',
		mode: WorkflowExecuteMode = 'trigger',
	): HookContext {
		return this.listening(new HookContext(this.workflow, this.node, NO_HOST, mode, activation));
	}

	/** A request as n8n's server keeps it. */
	delivery(rawBody?: Buffer | string, headers: IDataObject = {}): WebhookContext {
		const raw = typeof rawBody === 'string' ? Buffer.from(rawBody) : rawBody;
		const json = (status: number) => (body: unknown) => void this.answers.push([status, body]);
		const host = {
			...NO_HOST,
			httpRequest: { rawBody: raw, headers },
			httpResponse: { status: (status: number) => ({ json: json(status) }) },
		} as unknown as IWorkflowExecuteAdditionalData;
		const data = { node: 'Door' } as IWebhookData;
		return this.listening(
			new WebhookContext(this.workflow, this.node, host, 'trigger', data, [], null),
		);
	}

	/** All nodes share n8n's log. The one that was used last hears it. */
	private listening<Context extends HookContext | PollContext | WebhookContext>(
		context: Context,
	): Context {
		context.logger.warn = (line) => void this.log.push(line);
		return context;
	}
}

/** Nothing in these tests asks n8n for more than its contexts know. */
const NO_HOST = {} as IWorkflowExecuteAdditionalData;
