import { parse } from 'flatted';
import { CREDENTIAL_BLANKING_VALUE, type IDataObject, type IRun } from 'n8n-workflow';
import type { WorkflowJson } from '../../support/engine';
import { withItems, type Run } from '../../support/run';
import { EditorSession, OWNER, statusOf, type Owner } from './editorSession';
import { eventually } from './eventually';

export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}

export interface StoredWorkflow extends WorkflowJson {
	id: string;
	name: string;
	versionId: string;
	active: boolean;
	staticData?: IDataObject | null;
}

interface ExecutionPage {
	results: ExecutionSummary[];
	/** Of the page after this one; null on the last. */
	nextCursor: string | null;
}

export interface ExecutionSummary {
	id: string;
	status: string;
	mode: string;
	workflowId: string;
	/** Missing until it has ended. */
	stoppedAt?: string;
}

export interface NodeTypeEntry {
	name: string;
	displayName: string;
	iconUrl?: string | { light: string; dark: string };
	outputs: unknown;
}

interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

const WAIT_MS = 90_000;
const UNFINISHED = ['new', 'running', 'waiting'];

/** The trigger that a person would start by hand: one by webhook waits until somebody calls. */
const firstTrigger = ({ nodes }: WorkflowJson): string => {
	const trigger = nodes.find(({ type }) => /(?<!Webhook)Trigger$/.test(type));
	if (trigger === undefined) throw new Error('The workflow has no trigger that can be started');
	return trigger.name;
};

/** What a person does in n8n's editor, by the requests that the editor sends. */
export class N8nClient extends EditorSession {
	readonly #created: string[] = [];

	/** Signs in, as the owner's first visit if nobody was there before. */
	static async signIn(url: string, owner: Owner = OWNER): Promise<N8nClient> {
		const client = new N8nClient(url);
		await client.enter(owner);
		return client;
	}

	async nodeTypes(): Promise<NodeTypeEntry[]> {
		return (await this.ask('GET', '/types/nodes.json')) as NodeTypeEntry[];
	}

	async credentialTypes(): Promise<NodeTypeEntry[]> {
		return (await this.ask('GET', '/types/credentials.json')) as NodeTypeEntry[];
	}

	async createCredential(
		type: string,
		data: IDataObject,
		name = `A ${type}`,
	): Promise<StoredCredential> {
		return await this.send('POST', '/rest/credentials', { name, type, data });
	}

	async credentials(): Promise<StoredCredential[]> {
		return await this.send('GET', '/rest/credentials');
	}

	/** Its fields as the editor gets them: secrets are blanked. */
	async credentialFields(id: string): Promise<IDataObject> {
		const query = '?includeData=true';
		const { data } = await this.send<{ data: IDataObject }>(
			'GET',
			`/rest/credentials/${id}${query}`,
		);
		return data;
	}

	/** Changes some fields and leaves the others, and a sign-in, as they are. */
	async changeCredential(credential: StoredCredential, change: IDataObject): Promise<void> {
		const { id, name, type } = credential;
		// n8n keeps the sign-in by itself
		const data = { ...(await this.credentialFields(id)), ...change };
		delete data.oauthTokenData;
		await this.send('PATCH', `/rest/credentials/${id}`, { id, name, type, data });
	}

	/** What the editor shows under a credential's form. */
	async testCredential(
		credential: StoredCredential,
		change: IDataObject = {},
	): Promise<{ status: string; message: string }> {
		const { id, name, type } = credential;
		const { oauthTokenData, ...fields } = await this.credentialFields(id);
		// n8n takes the blanked value for the stored one
		const signIn = oauthTokenData ? { oauthTokenData: CREDENTIAL_BLANKING_VALUE } : {};
		const credentials = { id, name, type, data: { ...fields, ...signIn, ...change } };
		return await this.send('POST', '/rest/credentials/test', { credentials });
	}

	async workflows(): Promise<StoredWorkflow[]> {
		return await this.send('GET', '/rest/workflows');
	}

	async workflow(id: string): Promise<StoredWorkflow> {
		return await this.send('GET', `/rest/workflows/${id}`);
	}

	async createWorkflow(workflow: WorkflowJson): Promise<StoredWorkflow> {
		const { name = 'A workflow', nodes, connections, pinData, settings = {} } = workflow;
		// n8n 2.0 wants to be told that it is not active
		const body = { name, nodes, connections, pinData, settings, active: false };
		const stored = await this.send<StoredWorkflow>('POST', '/rest/workflows', body);
		this.#created.push(stored.id);
		return stored;
	}

	/** Ends the workflows that were created here; they stay in n8n's archive. */
	async archiveCreated(): Promise<void> {
		for (const id of this.#created.splice(0)) {
			await this.send('POST', `/rest/workflows/${id}/archive`, {});
		}
	}

