import { PollContext } from 'n8n-core';
import type { IDataObject, INode, INodeType, Workflow } from 'n8n-workflow';

import type { Engine } from './engine';

export interface PollOptions {
	/** `manual`: 'Fetch Test Event' of the editor. */
	mode?: 'trigger' | 'manual';
	/** Milliseconds that n8n gives the poll. */
	budgetMs?: number;
}

let pollerCount = 0;

/** A trigger that polls repeatedly, with the state that n8n stores for it. */
export class Poller {
	private workflow: Workflow;
	/** n8n uses the same one for all polls after publishing. */
	private context: PollContext;
	private readonly type: INodeType;
	/** Lines that the node has written to n8n's log. */
	readonly log: string[] = [];

	constructor(
		private readonly engine: Engine,
		readonly node: INode,
	) {
		// n8n gives every node an ID of its own
		node.id = `poller-${++pollerCount}`;
		this.workflow = engine.pollingWorkflow(node);
		this.context = this.newContext('trigger');
		this.type = engine.nodeType(node.type)!;
	}

	private newContext(mode: 'trigger' | 'manual'): PollContext {
		const activation = mode === 'manual' ? 'manual' : 'activate';
		const additionalData = this.engine.additionalData();
		return new PollContext(this.workflow, this.node, additionalData, mode, activation);
	}

	/** The items that start an execution; `null` if none is started. */
	async poll({ mode = 'trigger', budgetMs }: PollOptions = {}): Promise<IDataObject[] | null> {
		const context = mode === 'manual' ? this.newContext(mode) : this.context;
		if (budgetMs !== undefined) Object.assign(context, { getPollBudgetMs: () => budgetMs });
		const answer = await this.listening(context, async () => await this.type.poll!.call(context));
		return answer === null ? null : answer.flat().map(({ json }) => json);
	}

	/** All nodes share n8n's log. */
	private async listening<Result>(
		{ logger }: PollContext,
		work: () => Promise<Result>,
	): Promise<Result> {
		logger.warn = (line) => void this.log.push(line);
		try {
			return await work();
		} finally {
			// uncovers the method of its class again
			Reflect.deleteProperty(logger, 'warn');
		}
	}

	/** Names of the events of a poll, in order. */
	async events(options?: PollOptions): Promise<unknown[]> {
		return (await this.poll(options))?.map(({ event }) => event) ?? [];
	}

	/** What n8n would store, as JSON. */
	get state(): string {
		return JSON.stringify(this.workflow.staticData);
	}

	/** Restarts n8n with what it had stored. */
	restart(state = this.state): void {
		this.workflow = this.engine.pollingWorkflow(this.node, JSON.parse(state) as IDataObject);
		this.context = this.newContext('trigger');
	}

	/** The same trigger with other parameters. */
	change(parameters: IDataObject): void {
		Object.assign(this.node.parameters, parameters);
		this.restart();
	}
}
