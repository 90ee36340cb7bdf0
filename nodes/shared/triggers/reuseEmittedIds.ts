import { timeOfPart, type Reading } from '../model/lockStatus';
import type { Change } from './changes/change';
import { isOpenOrUnlocked, knownStates, type KnownState, type PartPath } from './changes/parts';

/** The last change of a part that a trigger of this process emitted. */
interface EmittedChange {
	id: string;
	isOpenOrUnlocked: boolean;
	/** The service's own time of the reading that showed it, Unix time in milliseconds. */
	atMs: number;
}

/** Limit on the number of devices. */
const MOST_KEPT = 10_000;
const emittedByDevice = new Map<string, Map<PartPath, EmittedChange>>();

/**
 * Gives changes the ids under which this process has already emitted them. A car repeats an
 * unchanged value with a new time. Without this, a webhook and a poll would emit one change under
 * two ids.
 * @param readings In which the changes were found, and those without one.
 */
export function reuseEmittedIds(
	changes: readonly Change[],
	readings: readonly Reading[],
): Change[] {
	for (const reading of readings) {
		for (const [part, state] of knownStates(reading)) {
			forgetContradicted(reading.deviceId, part, state, timeOfPart(reading, part));
		}
	}
	return changes.map((change) => ({ ...change, id: emittedId(change) ?? change.id }));
}

/** Drops the id of a part that was seen in the opposite state: its next change is a new one. */
export function forgetContradicted(
	deviceId: string,
	part: PartPath,
	state: KnownState,
	atMs: number | null,
): void {
	const emitted = emittedByDevice.get(deviceId);
	const last = emitted?.get(part);
	if (last === undefined || last.isOpenOrUnlocked === isOpenOrUnlocked(state)) return;
	// without a time it may be newer: better two ids for one change than one id for two
	if ((atMs ?? Infinity) >= last.atMs) emitted?.delete(part);
}

/** Log entries have the service's own id. The "left" events come from polls only. */
function emittedId(change: Change): string | undefined {
	const { id, deviceId, part, from, to, logged, observedAtMs, previousObservedAtMs } = change;
	if (logged !== undefined || from === null || observedAtMs === null) return undefined;
	const emitted = emittedByDevice.get(deviceId) ?? new Map<PartPath, EmittedChange>();
	const last = emitted.get(part);
	// an id from before the previous reading belongs to another change
	if (
		last?.isOpenOrUnlocked === isOpenOrUnlocked(to) &&
		last.atMs > (previousObservedAtMs ?? -Infinity)
	)
		return last.id;
	emittedByDevice.delete(deviceId);
	emittedByDevice.set(
		deviceId,
		emitted.set(part, { id, isOpenOrUnlocked: isOpenOrUnlocked(to), atMs: observedAtMs }),
	);
	const [oldest] = emittedByDevice.keys();
	if (emittedByDevice.size > MOST_KEPT && oldest !== undefined) emittedByDevice.delete(oldest);
	return undefined;
}
