import './quietEngine';
import 'reflect-metadata';
import path from 'node:path';

import {
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	PackageDirectoryLoader,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeType,
	type INodeTypes,
	type IPinData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
} from 'n8n-workflow';

import { MemoryCredentials } from './memoryCredentials';
import { withItems, type Run } from './run';
import { stockNode } from './stockNodes';

export type { Run } from './run';

const PACKAGE_NAME = 'n8n-nodes-smart-locks';

export interface WorkflowJson {
	name?: string;
	nodes: INode[];
	connections: IConnections;
	pinData?: IPinData;
	settings?: IWorkflowSettings;
}

export interface RunningWorkflow {
	finished: Promise<Run>;
	/** Does what the Stop button does. */
	stop(): void;
	/** Does what n8n does when the workflow's timeout is reached. */
	timeOut(): void;
}

let loaded: Promise<PackageDirectoryLoader> | undefined;

/** As n8n does, the package is loaded once: its validation takes longer than a run. */
async function loadedPackage(): Promise<PackageDirectoryLoader> {
	loaded ??= (async () => {
		const loader = new PackageDirectoryLoader(path.resolve(__dirname, '../..'));
		await loader.loadAll();
		return loader;
	})();
	return await loaded;
}

/** n8n's own engine (n8n-core) with this package in it and the credentials in memory. */
export class Engine {
	private readonly loader: PackageDirectoryLoader;
	private readonly extraNodes = new Map([['test.start', passThrough('start')]]);
	private readonly extraCredentials = new Map<string, ICredentialType>();
	readonly credentials: MemoryCredentials;

	private constructor(loader: PackageDirectoryLoader, data: Record<string, IDataObject>) {
		this.loader = loader;
		this.credentials = new MemoryCredentials(
			data as Record<string, ICredentialDataDecryptedObject>,
			(name) => this.credentialType(name),
		);
	}

	/** @param credentials Credential data by type, as a person would enter it in the form. */
	static async start(credentials: Record<string, IDataObject>): Promise<Engine> {
		return new Engine(await loadedPackage(), credentials);
	}

	/** Adds a node whose `execute` is `work`, for tests of the parts of nodes. */
	addNode(name: string, credentialType: string, work: (context: IExecuteFunctions) => unknown) {
		const node = passThrough(name);
		node.description.credentials = [{ name: credentialType }];
		node.execute = async function () {
			return [[{ json: { result: (await work(this)) as IDataObject } }]];
		};
		this.extraNodes.set(`test.${name}`, node);
	}

	/** Uses this node for `type` from now on. */
	addNodeType(type: string, node: INodeType) {
		this.extraNodes.set(type, node);
	}

	addCredentialType(type: ICredentialType) {
		this.extraCredentials.set(type.name, type);
	}

	credentialType(name: string): ICredentialType {
		return this.extraCredentials.get(name) ?? this.loader.getCredential(name).type;
	}

	nodeType(type: string, version?: number): INodeType | undefined {
		const extra = this.extraNodes.get(type) ?? stockNode(type, version);
		if (extra !== undefined) return extra;
		const [packageName, name = ''] = type.split('.');
		if (packageName !== PACKAGE_NAME) return undefined;
		// n8n derives the tool variant of a node from the node itself
		const isTool = name.endsWith('Tool') && !(name in this.loader.known.nodes);
		const loaded = this.loader.getNode(isTool ? name.slice(0, -'Tool'.length) : name);
		const node = NodeHelpers.getVersionedNodeType(loaded.type);
		if (!isTool) return node;
		const { description } = node;
		// fields with the condition '@tool' go by the name in the description
		return Object.assign(Object.create(node) as INodeType, {
			description: { ...description, name: `${description.name}Tool` },
		});
	}

	/** A node of this package, as the editor would save it. */
	node(name: string, parameters: IDataObject, extra: Partial<INode> = {}): INode {
		const type = name.includes('.') ? name : `${PACKAGE_NAME}.${name}`;
		const credentials = this.nodeType(type)?.description.credentials ?? [];
		return {
			id: name,
			name: 'Node',
			type,
			typeVersion: 1,
			position: [0, 0],
			parameters: parameters as INode['parameters'],
			credentials: Object.fromEntries(
				credentials.map((credential) => [
					credential.name,
					{ id: credential.name, name: credential.name },
				]),
			),
			...extra,
		};
	}

