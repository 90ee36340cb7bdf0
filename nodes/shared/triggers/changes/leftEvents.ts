import { MINUTE_MS } from '../../basics/times';
import type { WatchEvent } from './change';
import type { KnownParts } from './knownDevice';
import type { WatchRules } from './observation';
import { kindOf, type KnownState, type PartKind, type PartPath } from './parts';

const LEFT_EVENT: Record<PartKind, WatchEvent> = {
	lock: 'leftUnlocked',
	door: 'doorLeftOpen',
	window: 'windowLeftOpen',
};

export function leftEventOf(part: PartPath): WatchEvent {
	return LEFT_EVENT[kindOf(part)!];
}

/** A part that was left open or unlocked. Times are Unix time in milliseconds. */
export interface LeftPart {
	part: PartPath;
	state: KnownState;
	sinceMs: number;
	/** When it had been left for the chosen minutes. */
	leftAtMs: number;
}

/**
 * The parts that have been open or unlocked for the chosen minutes. Each is reported once for each
 * opening: its `since` is removed after that.
 * @param confirmed The parts whose known state the reading confirms; no others are reported.
 */
export function leftParts(
	confirmed: ReadonlySet<PartPath>,
	known: KnownParts,
	{ events, leftMinutes }: WatchRules,
	nowMs: number,
): LeftPart[] {
	return [...confirmed].flatMap((part) => {
		const { state, since: sinceMs } = known.get(part) ?? {};
		if (state === undefined || sinceMs === undefined || !events.has(leftEventOf(part))) return [];
		const leftAtMs = sinceMs + leftMinutes * MINUTE_MS;
		return nowMs < leftAtMs ? [] : [{ part, state, sinceMs, leftAtMs }];
	});
}
