import type { Reading } from '../../model/lockStatus';
import { isoOf, TIME_TOLERANCE_MS } from '../../basics/times';
import type { Change, WatchEvent } from './change';
import { eventId } from './eventId';
import type { KnownDevice, KnownPart } from './knownDevice';
import { leftEventOf, type LeftPart } from './leftEvents';
import { isOpenOrUnlocked, kindOf, type KnownState, type PartKind, type PartPath } from './parts';
import type { LockLogEntry } from '../../model/lockLog';

const EVENTS: Record<PartKind, { opened: WatchEvent; closed: WatchEvent }> = {
	lock: { opened: 'unlocked', closed: 'locked' },
	door: { opened: 'doorOpened', closed: 'doorClosed' },
	window: { opened: 'windowOpened', closed: 'windowClosed' },
};

/** Collects the changes that one comparison finds. Gives each its event, its id and its place. */
export class FoundChanges {
	private readonly changes: Change[] = [];
	private number?: number;

	/** @param known Its `changes` goes up by one when a change without a time is found. */
	constructor(
		private readonly known: KnownDevice,
		private readonly reading: Reading,
		private readonly nowMs: number,
	) {}

	of(events: ReadonlySet<WatchEvent>): Change[] {
		return this.changes.filter(({ event }) => events.has(event));
	}

	/** @param observedAtMs The service's own time of the value. */
	addRead(part: PartPath, before: KnownPart, to: KnownState, observedAtMs: number | null): void {
		const event = eventOf(part, to);
		const time = isoOf(observedAtMs) ?? `#${this.numberOfObservation()}`;
		this.add({
			id: eventId(this.reading, event, part, to, time),
			event,
			part,
			from: before.state,
			to,
			observedAtMs,
			previousObservedAtMs: before.at ?? null,
			// a change without its own time sorts after everything that has one
			orderMs: observedAtMs ?? this.nowMs + TIME_TOLERANCE_MS,
		});
	}

	/** @param before The state at that time, if known. */
	addLogged(entry: LockLogEntry, before: KnownPart | undefined): void {
		const { id, lock, atMs, method, accessCodeId } = entry;
		this.add({
			id,
			event: eventOf('lock', lock),
			part: 'lock',
			from: before === undefined || before.state === lock ? null : before.state,
			to: lock,
			observedAtMs: atMs,
			previousObservedAtMs: before?.at ?? null,
			orderMs: Math.min(atMs, this.nowMs),
			logged: { method, accessCodeId },
		});
	}

	/** @param previousObservedAtMs The time of the part in the previous reading. */
	addLeft({ part, state, sinceMs, leftAtMs }: LeftPart, previousObservedAtMs: number | null): void {
		const event = leftEventOf(part);
		this.add({
			id: eventId(this.reading, event, part, state, isoOf(sinceMs)),
			event,
			part,
			from: null,
			to: state,
			observedAtMs: sinceMs,
			previousObservedAtMs,
			orderMs: leftAtMs,
		});
	}

	private add(change: Omit<Change, 'deviceId'>): void {
		this.changes.push({ ...change, deviceId: this.reading.deviceId });
	}

	/**
	 * All changes of an observation share one number. So no id depends on how many were found
	 * together.
	 */
	private numberOfObservation(): number {
		this.number ??= ++this.known.changes;
		return this.number;
	}
}

function eventOf(part: PartPath, state: KnownState): WatchEvent {
	const events = EVENTS[kindOf(part)!];
	return isOpenOrUnlocked(state) ? events.opened : events.closed;
}
