import { createHash } from 'crypto';

import { clock } from '../../shared/basics/clock';
import { Failure } from '../../shared/model/failure';
import type { ServiceClient } from '../../shared/http/client';
import type { ReadLog } from '../../shared/service/lockService';
import { HOUR_MS, isoOf, MINUTE_MS, toldMsOf } from '../../shared/basics/times';
import { entryOf, recordOf, textOf } from '../../shared/basics/guards';
import { seamFailure } from './seamFailures';
import type { CallMeter } from '../../shared/http/request';
import type { LoggedChange, LogMark } from '../../shared/model/lockLog';

/** Seam's default page size. The maximum is not published. */
const LIMIT = 500;
/** Events are created up to minutes after they happened, and may be listed a little later still. */
const OVERLAP_MS = 5 * MINUTE_MS;
/** With less time left, no further request is made. */
const SHORTEST_CALL_MS = 2000;
const SHORTEST_SPAN_MS = 4;
const EVENT_TYPES = ['lock.locked', 'lock.unlocked'];
/** The end of a span that should be open. */
const AHEAD_MS = HOUR_MS;
/**
 * Length of the key that stands for an event in the state. Its id would take nine times as much.
 */
const KEY_LENGTH = 4;

interface LockEvent extends LoggedChange {
	/** The part of Seam's times beyond milliseconds. */
	atMicros: number;
	/** When Seam created the event, Unix time in milliseconds. Seam lists by this time. */
	createdAtMs: number;
}

interface Listed {
	/** The oldest first. */
	events: LockEvent[];
	/** The list may be incomplete. */
	isFull: boolean;
	isNewestFirst: boolean;
}

/**
 * Lock events since a mark, each once and in the order in which they happened, from Seam's event
 * log (`POST /events/list`; docs.seam.co, "Events"). A door's PIN, which Seam sends along, is not
 * read.
 * @param withinMs Time for all calls together.
 */
export async function readLockLog(
	client: ServiceClient,
	mark: LogMark | undefined,
	deviceIds: readonly string[] | null,
	meter: CallMeter,
	withinMs: number,
): Promise<ReadLog> {
	const log = new LockLog(client, meter, clock.now() + withinMs);
	const seamNowMs = client.serviceClock.estimatedAt(clock.now());
	// an event may be dated ahead, and must not hide those created until then
	const beginMs = Math.min(mark?.cursorMs ?? seamNowMs, seamNowMs);
	const { events, endMs, crowded } = await log.since(beginMs - OVERLAP_MS, seamNowMs + AHEAD_MS);
	const newestMs = events.reduce((newest, event) => Math.max(newest, event.createdAtMs), 0);
	// what was left to the next poll has not been reported, so it is read without an overlap
	const completeMs = endMs === undefined ? newestMs : endMs + OVERLAP_MS;
	const cursorMs = Math.max(beginMs, Math.min(completeMs, seamNowMs));
	// Seam rejects the whole request if one lock is gone, so all locks are requested
	const watched = deviceIds && new Set(deviceIds.map((id) => id.toLowerCase()));
	const ofWatched = events.filter(({ deviceId }) => watched?.has(deviceId.toLowerCase()) ?? true);
	// without a mark everything in the log is older than the trigger
	const news = mark === undefined ? [] : unseen(ofWatched, mark);
	const newIds = new Set(news.map(({ id }) => id));
	const mayComeAgain = ofWatched.filter(({ createdAtMs }) => createdAtMs >= cursorMs - OVERLAP_MS);
	const isBehind = endMs !== undefined && endMs < beginMs;
	const keys = mayComeAgain.map(keyOf);
	return {
		entries: news.map(toChange),
		hasGap: crowded.some(({ id }) => newIds.has(id)),
		mark: {
			cursorMs,
			seen: (isBehind ? [...new Set([...keysIn(mark), ...keys])] : keys).sort().join(''),
		},
	};
}

function keysIn(mark: LogMark | undefined): string[] {
	const { seen } = mark ?? { seen: '' };
	return Array.from({ length: Math.floor(seen.length / KEY_LENGTH) }, (_, index) =>
		seen.slice(index * KEY_LENGTH, (index + 1) * KEY_LENGTH),
	);
}

/**
 * Counts occurrences, because two events may share a key, and known events are listed again beside
 * new ones.
 */
function unseen(events: readonly LockEvent[], mark: LogMark): LockEvent[] {
	const counts = new Map<string, number>();
	for (const key of keysIn(mark)) counts.set(key, (counts.get(key) ?? 0) + 1);
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
	/** Only when there was no time for all of them: the time up to which they are complete. */
	endMs?: number;
	/** Events created at an instant with more events than Seam lists. */
	crowded: LockEvent[];
}

interface Span {
	fromMs: number;
	toMs: number;
	/** The events after it, as far as they were listed already. */
	after: LockEvent[];
}

class LockLog {
	constructor(
		private readonly client: ServiceClient,
		private readonly meter: CallMeter,
		private readonly endMs: number,
	) {}

