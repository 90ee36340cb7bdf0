import { AsyncLocalStorage } from 'node:async_hooks';

import { Container } from '@n8n/di';
import { ActiveWorkflowTriggers, PollContext, PollTriggerExecutor } from 'n8n-core';
import type { IDataObject, INode, INodeExecutionData, Workflow } from 'n8n-workflow';

import type { Engine } from './engine';

const EVERY_HOUR = { item: [{ mode: 'everyHour', minute: 7 }] };

interface Started {
	items: IDataObject[];
	/** What n8n would have stored in the same transaction. */
	state: string;
}

/**
 * A workflow that n8n's own ActiveWorkflowTriggers publishes and polls, with durable cursors. A
 * poll gets a copy of the stored state. The copy is stored with the execution that it starts, or
 * alone if it starts none, and never if the poll fails.
 */
export class PublishedWorkflow {
	readonly executions: Started[] = [];
	readonly errors: Error[] = [];
	/** What n8n has stored, as JSON. */
	stored = '{}';
	/** How often n8n has stored something. */
	writes = 0;
	private readonly polls = new AsyncLocalStorage<IDataObject>();
	private readonly workflow: Workflow;
	private context: PollContext;
	private isPublished = false;

	constructor(
		private readonly engine: Engine,
		private readonly node: INode,
	) {
		node.parameters.pollTimes = EVERY_HOUR;
		this.workflow = engine.pollingWorkflow(node);
		this.context = this.newContext();
	}

	/** n8n creates one each time it publishes or starts. */
	private newContext(): PollContext {
		const context = new PollContext(
			this.workflow,
			this.node,
			this.engine.additionalData(),
			'trigger',
			'activate',
			(data) => this.emit(data),
			(error) => this.errors.push(error),
			async () => await Promise.resolve(this.commit()),
			async (poll) => {
				// overlapping polls have separate copies
				const staged = JSON.parse(this.stored) as IDataObject;
				return await this.polls.run(staged, poll);
			},
			() => this.stagedState(),
		);
		jest.spyOn(context.logger, 'warn').mockImplementation(() => {});
		return context;
	}

	/** Publishes the workflow, which polls once. */
	async publish(): Promise<void> {
		this.context = this.newContext();
		await Container.get(ActiveWorkflowTriggers).addAllTriggers(
			this.workflow.id,
			this.workflow,
			{} as never,
			'trigger',
			'activate',
			() => {
				throw new Error('It has no trigger function');
			},
			() => this.context,
		);
		this.isPublished = true;
	}

	/** What the schedule does. */
	async tick(): Promise<void> {
		const execute = Container.get(PollTriggerExecutor).create(
			this.workflow,
			this.node,
			this.context,
			() => true,
		);
		await execute();
	}

	async unpublish(): Promise<void> {
		if (this.isPublished) await Container.get(ActiveWorkflowTriggers).remove(this.workflow.id);
		// one that is left slows every promise of the tests that follow
		this.polls.disable();
	}

	private emit(data: INodeExecutionData[][]): void {
		this.commit();
		this.executions.push({ items: data.flat().map(({ json }) => json), state: this.stored });
	}

	private stagedState(): IDataObject {
		const staged = this.polls.getStore();
		if (staged === undefined) throw new Error('State was read outside of a poll');
		return staged;
	}

	private commit(): void {
		const state = JSON.stringify(this.stagedState());
		if (state === this.stored) return;
		this.stored = state;
		this.writes++;
	}
}
