import type { LoggedNotice } from '../model/lockLog';
import type { Reading } from '../model/lockStatus';
import type { Change } from './changes/change';
import { isLogAhead, lockOf, type KnownDevice } from './changes/knownDevice';
import type { Observation, WatchRules } from './changes/observation';
import { observe } from './changes/observe';
import type { DeviceRecord } from './triggerState';

/** A change, and the state of its device for the item's status. */
export interface FoundChange {
	change: Change;
	reading: Reading;
}

/** A notice from a log, and the state of its device for the item's status. */
export interface FoundNotice {
	notice: LoggedNotice;
	reading: Reading;
}

export interface Reduced {
	/** The new known state of every observed device. */
	known: Map<string, KnownDevice>;
	/** In the order in which they happened. */
	found: FoundChange[];
	/** How many observations were older than the known state, or a part of them. */
	lateCount: number;
}

/**
 * What observations change, whether a poll or a delivery brought them. Pure: the records are not
 * changed, and the same input gives the same output, ids included.
 * @param nowMs The time on the service's clock, Unix time in milliseconds.
 */
export function reduce(
	devices: ReadonlyMap<string, Pick<DeviceRecord, 'known'>>,
	observations: readonly Observation[],
	rules: WatchRules,
	nowMs: number,
): Reduced {
	const known = new Map<string, KnownDevice>();
	const found: FoundChange[] = [];
	let lateCount = 0;
	for (const observation of observations) {
		const { deviceId } = observation.reading;
		const before = known.get(deviceId) ?? devices.get(deviceId)?.known;
		const observed = observe(before, observation, rules, nowMs);
		known.set(deviceId, observed.known);
		if (observed.isLate) lateCount++;
		const reading = newestOf(observation, observed.known);
		found.push(...observed.changes.map((change) => ({ change, reading })));
	}
	found.sort((a, b) => a.change.orderMs - b.change.orderMs);
	return { known, found, lateCount };
}

/** What the log says besides changes, about devices that were known before. */
export function noticesOf(
	devices: ReadonlyMap<string, Pick<DeviceRecord, 'known'>>,
	observations: readonly Observation[],
	known: ReadonlyMap<string, KnownDevice>,
): FoundNotice[] {
	return observations.flatMap((observation) => {
		const { deviceId } = observation.reading;
		const now = known.get(deviceId);
		// for a new device, everything in the log is older than its baseline
		if (now === undefined || devices.get(deviceId)?.known === undefined) return [];
		const reading = newestOf(observation, now);
		return (observation.notices ?? []).map((notice) => ({ notice, reading }));
	});
}

/** A log entry that no reading has shown yet is newer; otherwise the reading is. */
function newestOf({ reading, isLogMissing }: Observation, known: KnownDevice): Reading {
	const isBehind = isLogAhead(known) && !isLogMissing && reading.lock !== 'unknown';
	return { ...reading, lock: (isBehind ? lockOf(known) : undefined) ?? reading.lock };
}