	/** Stores other parameters of one node; what is published stays as it is. */
	async changeNode(id: string, name: string, parameters: IDataObject): Promise<void> {
		const { nodes, ...workflow } = await this.workflow(id);
		const changed = nodes.map((node) =>
			node.name === name ? { ...node, parameters: { ...node.parameters, ...parameters } } : node,
		);
		const { connections, settings, versionId } = workflow;
		const body = { name: workflow.name, nodes: changed, connections, settings, versionId };
		await this.send('PATCH', `/rest/workflows/${id}`, body);
	}

	/** Runs a stored workflow by hand, from its first trigger, to its end. */
	async run(workflow: StoredWorkflow): Promise<Run> {
		return await this.waitForExecution(await this.start(workflow));
	}

	/**
	 * The same, without waiting; gives the id of the execution.
	 * @param item What the trigger gives, where it would wait for somebody.
	 */
	async start(workflow: StoredWorkflow, item?: IDataObject): Promise<string> {
		const { executionId } = await this.send<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflow.id}/run`,
			{
				workflowData: workflow,
				startNodes: [],
				triggerToStartFrom: {
					name: firstTrigger(workflow),
					...(item && { data: { data: { main: [[{ json: item }]] } } }),
				},
			},
		);
		return executionId;
	}

	/** The run of an execution, once it has ended. */
	async waitForExecution(id: string, timeoutMs = WAIT_MS): Promise<Run> {
		return await eventually(
			`the end of execution ${id}`,
			async () => {
				const { status, data } = await this.execution(id);
				if (UNFINISHED.includes(status)) return undefined;
				return withItems({ status, data: parse(data) as IRun['data'] });
			},
			timeoutMs,
		);
	}

	/** An execution as it stands now. */
	async execution(id: string): Promise<{ status: IRun['status']; data: string }> {
		return await this.send('GET', `/rest/executions/${id}`);
	}

	/** How many executions of a workflow have this status. */
	async countExecutions(workflowId: string, status: string): Promise<number> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status: [status] }));
		const { count } = await this.send<{ count: number }>(
			'GET',
			`/rest/executions?filter=${filter}&limit=1`,
		);
		return count;
	}

	/** The newest 100 executions of a workflow, oldest first. */
	async executions(workflowId: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.send<{ results: ExecutionSummary[] }>(
			'GET',
			`/rest/executions?filter=${filter}&limit=100`,
		);
		return results.toReversed();
	}

	/** What a node gave in all executions of a workflow, however many; the newest first. */
	async itemsOf(workflowId: string, node: string): Promise<IDataObject[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const items: IDataObject[] = [];
		for (let cursor: string | null = ''; cursor !== null;) {
			const after: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
			const { results, nextCursor } = await this.send<ExecutionPage>(
				'GET',
				`/rest/executions?filter=${filter}&limit=100${after}`,
			);
			const runs = await Promise.all(results.map(({ id }) => this.waitForExecution(id)));
			items.push(...runs.flatMap((run) => run.json(node)));
			cursor = nextCursor;
		}
		return items;
	}

	/** The runs of a workflow that n8n starts by itself, once there are as many. */
	async waitForExecutions(workflowId: string, count: number, timeoutMs = WAIT_MS): Promise<Run[]> {
		const found = await eventually(
			`${count} executions of workflow ${workflowId}`,
			async () => {
				const executions = await this.executions(workflowId);
				return executions.length >= count ? executions : undefined;
			},
			timeoutMs,
		);
		return await Promise.all(found.map(({ id }) => this.waitForExecution(id, timeoutMs)));
	}

	/**
	 * Publishes a workflow and waits for what came of it: n8n answers before the first poll of a
	 * trigger has run. Throws what the editor would show.
	 */
	async publish(workflowId: string): Promise<void> {
		const { versionId } = await this.workflow(workflowId);
		await this.send('POST', `/rest/workflows/${workflowId}/activate`, { versionId });
		const { status, triggers } = await eventually(`the publication of ${workflowId}`, async () => {
			const answer = await this.#publication(workflowId);
			return answer.status === 'in_progress' ? undefined : answer;
		});
		if (status === 'published') return;
		const reasons = triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
		throw new Error(`The workflow was not published (${status}): ${reasons.join('; ')}`);
	}

	async unpublish(workflowId: string): Promise<void> {
		await this.send('POST', `/rest/workflows/${workflowId}/deactivate`, {});
	}

	async #publication(workflowId: string): Promise<PublicationStatus> {
		try {
			return await this.send('GET', `/rest/workflows/${workflowId}/publication-status`);
		} catch (error) {
			// n8n 2.0 publishes before it answers, and refuses what cannot be published
			if (statusOf(error) === 404) return { status: 'published', triggers: [] };
			throw error;
		}
	}
}
