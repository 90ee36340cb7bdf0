import { createHash } from 'crypto';

import { clock } from '../shared/clock';
import { Failure } from '../shared/failure';
import type { CallMeter, ServiceClient } from '../shared/http';
import { HOUR_MS, isoOf, MINUTE_MS } from '../shared/times';
import type { LoggedChange } from '../shared/watch/observation';
import type { LogMark } from '../shared/watch/watchState';
import { entryOf, recordOf, textOf } from '../shared/wire';
import { seamFailure } from './seamFailures';

/** Seam's own default; the largest value is not published. */
const LIMIT = 500;
/** Events are made up to minutes after they happened, and may be listed a little after that. */
const OVERLAP_MS = 5 * MINUTE_MS;
/** Less time is not enough for one more question. */
const SHORTEST_CALL_MS = 2000;
const SHORTEST_SPAN_MS = 4;
/** The end of a span that is meant to be open. */
const AHEAD_MS = HOUR_MS;
/** Of the key that stands for an event in the state, where its id would take nine times as much. */
const KEY_LENGTH = 4;

interface LockEvent extends LoggedChange {
	/** What Seam tells beyond the milliseconds. */
	atMicros: number;
	/** When Seam made the event, Unix time in milliseconds: what Seam lists by. */
	createdAtMs: number;
}

interface Listed {
	events: LockEvent[];
	/** There may be more than were listed. */
	isFull: boolean;
}

/**
 * Lock events since a mark, each once and in the order in which they happened, as Seam's event log tells them
 * (`POST /events/list`; docs.seam.co, "Events"). A door's PIN, which Seam sends along, is not read.
 * @param withinMs Time for all calls together.
 */
export async function readLockLog(
	client: ServiceClient,
	mark: LogMark | undefined,
	deviceIds: readonly string[] | null,
	meter: CallMeter,
	withinMs: number,
): Promise<{ entries: LoggedChange[]; mark: LogMark }> {
	const log = new LockLog(client, meter, clock.now() + withinMs);
	const seamNowMs = client.serviceClock.estimatedAt(clock.now());
	const sinceMs = (mark?.cursorMs ?? seamNowMs) - OVERLAP_MS;
	const { events, endMs } = await log.since(sinceMs, seamNowMs + AHEAD_MS);
	const newestMs = events.reduce((newest, event) => Math.max(newest, event.createdAtMs), 0);
	const cursorMs = Math.max(mark?.cursorMs ?? seamNowMs, endMs ?? newestMs);
	const watched = deviceIds && new Set(deviceIds.map((id) => id.toLowerCase()));
	const isWatched = ({ deviceId }: LockEvent) => watched?.has(deviceId.toLowerCase()) ?? true;
	return {
		// without a mark everything in the log is older than the watching.
		// Seam refuses a whole question for one lock that is gone, so it is asked for all of them
		entries: mark === undefined ? [] : unseen(events, mark).filter(isWatched).map(toChange),
		mark: {
			cursorMs,
			seen: events
				.filter(({ createdAtMs }) => createdAtMs >= cursorMs - OVERLAP_MS)
				.map(keyOf)
				.sort()
				.join(''),
		},
	};
}

