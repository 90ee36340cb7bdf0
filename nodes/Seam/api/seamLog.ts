import { clock } from '../../shared/basics/clock';
import { Failure } from '../../shared/model/failure';
import type { ServiceClient } from '../../shared/http/client';
import type { ListedEntry, ListedNotice, LockLog } from '../../shared/service/lockLog';
import { HOUR_MS, isoOf, MINUTE_MS, toMsOrNull } from '../../shared/basics/times';
import { entryOf, recordOf, textOf } from '../../shared/basics/guards';
import { seamFailure } from './seamFailures';
import { noticeOf, NOTICE_TYPES } from './seamNotices';
import type { CallMeter } from '../../shared/http/request';
import type { LockLogEntry } from '../../shared/model/lockLog';

/** Seam's default page size. The maximum is not published. */
const LIMIT = 500;
/** Events are created up to minutes after they happened, and may be listed a little later still. */
const OVERLAP_MS = 5 * MINUTE_MS;
/** With less time left, no further request is made. */
const SHORTEST_CALL_MS = 2000;
const SHORTEST_SPAN_MS = 4;
const LOCK_TYPES = ['lock.locked', 'lock.unlocked'];
/** The end of a span that should be open. */
const AHEAD_MS = HOUR_MS;

interface Placed {
	/** The part of Seam's times beyond milliseconds. */
	atMicros: number;
}

type LockEvent = ListedEntry & Placed;
type LogEvent = LockEvent | (ListedNotice & Placed);

interface Listed {
	/** The oldest first. */
	events: LogEvent[];
	/** The list may be incomplete. */
	mayBeTruncated: boolean;
	isNewestFirst: boolean;
}

/**
 * Seam's event log (`POST /events/list`; docs.seam.co, "Events"). Seam rejects the whole request if
 * one lock is gone, so all locks are requested. A door's PIN, which Seam sends along, is not read.
 */
export function seamLog(client: ServiceClient): LockLog {
	return {
		overlapMs: OVERLAP_MS,
		async list(sinceMs, meter, timeoutMs, notices) {
			const types = Object.entries(NOTICE_TYPES).flatMap(([name, type]) =>
				notices.has(name) ? [type] : [],
			);
			const deadlineMs = clock.now() + timeoutMs;
			const log = new EventLog(client, meter, deadlineMs, [...LOCK_TYPES, ...types]);
			const seamNowMs = client.serviceClock.now();
			const { events, endMs, truncated } = await log.since(sinceMs, seamNowMs + AHEAD_MS);
			return { entries: events, completeUntilMs: endMs, truncated };
		},
	};
}

interface Since {
	events: LogEvent[];
	/** Only when there was no time for all of them: the time up to which they are complete. */
	endMs?: number;
	/** Events created at an instant with more events than Seam lists. */
	truncated: LogEvent[];
}

interface Span {
	fromMs: number;
	toMs: number;
	/** The events after it, as far as they were listed already. */
	after: LogEvent[];
}

class EventLog {
	constructor(
		private readonly client: ServiceClient,
		private readonly meter: CallMeter,
		private readonly deadlineMs: number,
		private readonly eventTypes: readonly string[],
	) {}

	/** The events that Seam created after `sinceMs`, in the order in which they happened. */
	async since(sinceMs: number, openEndMs: number): Promise<Since> {
		const listed = await this.list({ since: isoOf(sinceMs) });
		const whole: Span = { fromMs: sinceMs, toMs: openEndMs, after: [] };
		const found: Since = listed.mayBeTruncated
			? await this.bisect(halvesOf(whole, listed), sinceMs)
			: { events: listed.events, truncated: [] };
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
	private async bisect(spans: Span[], sinceMs: number): Promise<Since> {
		const events: LogEvent[] = [];
		const truncated: LogEvent[] = [];
		for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
			const { fromMs, toMs, after } = span;
			const isLate = this.deadlineMs - clock.now() < SHORTEST_CALL_MS;
			if (isLate && fromMs > sinceMs) return { events, endMs: fromMs, truncated };
			const between: [string, string] = [isoOf(fromMs), isoOf(toMs)];
			const listed = await this.list({ between });
			if (!listed.mayBeTruncated) events.push(...listed.events, ...after);
			else if (toMs - fromMs > SHORTEST_SPAN_MS) spans.push(...halvesOf(span, listed));
			else {
				for (const type of this.eventTypes) {
					const ofType = await this.list({ between }, [type]);
					events.push(...ofType.events);
					if (ofType.mayBeTruncated) truncated.push(...ofType.events);
				}
				events.push(...after);
			}
		}
		return { events, truncated };
	}

	private async list(
		span: { since: string } | { between: [string, string] },
		eventTypes = this.eventTypes,
	): Promise<Listed> {
		const answer = await this.client.send(
			{
				method: 'POST',
				path: '/events/list',
				body: { ...span, event_types: eventTypes, limit: LIMIT },
				retry: true,
				timeoutMs: Math.max(0, this.deadlineMs - clock.now()),
			},
			this.meter,
		);
		const { events } = recordOf(answer.json);
		if (answer.status !== 200 || !Array.isArray(events)) throw new Failure(seamFailure(answer));
		const [first = '', last = ''] = [events[0], events.at(-1)].map(creationOf);
		// Seam's order is not published. Sorting is stable, so events of the same instant keep theirs
		const isNewestFirst = first >= last;
		const oldestFirst = isNewestFirst ? events.toReversed() : events;
		const mayBeTruncated = events.length >= LIMIT;
		return { events: oldestFirst.flatMap(logEvent), mayBeTruncated, isNewestFirst };
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

const LOCK_STATES: Record<string, LockLogEntry['lock']> = {
	'lock.locked': 'locked',
	'lock.unlocked': 'unlocked',
};

/**
 * A lock event of Seam, or nothing. One that names no lock is about an entrance of an access
 * system.
 */
export function lockEvent(value: unknown): LockEvent[] {
	const event = recordOf(value);
	const lock = entryOf(LOCK_STATES, event.event_type);
	if (lock === undefined) return [];
	return placed(event).map((common) => ({
		...common,
		lock,
		method: textOf(event.method) ?? null,
		accessCodeId: textOf(event.access_code_id) ?? null,
	}));
}

function logEvent(value: unknown): LogEvent[] {
	const event = recordOf(value);
	const notice = noticeOf(event);
	if (notice === undefined) return lockEvent(event);
	return placed(event).map((common) => ({ ...common, ...notice }));
}

/** What all events have in common, or nothing if one of it is missing. */
function placed(event: Record<string, unknown>) {
	const id = textOf(event.event_id);
	const deviceId = textOf(event.device_id);
	const createdAtMs = toMsOrNull(event.created_at) ?? toMsOrNull(event.occurred_at);
	const occurredAtMs = toMsOrNull(event.occurred_at);
	if (id === undefined || deviceId === undefined || createdAtMs === null) return [];
	return [
		{
			id,
			deviceId,
			createdAtMs,
			atMs: occurredAtMs ?? createdAtMs,
			atMicros: microsOf(occurredAtMs === null ? event.created_at : event.occurred_at),
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
