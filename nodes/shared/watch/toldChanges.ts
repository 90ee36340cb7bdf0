import type { Reading } from '../lockStatus';
import type { Change } from './events';
import { isOut, knownStates, timeOfPart, type PartPath } from './parts';

/** How a part stood when a trigger of this process last told a change of it, and under which id. */
interface ToldChange {
	id: string;
	isOut: boolean;
	/** The service's own time of the reading that showed it, Unix time in milliseconds. */
	atMs: number;
}

const MOST_KEPT = 20_000;
const told = new Map<string, ToldChange>();

/**
 * The changes that a reading showed, under the ids by which this process has told them already. A car reports what has
 * not changed again, with a new time, so that a webhook and a poll would tell one change under two ids.
 */
export function withToldIds(changes: readonly Change[], reading: Reading): Change[] {
	forgetContradicted(reading);
	return changes.map((change) => ({ ...change, id: toldId(change) ?? change.id }));
}

function forgetContradicted(reading: Reading): void {
	for (const [part, state] of knownStates(reading)) {
		const key = keyOf(reading.deviceId, part);
		const last = told.get(key);
		if (last === undefined || last.isOut === isOut(state)) continue;
		if ((timeOfPart(reading, part) ?? -Infinity) >= last.atMs) told.delete(key);
	}
}

/** What a log tells has an id of the service's, and what was left so is told by a poll only. */
function toldId(change: Change): string | undefined {
	const { id, deviceId, part, from, to, logged, observedAtMs, previousObservedAtMs } = change;
	if (logged !== undefined || from === null || observedAtMs === null) return undefined;
	const key = keyOf(deviceId, part);
	const last = told.get(key);
	// one from before the reading before this is another change
	if (last?.isOut === isOut(to) && last.atMs > (previousObservedAtMs ?? -Infinity)) return last.id;
	told.delete(key);
	told.set(key, { id, isOut: isOut(to), atMs: observedAtMs });
	const [oldest] = told.keys();
	if (told.size > MOST_KEPT && oldest !== undefined) told.delete(oldest);
	return undefined;
}

function keyOf(deviceId: string, part: PartPath): string {
	return `${deviceId} ${part}`;
}
