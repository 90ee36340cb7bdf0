import { timeOfPart, type Reading } from '../model/lockStatus';
import type { Change } from './changes/change';
import { isOut, knownStates, type KnownState, type PartPath } from './changes/parts';

/** How a part stood when a trigger of this process last told a change of it, and under which id. */
interface ToldChange {
	id: string;
	isOut: boolean;
	/** The service's own time of the reading that showed it, Unix time in milliseconds. */
	atMs: number;
}

/** Of so many devices. */
const MOST_KEPT = 10_000;
const toldOf = new Map<string, Map<PartPath, ToldChange>>();

/**
 * The changes that a reading showed, under the ids by which this process has told them already. A car reports what has
 * not changed again, with a new time, so that a webhook and a poll would tell one change under two ids.
 */
export function withToldIds(changes: readonly Change[], reading: Reading): Change[] {
	for (const [part, state] of knownStates(reading)) {
		forgetContradicted(reading.deviceId, part, state, timeOfPart(reading, part));
	}
	return changes.map((change) => ({ ...change, id: toldId(change) ?? change.id }));
}

/** A part has been seen in a state; what comes after that is another change than the one before it. */
export function forgetContradicted(
	deviceId: string,
	part: PartPath,
	state: KnownState,
	atMs: number | null,
): void {
	const told = toldOf.get(deviceId);
	const last = told?.get(part);
	if (last === undefined || last.isOut === isOut(state)) return;
	// without a time it may be newer: two ids for one change are better than one id for two
	if ((atMs ?? Infinity) >= last.atMs) told?.delete(part);
}

/** What a log tells has an id of the service's, and what was left so is told by a poll only. */
function toldId(change: Change): string | undefined {
	const { id, deviceId, part, from, to, logged, observedAtMs, previousObservedAtMs } = change;
	if (logged !== undefined || from === null || observedAtMs === null) return undefined;
	const told = toldOf.get(deviceId) ?? new Map<PartPath, ToldChange>();
	const last = told.get(part);
	// one from before the reading before this is another change
	if (last?.isOut === isOut(to) && last.atMs > (previousObservedAtMs ?? -Infinity)) return last.id;
	toldOf.delete(deviceId);
	toldOf.set(deviceId, told.set(part, { id, isOut: isOut(to), atMs: observedAtMs }));
	const [oldest] = toldOf.keys();
	if (toldOf.size > MOST_KEPT && oldest !== undefined) toldOf.delete(oldest);
	return undefined;
}
