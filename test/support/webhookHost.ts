import { randomUUID } from 'node:crypto';

import { HookContext, WebhookContext } from 'n8n-core';
import express, { type Request, type Response } from 'express';
import {
	type IDataObject,
	type INode,
	type INodeType,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';

import { listenOnLoopback, type ListeningServer } from '../../simulators/shared/server';
import type { Engine } from './engine';

type WebhookMode = 'trigger' | 'manual';

/**
 * Treats a webhook node as n8n's server does: serves its address on loopback, keeps the body's
 * bytes, gives every request a copy of the stored static data, and stores what the request left
 * behind.
 */
export class WebhookHost {
	/** Items of every execution that was started. */
	readonly executions: IDataObject[][] = [];
	/** Lines that the node has written to n8n's log. */
	readonly log: string[] = [];
	/** The errors that the node has thrown at deliveries. n8n answers them with 500. */
	readonly errors: Error[] = [];
	/** Static data as n8n has stored it, as JSON. */
	stored = '{}';
	mode: WebhookMode = 'trigger';
	/**
	 * The fate of deliveries: nobody listens, or n8n's process ends before or after it has stored the
	 * state.
	 */
	fate: 'well' | 'down' | 'endsBeforeSaving' | 'endsAfterSaving' = 'well';
	/** Items whose executions n8n could no longer start, because its process had ended. */
	readonly unstarted: IDataObject[] = [];
	/** The address of n8n's server. */
	path = '/webhook';
	/** Processes that take the deliveries in turn; without any it is the one that publishes. */
	processes: INodeType[] = [];
	/** Which of them takes the n-th delivery. */
	takenBy = (n: number): number => n % this.processes.length;
	/** How many requests the node gets in the same turn of the event loop: waits for so many. */
	atOnce = 1;
	private deliveries = 0;
	private readonly arrived: Array<() => void> = [];
	private readonly open = new Set<Promise<void>>();
	private readonly type: INodeType;
	private server!: ListeningServer;

	private constructor(
		private readonly engine: Engine,
		readonly node: INode,
	) {
		this.type = engine.nodeType(node.type)!;
	}

	static async start(engine: Engine, node: INode): Promise<WebhookHost> {
		const host = new WebhookHost(engine, node);
		const app = express();
		app.use(express.raw({ type: () => true, limit: '16mb' }));
		app.post(/.*/, (request, response) => {
			host.arrived.push(() => {
				const work = host.receive(request, response);
				host.open.add(work);
				void work.finally(() => host.open.delete(work));
			});
			if (host.arrived.length < host.atOnce) return;
			for (const start of host.arrived.splice(0)) start();
		});
		host.server = await listenOnLoopback(app, 0);
		return host;
	}

	get url(): string {
		return this.server.url + this.path;
	}

	/** n8n listens for a test event at a separate address. */
	private get testUrl(): string {
		return `${this.server.url}/webhook-test`;
	}

	/** Items of all executions, in the order of their starts. */
	get items(): IDataObject[] {
		return this.executions.flat();
	}

	/** Waits for work that continues after the answer. */
	async idle(): Promise<void> {
		while (this.open.size > 0) await Promise.all(this.open);
	}

	async close(): Promise<void> {
		await this.idle();
		await this.server.close();
	}

	/** What n8n does on publishing: checks whether the webhook exists, else creates it. */
	async publish(): Promise<void> {
		const methods = this.type.webhookMethods!.default!;
		await this.withHook(async (context) => {
			if (!(await methods.checkExists.call(context))) await methods.create.call(context);
		});
	}

	/** A new process of n8n begins with the stored state. */
	restart(): void {
		this.node.id = randomUUID();
	}

	/** The stored state of the node. */
	get storedOfNode(): Record<string, IDataObject> {
		const stored = JSON.parse(this.stored) as Record<string, Record<string, IDataObject>>;
		return stored[`node:${this.node.name}`] ?? {};
	}

	/** A request from anybody. Waits until all its effects are over. */
	async post(
		body: Buffer | string,
		headers: Record<string, string>,
	): Promise<{ status: number; text: string }> {
		const response = await fetch(this.url, {
			method: 'POST',
			body,
			headers: { 'content-type': 'application/json', ...headers },
		});
		const text = await response.text();
		await this.idle();
		return { status: response.status, text };
	}

	async unpublish(): Promise<void> {
		await this.withHook(async (context) => {
			await this.type.webhookMethods!.default!.delete.call(context);
		});
	}

	private async withHook(work: (context: HookContext) => Promise<void>): Promise<void> {
		const workflow = this.load();
		const additionalData = this.engine.additionalData();
		const context = new HookContext(
			workflow,
			this.node,
			additionalData,
			this.mode,
			this.mode === 'manual' ? 'manual' : 'activate',
			this.webhookData(workflow),
		);
		// n8n makes the address from its own base, which here is this server
		const url = this.mode === 'manual' ? this.testUrl : this.url;
		Object.assign(context, { getNodeWebhookUrl: () => url });
		await work(context);
		this.save(workflow);
	}

	private async receive(request: Request, response: Response): Promise<void> {
		const { fate } = this;
		if (fate === 'down') return void response.status(503).end();
		const type = this.processes[this.takenBy(this.deliveries++)] ?? this.type;
		const workflow = this.load();
		const raw = Buffer.isBuffer(request.body) ? request.body : undefined;
		const httpRequest = Object.assign(request, { rawBody: raw, body: parsed(raw) });
		const additionalData = {
			...this.engine.additionalData(),
			httpRequest,
			httpResponse: response,
		} as unknown as IWorkflowExecuteAdditionalData;
		const context = new WebhookContext(
			workflow,
			this.node,
			additionalData,
			this.mode,
			this.webhookData(workflow),
			[],
			null,
		);
		// n8n gives a delivery only the address of the published workflow
		Object.assign(context, { getNodeWebhookUrl: () => this.url });
		context.logger.warn = (line: string) => void this.log.push(line);
		try {
			const { workflowData, noWebhookResponse } = await type.webhook!.call(context);
			// n8n answers unless it is told that the node has
			if (noWebhookResponse !== true) throw new Error('The delivery was answered twice');
			if (fate !== 'endsBeforeSaving') this.save(workflow);
			if (workflowData !== undefined) {
				const items = workflowData.flat().map(({ json }) => json);
				if (fate === 'well') this.executions.push(items);
				else this.unstarted.push(...items);
			}
		} catch (thrown) {
			this.errors.push(thrown as Error);
			response.status(500).json({ message: 'Workflow could not be started!' });
		}
	}

	private load(): Workflow {
		return this.engine.pollingWorkflow(this.node, JSON.parse(this.stored) as IDataObject);
	}

	private save({ staticData }: Workflow): void {
		if ((staticData as { __dataChanged?: boolean }).__dataChanged) {
			this.stored = JSON.stringify(staticData);
		}
	}

	private webhookData(workflow: Workflow): IWebhookData {
		return {
			httpMethod: 'POST',
			node: this.node.name,
			path: 'webhook',
			webhookDescription: this.type.description.webhooks![0]!,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: this.engine.additionalData(),
			isTest: this.mode === 'manual',
		};
	}
}

/** n8n refuses broken JSON before the node. */
function parsed(raw: Buffer | undefined): unknown {
	try {
		return raw === undefined ? {} : JSON.parse(raw.toString('utf8'));
	} catch {
		return {};
	}
}
