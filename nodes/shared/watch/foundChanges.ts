import type { Reading } from '../lockStatus';
import { isoOf } from '../times';
import type { Change, WatchEvent } from './events';
import type { KnownDevice } from './knownDevice';
import { TIME_TOLERANCE_MS, type LoggedChange } from './observation';
import { isOut, kindOf, type KnownState, type PartKind, type PartPath } from './parts';

const EVENTS: Record<PartKind, { out: WatchEvent; in: WatchEvent; left: WatchEvent }> = {
	lock: { out: 'unlocked', in: 'locked', left: 'leftUnlocked' },
	door: { out: 'doorOpened', in: 'doorClosed', left: 'leftOpen' },
	window: { out: 'windowOpened', in: 'windowClosed', left: 'leftOpen' },
};

/** What one comparison has found: how it is called, under which id, and where it belongs among the rest. */
export class FoundChanges {
	private readonly changes: Change[] = [];

	/** @param known As the comparison leaves it from step to step. */
	constructor(
		private readonly known: KnownDevice,
		private readonly reading: Reading,
		private readonly nowMs: number,
	) {}

	of(events: ReadonlySet<WatchEvent>): Change[] {
		return this.changes.filter(({ event }) => events.has(event));
	}

	/** @param observedAtMs The service's own time of the value that was read. */
	addRead(part: PartPath, from: KnownState, to: KnownState, observedAtMs: number | null): void {
		const event = eventOf(part, to);
		const time = isoOf(observedAtMs) ?? `#${this.countChange()}`;
		this.add({
			id: this.idOf(event, part, to, time),
			event,
			part,
			from,
			to,
			observedAtMs,
			// found only now, so it stands behind all that was told with a time
			orderMs: observedAtMs ?? this.nowMs + TIME_TOLERANCE_MS,
		});
	}

	/** @param isOvertaken It is older than what is known: it happened, but is no change of that. */
	addLogged(entry: LoggedChange, before: KnownState | undefined, isOvertaken: boolean): void {
		const { id, lock, atMs, method, accessCodeId } = entry;
		const isChange = !isOvertaken && before !== undefined && before !== lock;
		this.add({
			id,
			event: eventOf('lock', lock),
			part: 'lock',
			from: isChange ? before : null,
			to: lock,
			observedAtMs: atMs,
			...(isOvertaken ? { previousObservedAtMs: null } : {}),
			orderMs: atMs,
			logged: { method, accessCodeId },
		});
	}

	/** @param leftAtMs When it had been so for long enough. */
	addLeft(part: PartPath, state: KnownState, sinceMs: number, leftAtMs: number): void {
		const event = leftEventOf(part);
		this.add({
			id: this.idOf(event, part, state, isoOf(sinceMs)),
			event,
			part,
			from: null,
			to: state,
			observedAtMs: sinceMs,
			orderMs: leftAtMs,
		});
	}

	private add(change: Omit<Change, 'deviceId' | 'previousObservedAtMs'> & Partial<Change>): void {
		const { deviceId } = this.reading;
		this.changes.push({ previousObservedAtMs: this.known.at ?? null, ...change, deviceId });
	}

	private idOf(event: WatchEvent, part: PartPath, to: KnownState, time: string): string {
		const { service, deviceId } = this.reading;
		return [service, deviceId, event, part, to, time].join(':');
	}

	private countChange(): number {
		this.known.changes = (this.known.changes ?? 0) + 1;
		return this.known.changes;
	}
}

export function leftEventOf(part: PartPath): WatchEvent {
	return EVENTS[kindOf(part)!].left;
}

function eventOf(part: PartPath, state: KnownState): WatchEvent {
	const events = EVENTS[kindOf(part)!];
	return isOut(state) ? events.out : events.in;
}
