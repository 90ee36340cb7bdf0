import type { Reading } from '../../model/lockStatus';
import { isoOf, TIME_TOLERANCE_MS } from '../../basics/times';
import type { Change, WatchEvent } from './change';
import type { KnownDevice, KnownPart } from './knownDevice';
import { isOut, kindOf, type KnownState, type PartKind, type PartPath } from './parts';
import type { LoggedChange } from '../../model/lockLog';

const EVENTS: Record<PartKind, { out: WatchEvent; in: WatchEvent; left: WatchEvent }> = {
	lock: { out: 'unlocked', in: 'locked', left: 'leftUnlocked' },
	door: { out: 'doorOpened', in: 'doorClosed', left: 'doorLeftOpen' },
	window: { out: 'windowOpened', in: 'windowClosed', left: 'windowLeftOpen' },
};

/** What one comparison has found: how it is called, under which id, and where it belongs among the rest. */
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

	/** @param observedAtMs The service's own time of the value that was read. */
	addRead(part: PartPath, before: KnownPart, to: KnownState, observedAtMs: number | null): void {
		const event = eventOf(part, to);
		const time = isoOf(observedAtMs) ?? `#${this.numberOfObservation()}`;
		this.add({
			id: this.idOf(event, part, to, time),
			event,
			part,
			from: before.state,
			to,
			observedAtMs,
			previousObservedAtMs: before.at ?? null,
			// found only now, so it stands behind all that was told with a time
			orderMs: observedAtMs ?? this.nowMs + TIME_TOLERANCE_MS,
		});
	}

	/** @param before What held when it happened, where that is known. */
	addLogged(entry: LoggedChange, before: KnownPart | undefined): void {
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

	/**
	 * @param leftAtMs When it had been so for long enough.
	 * @param previousObservedAtMs The time of the part in the reading before.
	 */
	addLeft(
		part: PartPath,
		state: KnownState,
		sinceMs: number,
		leftAtMs: number,
		previousObservedAtMs: number | null,
	): void {
		const event = leftEventOf(part);
		this.add({
			id: this.idOf(event, part, state, isoOf(sinceMs)),
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

	private idOf(event: WatchEvent, part: PartPath, to: KnownState, time: string): string {
		const { service, deviceId } = this.reading;
		return [service, deviceId, event, part, to, time].join(':');
	}

	/** One for all changes of an observation, so that none has another id when more of them are found with it. */
	private numberOfObservation(): number {
		this.number ??= ++this.known.changes;
		return this.number;
	}
}

export function leftEventOf(part: PartPath): WatchEvent {
	return EVENTS[kindOf(part)!].left;
}

function eventOf(part: PartPath, state: KnownState): WatchEvent {
	const events = EVENTS[kindOf(part)!];
	return isOut(state) ? events.out : events.in;
}