	/** Runs one node on input items. Its outputs are under the name `Node`. */
	async runNode(node: INode, items: IDataObject[] = [{}]): Promise<Run> {
		return await this.startNode(node, items).finished;
	}

	startNode(node: INode, items: IDataObject[] = [{}]): RunningWorkflow {
		const trigger = this.node('test.start', {}, { name: 'Start' });
		const connections = {
			Start: { main: [[{ node: node.name, type: 'main' as const, index: 0 }]] },
		};
		return this.startWorkflow({ nodes: [trigger, node], connections }, items);
	}

	/**
	 * Runs a workflow as if its trigger had fired with these items.
	 * @param triggerName Which trigger, if there are several; else the first.
	 */
	startWorkflow(
		json: WorkflowJson,
		items: IDataObject[] = [{}],
		triggerName?: string,
	): RunningWorkflow {
		const workflow = this.workflow(json);
		const triggers = json.nodes.filter(
			({ type }) => type === 'test.start' || /Trigger$/.test(type),
		);
		const first = triggers.find(({ name }) => name === (triggerName ?? name));
		if (first === undefined) throw new Error('The workflow has no trigger that can be started');
		const start = { node: first, data: { main: [items.map((item) => ({ json: item }))] } };
		const additionalData = this.additionalData();
		const execution = new WorkflowExecute(
			additionalData,
			'trigger',
			createRunExecutionData({
				executionData: {
					contextData: {},
					metadata: {},
					waitingExecution: {},
					waitingExecutionSource: {},
					nodeExecutionStack: [{ ...start, source: null }],
				},
			}),
		).processRunExecutionData(workflow);
		return {
			finished: execution.then((run) => withItems(run)),
			stop: () => execution.cancel(),
			timeOut: () => {
				// the engine checks this between nodes, and n8n's timer cancels the running node
				additionalData.executionTimeoutTimestamp = Date.now();
				execution.cancel();
			},
		};
	}

	/** The context in which n8n fills lists in the editor. */
	loadOptionsContext(node: INode): LoadOptionsContext {
		const workflow = this.workflow({ nodes: [node], connections: {} });
		const type = this.nodeType(node.type)!.description;
		// the editor passes the form's values, defaults included
		const currentNodeParameters = NodeHelpers.getNodeParameters(
			type.properties,
			node.parameters,
			true,
			false,
			node,
			type,
		);
		const additionalData = { ...this.additionalData(), currentNodeParameters };
		return new LoadOptionsContext(
			workflow,
			node,
			additionalData as IWorkflowExecuteAdditionalData,
			'',
		);
	}

	/** A published workflow whose only node polls. */
	pollingWorkflow(node: INode, staticData: IDataObject = {}): Workflow {
		return this.workflow({ nodes: [node], connections: {} }, staticData);
	}

	private workflow(
		{ nodes, connections, settings }: WorkflowJson,
		staticData: IDataObject = {},
	): Workflow {
		return new Workflow({
			id: 'w',
			active: false,
			nodes,
			connections,
			settings,
			staticData,
			nodeTypes: this.nodeTypes(),
		});
	}

	private nodeTypes(): INodeTypes {
		const find = (type: string, version?: number) => this.nodeType(type, version) as INodeType;
		return {
			getByName: find,
			getByNameAndVersion: find,
			getKnownTypes: () => this.loader.known.nodes,
		};
	}

	/** What n8n's own parts need to know about the host. */
	additionalData(): IWorkflowExecuteAdditionalData {
		const url = 'http://localhost:5678';
		const base = { id: 'w', name: 'w', nodes: [], connections: {}, active: false };
		return {
			credentialsHelper: this.credentials,
			hooks: new ExecutionLifecycleHooks('manual', 'e', base as unknown as IWorkflowBase),
			executionId: 'e',
			variables: {},
			restApiUrl: url,
			instanceBaseUrl: url,
			webhookBaseUrl: url,
			webhookWaitingBaseUrl: `${url}/webhook-waiting`,
			formWaitingBaseUrl: `${url}/form-waiting`,
			setExecutionStatus() {},
		} as unknown as IWorkflowExecuteAdditionalData;
	}
}

function passThrough(name: string): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name },
			inputs: [],
			outputs: ['main'],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			return await Promise.resolve([this.getInputData()]);
		},
	};
}
