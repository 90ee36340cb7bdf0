import type { IDataObject, INode } from 'n8n-workflow';

import type { Clock } from '../../nodes/shared/basics/clock';
import { Engine, type Run } from './engine';
import { assertReadable } from './readable';
import { VirtualClock } from './virtualClock';

/** The common part of the simulators. */
interface AnySimulator {
	url: string;
	clock: { advance(seconds: number): void };
	requests: { all(): ReadonlyArray<{ method: string; path: string }> };
	reset(): void;
	close(): Promise<void>;
}

/** A simulator, n8n's engine with credentials for it, and a clock that a test advances for both. */
export interface Rig<Simulator extends AnySimulator> {
	simulator: Simulator;
	engine: Engine;
	time: VirtualClock;
	/** Changes fields of a credential: the first one, unless another type is named. */
	setCredential(change: IDataObject, type?: string): void;
	/** A node of the service as the editor would save it. */
	node(parameters: IDataObject, extra?: Partial<INode>): INode;
	/** Runs a node of the service. Parameters may contain expressions over the items. */
	run(parameters: IDataObject, items?: IDataObject[], extra?: Partial<INode>): Promise<Run>;
	/** Paths of the calls that the simulator received. */
	calls(): string[];
	/** How many lock and unlock commands the simulator received. */
	commandCount(): number;
	close(): Promise<void>;
}

export const CONTINUE: Partial<INode> = { onError: 'continueRegularOutput' };

/**
 * @param isCommand Whether a request to the simulator locks or unlocks.
 * @param nodesClock See {@link VirtualClock}.
 */
export async function startRig<Simulator extends AnySimulator>(
	simulator: Simulator,
	nodeName: string,
	credentials: Record<string, IDataObject>,
	isCommand: (request: { method: string; path: string }) => boolean,
	nodesClock?: Clock,
): Promise<Rig<Simulator>> {
	const time = new VirtualClock((seconds) => simulator.clock.advance(seconds), nodesClock);
	const engine = await Engine.start(credentials);
	const [firstType = ''] = Object.keys(credentials);
	const node: Rig<Simulator>['node'] = (parameters, extra) =>
		engine.node(nodeName, parameters, extra);
	return {
		simulator,
		engine,
		time,
		node,
		setCredential: (change, type = firstType) => {
			// n8n replaces the data when it stores a token
			Object.assign(engine.credentials.data[type]!, change);
		},
		run: async (parameters, items, extra) => {
			const run = await engine.runNode(node(parameters, extra), items);
			assertReadable(run.json('Node'));
			return run;
		},
		calls: () => simulator.requests.all().map(({ path }) => path),
		commandCount: () => simulator.requests.all().filter(isCommand).length,
		close: async () => {
			time.restore();
			await simulator.close();
		},
	};
}

/** The only output item of the node. */
export function onlyItem(run: Run): IDataObject {
	const items = run.json('Node');
	if (items.length !== 1) {
		throw new Error(
			`Expected one item, not ${items.length}: ${run.data.resultData.error?.message ?? ''}`,
		);
	}
	return items[0]!;
}

/** `error` of the only failing output item of the node. */
export function onlyError(run: Run): IDataObject {
	return onlyItem(run).error as IDataObject;
}

/** A rig whose credentials are signed in. */
export function signedIn<Signed extends { signIn(): void }>(start: () => Promise<Signed>) {
	return async () => {
		const rig = await start();
		rig.signIn();
		return rig;
	};
}
