import { ExecuteContext } from 'n8n-core';
import {
	createRunExecutionData,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type IRunExecutionData,
	type Workflow,
} from 'n8n-workflow';

import type { Engine } from '../../../../support/engine';

type Answer = (request: IHttpRequestOptions) => Promise<unknown>;

/** The Seam node in n8n's own context, with requests answered in memory. */
export class MemoryNode {
	/** By the parameters that decide which others exist: n8n takes its time to make a workflow. */
	private readonly workflows = new Map<string, { workflow: Workflow; node: INode }>();
	private readonly additionalData;
	private readonly nodeType;

	constructor(
		private readonly engine: Engine,
		private readonly answer: Answer,
	) {
		this.additionalData = engine.additionalData();
		this.nodeType = engine.nodeType(engine.node('seam', {}).type)!;
	}

	/** Runs the Seam node. With `retry`, as n8n's Retry On Fail does. */
	async run(parameters: IDataObject, retry: boolean): Promise<IDataObject[]> {
		const data = createRunExecutionData({});
		let items: IDataObject[] = [];
		for (let tries = retry ? 3 : 1; tries > 0; tries--) {
			items = await this.runOnce(parameters, data);
			if (items.every(({ error }) => error === undefined)) break;
		}
		return items;
	}

	private async runOnce(parameters: IDataObject, data: IRunExecutionData): Promise<IDataObject[]> {
		const { workflow, node } = this.workflowOf(parameters);
		const input = [{ json: {} }];
		const inputs = { main: [input] };
		const context = new ExecuteContext(
			workflow,
			node,
			this.additionalData,
			'trigger',
			data,
			0,
			input,
			inputs,
			{ node, data: inputs, source: null },
			[],
		);
		Object.assign(context.helpers, {
			httpRequestWithAuthentication: async (_: string, request: IHttpRequestOptions) =>
				await this.answer(request),
		});
		Object.assign(context, {
			getCredentials: async () => await Promise.resolve(this.engine.credentials.data.seamApi),
		});
		const outputs = await this.nodeType.execute!.call(context);
		return (outputs as Array<Array<{ json: IDataObject }>>).flat().map(({ json }) => json);
	}

	private workflowOf(parameters: IDataObject) {
		const key = `${parameters.operation as string} ${parameters.target as string}`;
		let made = this.workflows.get(key);
		if (made === undefined) {
			const node = this.engine.node('seam', parameters, { onError: 'continueRegularOutput' });
			made = { workflow: this.engine.pollingWorkflow(node), node };
			// the times of a history name their zone, and n8n computes with UTC in no time
			made.workflow.settings.timezone = 'UTC';
			this.workflows.set(key, made);
		}
		const { workflow, node } = made;
		const complete = { ...node.parameters, ...parameters } as INode['parameters'];
		return { workflow, node: { ...node, parameters: complete } };
	}
}