	/** The events that Seam created after `sinceMs`, in the order in which they happened. */
	async since(sinceMs: number, openEndMs: number): Promise<Since> {
		const listed = await this.list({ since: isoOf(sinceMs) });
		const whole: Span = { fromMs: sinceMs, toMs: openEndMs, after: [] };
		const found: Since = listed.isFull
			? await this.inHalves(halvesOf(whole, listed), sinceMs)
			: { events: listed.events, crowded: [] };
		const byId = new Map(found.events.map((event) => [event.id, event]));
		return {
			...found,
			events: [...byId.values()].sort(
				(a, b) => a.atMs - b.atMs || a.atMicros - b.atMicros || a.createdAtMs - b.createdAtMs,
			),
		};
	}

	/**
	 * Seam silently drops what exceeds its page limit, so the span of a full page is split in halves,
	 * the older half first. What there is no time for is left to the next poll. It starts where this
	 * one ends, even if nothing was found.
	 */
	private async inHalves(spans: Span[], sinceMs: number): Promise<Since> {
		const events: LockEvent[] = [];
		const crowded: LockEvent[] = [];
		for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
			const { fromMs, toMs, after } = span;
			const isLate = this.endMs - clock.now() < SHORTEST_CALL_MS;
			if (isLate && fromMs > sinceMs) return { events, endMs: fromMs, crowded };
			const between: [string, string] = [isoOf(fromMs), isoOf(toMs)];
			const listed = await this.list({ between });
			if (!listed.isFull) events.push(...listed.events, ...after);
			else if (toMs - fromMs > SHORTEST_SPAN_MS) spans.push(...halvesOf(span, listed));
			else {
				for (const type of EVENT_TYPES) {
					const ofType = await this.list({ between }, [type]);
					events.push(...ofType.events);
					if (ofType.isFull) crowded.push(...ofType.events);
				}
				events.push(...after);
			}
		}
		return { events, crowded };
	}

	private async list(
		span: { since: string } | { between: [string, string] },
		eventTypes = EVENT_TYPES,
	): Promise<Listed> {
		const answer = await this.client.send(
			{
				method: 'POST',
				path: '/events/list',
				body: { ...span, event_types: eventTypes, limit: LIMIT },
				repeat: 'safe',
				timeoutMs: Math.max(0, this.endMs - clock.now()),
			},
			this.meter,
		);
		const { events } = recordOf(answer.json);
		if (answer.status !== 200 || !Array.isArray(events)) throw new Failure(seamFailure(answer));
		const [first = '', last = ''] = [events[0], events.at(-1)].map(creationOf);
		// Seam's order is not published. Sorting is stable, so events of the same instant keep theirs
		const isNewestFirst = first >= last;
		const oldestFirst = isNewestFirst ? events.toReversed() : events;
		const isFull = events.length >= LIMIT;
		return { events: oldestFirst.flatMap(lockEvent), isFull, isNewestFirst };
	}
}

/** Two spans in place of one that was not listed completely. The older one is last. */
function halvesOf({ fromMs, toMs, after }: Span, { events, isNewestFirst }: Listed): Span[] {
	const times = events.map(({ createdAtMs }) => createdAtMs);
	const isInOrder = times.every((ms, index) => index === 0 || ms >= times[index - 1]!);
	const [oldestMs = toMs, newestMs = toMs] = [times[0], times.at(-1)];
	// if the newest came first, nothing is missing after the oldest of them
	const isNewestPart = isNewestFirst && isInOrder && oldestMs < newestMs;
	const endMs = isNewestPart ? Math.min(Math.max(oldestMs, fromMs) + 1, toMs) : toMs;
	const middleMs = Math.floor((fromMs + endMs) / 2);
	// both ends are exclusive, and times are finer than milliseconds
	return [
		{ fromMs: middleMs - 1, toMs: endMs, after: isNewestPart ? [...events, ...after] : after },
		{ fromMs, toMs: middleMs + 1, after: [] },
	];
}

const LOCK_STATES: Record<string, LoggedChange['lock']> = {
	'lock.locked': 'locked',
	'lock.unlocked': 'unlocked',
};

/**
 * A lock event of Seam, or nothing. One that names no lock is about an entrance of an access
 * system.
 */
export function lockEvent(value: unknown): LockEvent[] {
	const event = recordOf(value);
	const id = textOf(event.event_id);
	const deviceId = textOf(event.device_id);
	const lock = entryOf(LOCK_STATES, event.event_type);
	const createdAtMs = toldMsOf(event.created_at) ?? toldMsOf(event.occurred_at);
	const occurredAtMs = toldMsOf(event.occurred_at);
	if (id === undefined || deviceId === undefined || lock === undefined) return [];
	if (createdAtMs === null) return [];
	return [
		{
			id,
			deviceId,
			lock,
			createdAtMs,
			atMs: occurredAtMs ?? createdAtMs,
			atMicros: microsOf(occurredAtMs === null ? event.created_at : event.occurred_at),
			method: textOf(event.method) ?? null,
			accessCodeId: textOf(event.access_code_id) ?? null,
		},
	];
}

/** `456` of `…:08.531456Z`. */
function microsOf(time: unknown): number {
	return Number((/\.\d{3}(\d{1,3})/.exec(textOf(time) ?? '')?.[1] ?? '').padEnd(3, '0'));
}

function creationOf(event: unknown): string | undefined {
	return textOf(recordOf(event).created_at);
}

function toChange({ id, deviceId, lock, atMs, method, accessCodeId }: LockEvent) {
	return { id, deviceId, lock, atMs, method, accessCodeId };
}
