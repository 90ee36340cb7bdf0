import type { IDataObject, INode } from 'n8n-workflow';

import { startSeamSimulator, type SeamSimulator } from '../../simulators/seam/seamSimulator';
import { Engine, type Run } from './engine';
import { VirtualClock } from './virtualClock';

/** A home of smart locks in the simulator, and n8n's engine with a credential for it. */
export interface SeamHome {
	simulator: SeamSimulator;
	engine: Engine;
	time: VirtualClock;
	/** Changes fields of the Seam credential. */
	setCredential(change: IDataObject): void;
	/** A Seam node as the editor would save it. */
	node(parameters: IDataObject, extra?: Partial<INode>): INode;
	/** Runs a Seam node; parameters may hold expressions over the items. */
	run(parameters: IDataObject, items?: IDataObject[], extra?: Partial<INode>): Promise<Run>;
	/** Paths of the calls that the simulator saw. */
	calls(): string[];
	/** How many lock and unlock commands the simulator saw. */
	commandCount(): number;
	close(): Promise<void>;
}

export const CONTINUE: Partial<INode> = { onError: 'continueRegularOutput' };

/** A home with the nodes on a clock that a test moves; the simulator's clock goes along. */
export async function startSeamHome(): Promise<SeamHome> {
	const simulator = await startSeamSimulator();
	const time = new VirtualClock((seconds) => simulator.clock.advance(seconds));
	const credential = { apiKey: simulator.apiKey, environment: 'custom', host: simulator.url };
	const engine = await Engine.start({ seamApi: credential });
	const node = (parameters: IDataObject, extra: Partial<INode> = {}) =>
		engine.node('seam', { resource: 'lock', ...parameters }, extra);
	const calls = () => simulator.requests.all().map(({ path }) => path);
	return {
		simulator,
		engine,
		time,
		node,
		calls,
		setCredential: (change) => {
			Object.assign(credential, change);
		},
		run: async (parameters, items, extra) => await engine.runNode(node(parameters, extra), items),
		commandCount: () => calls().filter((path) => /\/(un)?lock_door$/.test(path)).length,
		close: async () => {
			time.restore();
			await simulator.close();
		},
	};
}

/** The one item that left the node. */
export function onlyItem(run: Run): IDataObject {
	const items = run.json('Node');
	if (items.length !== 1) {
		throw new Error(
			`Expected one item, not ${items.length}: ${run.data.resultData.error?.message ?? ''}`,
		);
	}
	return items[0]!;
}

/** `error` of the one failing item that left the node. */
export function onlyError(run: Run): IDataObject {
	return onlyItem(run).error as IDataObject;
}
