import { median } from '../../rig/alternate';
import type { ScriptedChange } from './script';
import type { Report, Watched } from './watch';

export interface Score {
	calls: number;
	/** Changes that were reported once, and correctly. */
	found: number;
	/** Reports of something that did not happen, or repeats. */
	wrong: number;
	medianDelay: number;
	largestDelay: number;
	executions: number;
	executionsWithoutChange: number;
}

/**
 * Matches each report to a change; `executions` are of one device. Within an execution it goes
 * backwards: comparing two states reports only the last change between them, and reading a log
 * reports all of them in order.
 */
function matchDevice(
	script: readonly ScriptedChange[],
	executions: readonly Report[][],
): Map<Report, ScriptedChange> {
	const matches = new Map<Report, ScriptedChange>();
	let begin = 0;
	for (const reports of executions) {
		let end = script.length;
		let next = begin;
		for (const one of reports.toReversed()) {
			const index = script.findLastIndex(
				({ isLocked, at }, candidate) =>
					candidate >= begin && candidate < end && isLocked === one.isLocked && at <= one.at,
			);
			if (index < 0) continue;
			matches.set(one, script[index]!);
			next = Math.max(next, index + 1);
			end = index;
		}
		begin = next;
	}
	return matches;
}

function matchAll(script: readonly ScriptedChange[], executions: readonly Report[][]) {
	const ids = new Set(executions.flat().map(({ deviceId }) => deviceId));
	return new Map(
		[...ids].flatMap((id) => {
			const isOfDevice = ({ deviceId }: { deviceId: string }) => deviceId === id;
			const reports = executions.map((changes) => changes.filter(isOfDevice));
			return [...matchDevice(script.filter(isOfDevice), reports)];
		}),
	);
}

export function score(script: readonly ScriptedChange[], { calls, executions }: Watched): Score {
	const reports = executions.flat();
	const matches = matchAll(script, executions);
	const delays = [...matches].map(([one, change]) => one.at - change.at);
	const isIdle = (changes: readonly Report[]) => !changes.some((one) => matches.has(one));
	return {
		calls,
		found: matches.size,
		wrong: reports.length - matches.size,
		medianDelay: median(delays),
		largestDelay: Math.max(...delays),
		executions: executions.length,
		executionsWithoutChange: executions.filter(isIdle).length,
	};
}
