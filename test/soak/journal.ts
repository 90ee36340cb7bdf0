import type { IDataObject } from 'n8n-workflow';

/** The counted results of a watch. */
export interface Counts {
	/** Changes that the service showed to the trigger. */
	expected: number;
	emitted: number;
	lost: number;
	doubled: number;
	disordered: number;
	/** Emitted, but never true. */
	untrue: number;
	/**
	 * Items of polls and deliveries after which n8n's process ended before it could start their
	 * execution.
	 */
	missing: number;
}

interface Expected {
	event: string;
	/** If the service has its own id for it. */
	id?: string;
}

/** `doors.rearLeft` of a vehicle. */
type Place = `${string} ${string}`;

/** Compares what a trigger emits with what was true. */
export class Journal {
	private readonly open = new Map<Place, Expected[]>();
	private readonly seenIds = new Set<string>();
	private readonly missingIds = new Set<string>();
	private readonly counts: Counts = {
		expected: 0,
		emitted: 0,
		lost: 0,
		doubled: 0,
		disordered: 0,
		untrue: 0,
		missing: 0,
	};
	/** Sentences about errors, for people. */
	readonly complaints: string[] = [];

	/** @param isOrdered False for deliveries that overtake each other: no order can be required. */
	constructor(private readonly isOrdered = true) {}

	expect(deviceId: string, part: string, expected: Expected): void {
		const place: Place = `${deviceId} ${part}`;
		this.open.set(place, [...(this.open.get(place) ?? []), expected]);
		this.counts.expected++;
	}

	/** The items of one poll or delivery. */
	emit(items: readonly IDataObject[]): void {
		const lastTimes = new Map<unknown, string>();
		for (const item of items) {
			this.counts.emitted++;
			this.settle(item);
			const { deviceId } = item;
			const at = typeof item.observedAt === 'string' ? item.observedAt : '';
			const before = lastTimes.get(deviceId) ?? '';
			if (this.isOrdered && at !== '' && at < before) this.complain('disordered', item);
			if (at > before) lastTimes.set(deviceId, at);
		}
	}

	/** Items for which n8n could no longer start an execution. */
	miss(items: readonly IDataObject[]): void {
		for (const item of items) {
			const queue = this.queueOf(item);
			const index = queue.findIndex((expected) => isSame(expected, item));
			if (index === -1) continue;
			queue.splice(index, 1);
			this.missingIds.add(wordOf(item.id));
			this.counts.missing++;
		}
	}

	/** After the last poll, whatever is still open was lost. */
	close(): Counts {
		for (const [place, queue] of this.open) {
			for (const { event } of queue) this.complain('lost', { place, event });
		}
		return this.counts;
	}

	private settle(item: IDataObject): void {
		const id = wordOf(item.id);
		// a service may repeat a delivery that was lost with the process
		if (this.missingIds.delete(id)) {
			this.counts.missing--;
			this.seenIds.add(id);
			return;
		}
		if (this.seenIds.has(id)) return this.complain('doubled', item);
		this.seenIds.add(id);
		const queue = this.queueOf(item);
		const index = queue.findIndex((expected) => isSame(expected, item));
		if (index === -1) return this.complain('untrue', item);
		queue.splice(index, 1);
		if (index > 0 && this.isOrdered) this.complain('disordered', item);
	}

	private queueOf({ deviceId, part }: IDataObject): Expected[] {
		return this.open.get(`${wordOf(deviceId)} ${wordOf(part)}`) ?? [];
	}

	private complain(kind: 'lost' | 'doubled' | 'disordered' | 'untrue', item: IDataObject): void {
		this.counts[kind]++;
		const { id, place, deviceId, part, event, observedAt, detectedAt } = item;
		const words = { id, place, deviceId, part, event, observedAt, detectedAt };
		this.complaints.push(`${kind}: ${JSON.stringify(words)}`);
	}
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function isSame(expected: Expected, { event, id }: IDataObject): boolean {
	return expected.event === event && (expected.id === undefined || expected.id === id);
}

export type PartState = 'locked' | 'unlocked' | 'open' | 'ajar' | 'closed' | 'unknown';
export type PartStates = Record<string, PartState>;

const isOut = (state: PartState) => state === 'open' || state === 'ajar' || state === 'unlocked';

function eventOf(part: string, out: boolean): string {
	if (part === 'lock') return out ? 'unlocked' : 'locked';
	const kind = part.startsWith('windows.') || part === 'openings.sunroof' ? 'window' : 'door';
	return kind + (out ? 'Opened' : 'Closed');
}

/**
 * What a trigger saw of its devices, read by read, and so what it has to emit. A service that knows
 * only the last state does not report what was opened and closed between two reads, and nobody can
 * require it.
 */
export class ShownStates {
	private readonly known = new Map<Place, PartState>();

	constructor(private readonly journal: Journal) {}

	look(deviceId: string, states: PartStates): void {
		for (const [part, state] of Object.entries(states)) {
			if (state === 'unknown') continue;
			const place: Place = `${deviceId} ${part}`;
			const before = this.known.get(place);
			this.known.set(place, state);
			if (before === undefined || isOut(before) === isOut(state)) continue;
			this.journal.expect(deviceId, part, { event: eventOf(part, isOut(state)) });
		}
	}
}
