import type { IDataObject, INode } from 'n8n-workflow';

import type { Rig } from '../../../test/support/rig';
import { Poller } from '../../../test/support/poller';
import { expectItems } from '../../rig/rig';
import type { LockChange, ScriptedChange } from './script';

/** A service with its devices, and what both contenders need to watch them. */
export interface Stage {
	rig: Pick<Rig<never>, 'engine' | 'time' | 'close'> & {
		simulator: {
			clock: { now(): number };
			requests: { all(): readonly unknown[]; clear(): void };
		};
	};
	/** Locked or not at the start, by device. */
	locks: ReadonlyMap<string, boolean>;
	happen(change: LockChange): void;
	/** Our trigger. */
	trigger: INode;
	/** The hand-made workflow's HTTP Request node, and its input items. */
	request: INode;
	targets: IDataObject[];
	/** How the hand-made workflow reads the answers. */
	readLocks: (answers: IDataObject[]) => Map<string, boolean>;
}

/** The outcome of one tick of n8n's clock; `null` when it started no execution. */
export type Tick = () => Promise<LockChange[] | null>;

/** Our trigger, polled as n8n does it. */
export function startTrigger({ rig, trigger }: Stage): Tick {
	const poller = new Poller(rig.engine, trigger);
	return async () => {
		const items = await poller.poll();
		if (items === null) return null;
		return items.map(({ deviceId, event }) => ({
			deviceId: deviceId as string,
			isLocked: event === 'locked',
		}));
	};
}

/**
 * Schedule Trigger, HTTP Request, Code: each tick is an execution. n8n runs the code of a Code node
 * in its own process, so here it is outside the workflow.
 */
export function startHandMade({ rig, request, targets, readLocks }: Stage): Tick {
	const remembered = new Map<string, boolean>();
	return async () => {
		const run = await rig.engine.runNode(request, targets);
		expectItems(run, targets.length);
		const changes: LockChange[] = [];
		for (const [deviceId, isLocked] of readLocks(run.json('Node'))) {
			const before = remembered.get(deviceId);
			if (before !== undefined && before !== isLocked) changes.push({ deviceId, isLocked });
			remembered.set(deviceId, isLocked);
		}
		return changes;
	};
}

export interface Report extends LockChange {
	/** Seconds after the start. */
	at: number;
}

export interface Watched {
	calls: number;
	/** What each execution was about. */
	executions: Report[][];
}

interface Span {
	script: readonly ScriptedChange[];
	minutes: number;
	/** Seconds between two ticks. */
	every: number;
}

/** Lets the time pass from tick to tick. Each event happens at its own second. */
export async function watch(stage: Stage, tick: Tick, span: Span): Promise<Watched> {
	const { time, simulator } = stage.rig;
	const startMs = simulator.clock.now();
	const now = () => (simulator.clock.now() - startMs) / 1000;
	const goTo = (at: number) => time.advance(Math.max(0, at - now()));
	const watched: Watched = { calls: 0, executions: [] };
	const tickOnce = async () => {
		const changes = await tick();
		watched.calls += simulator.requests.all().length;
		simulator.requests.clear();
		if (changes !== null)
			watched.executions.push(changes.map((change) => ({ ...change, at: now() })));
	};

	await tickOnce();
	const ahead = [...span.script];
	for (let tickAt = span.every; tickAt <= span.minutes * 60; tickAt += span.every) {
		while (ahead.length > 0 && ahead[0]!.at <= tickAt) {
			const change = ahead.shift()!;
			goTo(change.at);
			stage.happen(change);
		}
		goTo(tickAt);
		await tickOnce();
	}
	return watched;
}