/** Counts, because two events may share a key, and what was seen is listed once more beside what is new. */
function unseen(events: readonly LockEvent[], { seen }: LogMark): LockEvent[] {
	const counts = new Map<string, number>();
	for (let start = 0; start < seen.length; start += KEY_LENGTH) {
		const key = seen.slice(start, start + KEY_LENGTH);
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return events.filter((event) => {
		const count = counts.get(keyOf(event)) ?? 0;
		counts.set(keyOf(event), count - 1);
		return count <= 0;
	});
}

function keyOf({ id }: LockEvent): string {
	return createHash('sha256').update(id).digest('base64url').slice(0, KEY_LENGTH);
}

interface Since {
	events: LockEvent[];
	/** Only when there was no time for all of them: up to when they are complete. */
	endMs?: number;
}

class LockLog {
	constructor(
		private readonly client: ServiceClient,
		private readonly meter: CallMeter,
		private readonly endMs: number,
	) {}

	/** The events that Seam made after `sinceMs`, in the order in which they happened. */
	async since(sinceMs: number, openEndMs: number): Promise<Since> {
		const { events, isFull } = await this.list({ since: isoOf(sinceMs) });
		const found: Since = isFull ? await this.inHalves(sinceMs, openEndMs) : { events };
		const byId = new Map(found.events.map((event) => [event.id, event]));
		return {
			...found,
			events: [...byId.values()].sort(
				(a, b) => a.atMs - b.atMs || a.atMicros - b.atMicros || a.createdAtMs - b.createdAtMs,
			),
		};
	}

	/**
	 * Seam drops what is beyond its limit without a word, so a full answer is asked for in halves, the older ones first:
	 * what there is no time for is left to the next poll.
	 */
	private async inHalves(sinceMs: number, openEndMs: number): Promise<Since> {
		const spans: Array<[fromMs: number, toMs: number]> = [[sinceMs, openEndMs]];
		const events: LockEvent[] = [];
		for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
			const [fromMs, toMs] = span;
			const isLate = this.endMs - clock.now() < SHORTEST_CALL_MS;
			if (isLate && events.length > 0) return { events, endMs: fromMs };
			const listed = await this.list({ between: [isoOf(fromMs), isoOf(toMs)] });
			// so many events of one instant are not told apart any further
			if (!listed.isFull || toMs - fromMs <= SHORTEST_SPAN_MS) {
				events.push(...listed.events);
				continue;
			}
			const middleMs = Math.floor((fromMs + toMs) / 2);
			// both ends are exclusive, and times are finer than milliseconds
			spans.push([middleMs - 1, toMs], [fromMs, middleMs + 1]);
		}
		return { events };
	}

	private async list(span: { since: string } | { between: [string, string] }): Promise<Listed> {
		const answer = await this.client.send(
			{
				method: 'POST',
				path: '/events/list',
				body: { ...span, event_types: ['lock.locked', 'lock.unlocked'], limit: LIMIT },
				repeat: 'safe',
				timeoutMs: Math.max(0, this.endMs - clock.now()),
			},
			this.meter,
		);
		const { events } = recordOf(answer.json);
		if (answer.status !== 200 || !Array.isArray(events)) throw new Failure(seamFailure(answer));
		// the newest comes first, and sorting leaves events of the same instant in their order
		const oldestFirst = events.toReversed().flatMap(lockEvent);
		return { events: oldestFirst, isFull: events.length >= LIMIT };
	}
}

const LOCK_STATES: Record<string, LoggedChange['lock']> = {
	'lock.locked': 'locked',
	'lock.unlocked': 'unlocked',
};

/** A lock event of Seam's, or nothing. One that names no lock is about an entrance of an access system. */
export function lockEvent(value: unknown): LockEvent[] {
	const event = recordOf(value);
	const id = textOf(event.event_id);
	const deviceId = textOf(event.device_id);
	const lock = entryOf(LOCK_STATES, event.event_type);
	const createdAt = textOf(event.created_at) ?? '';
	const occurredAt = textOf(event.occurred_at) ?? '';
	const createdAtMs = Date.parse(createdAt);
	const occurredAtMs = Date.parse(occurredAt);
	if (id === undefined || deviceId === undefined || lock === undefined) return [];
	if (Number.isNaN(createdAtMs)) return [];
	return [
		{
			id,
			deviceId,
			lock,
			createdAtMs,
			atMs: Number.isNaN(occurredAtMs) ? createdAtMs : occurredAtMs,
			atMicros: microsOf(Number.isNaN(occurredAtMs) ? createdAt : occurredAt),
			method: textOf(event.method) ?? null,
			accessCodeId: textOf(event.access_code_id) ?? null,
		},
	];
}

/** `456` of `…:08.531456Z`. */
function microsOf(time: string): number {
	return Number((/\.\d{3}(\d{1,3})/.exec(time)?.[1] ?? '').padEnd(3, '0'));
}

function toChange({ createdAtMs: _createdAtMs, atMicros: _atMicros, ...entry }: LockEvent) {
	return entry;
}
