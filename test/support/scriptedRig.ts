import type { IDataObject, INode } from 'n8n-workflow';

import { Engine, type Run } from './engine';
import { CONTINUE } from './rig';
import { assertReadable } from './readable';
import { ScriptedServer, type ScriptedAnswer, type ScriptedReply } from './scriptedServer';
import { SCRIPTED_APIS, type ApiVersion } from './services';
import type { TestedApi } from './testedService';
import { VirtualClock } from './virtualClock';

/** The result of a run under a script. */
export interface ScriptedRun {
	run: Run;
	/** The only output item of the node. */
	item: IDataObject;
	/** Its `error`; empty if it did not fail. */
	error: IDataObject;
	/** Number of command requests. */
	commands: number;
	readings: number;
	/** Everything that n8n would store of the run. */
	everything: string;
}

/**
 * A service on loopback that answers as a test defines, and n8n's engine with a credential for it.
 */
export interface ScriptedRig {
	api: TestedApi;
	server: ScriptedServer;
	time: VirtualClock;
	/** Runs the node with these parameters. The answers are added to the usual ones. */
	run(
		parameters: IDataObject,
		answers?: Record<string, ScriptedReply>,
		extra?: Partial<INode>,
		items?: IDataObject[],
	): Promise<ScriptedRun>;
	/** n8n's engine with a new credential. The answers are added to the usual ones. */
	startEngine(answers: Record<string, ScriptedReply>): Promise<Engine>;
	/** Reads, and the read gets this answer. */
	read(answer: ScriptedAnswer, extra?: Partial<INode>): Promise<ScriptedRun>;
	/** Locks, and the command gets this answer. Further answers are added to the usual ones. */
	lock(
		answer: ScriptedAnswer,
		further?: Record<string, ScriptedAnswer>,
		extra?: Partial<INode>,
	): Promise<ScriptedRun>;
	/** Reads a device for each item. An expression over the item names the device. */
	readEach(items: IDataObject[], extra: Partial<INode>): Promise<ScriptedRun>;
	close(): Promise<void>;
}

/** @param credential The changed fields of the credential. */
export async function startScriptedRig(
	name: ApiVersion,
	credential: IDataObject = {},
): Promise<ScriptedRig> {
	const api = SCRIPTED_APIS[name];
	const server = await new ScriptedServer().start();
	const time = new VirtualClock();
	const startEngine: ScriptedRig['startEngine'] = async (answers) => {
		server.seen.length = 0;
		server.answers = { ...api.usual, ...answers };
		// a run may store a token, so each begins with its own credentials
		return await Engine.start(
			credentialsOf(api, { ...credential, environment: 'custom', host: server.url }),
		);
	};
	const run = async (
		parameters: IDataObject,
		answers: Record<string, ScriptedReply> = {},
		extra: Partial<INode> = CONTINUE,
		items?: IDataObject[],
	): Promise<ScriptedRun> => {
		const engine = await startEngine(answers);
		const node = engine.node(api.node, { ...api.parameters, ...parameters }, extra);
		const finished = await engine.runNode(node, items);
		const outputs = finished.json('Node');
		assertReadable(outputs);
		const [item = {}] = outputs;
		return {
			run: finished,
			item,
			error: (item.error ?? {}) as IDataObject,
			commands: server.count(api.command),
			readings: server.count(api.reading),
			everything: JSON.stringify(finished.data),
		};
	};
	return {
		api,
		server,
		time,
		startEngine,
		run,
		read: async (answer, extra) =>
			await run({ operation: 'getLockStatus' }, { [api.reading]: answer }, extra),
		lock: async (answer, further, extra) =>
			await run(
				{ operation: 'lock', options: { timeoutSeconds: 30 } },
				{ [api.command]: answer, ...further },
				extra,
			),
		readEach: async (items, extra) =>
			await run({ operation: 'getLockStatus', deviceId: '={{ $json.id }}' }, {}, extra, items),
		close: async () => {
			time.restore();
			await server.close();
		},
	};
}

function credentialsOf({ credentials }: TestedApi, change: IDataObject) {
	return Object.fromEntries(
		Object.entries(credentials).map(([type, data]) => [type, { ...data, ...change }]),
	);
}
