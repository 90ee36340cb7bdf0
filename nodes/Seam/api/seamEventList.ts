import { clock } from '../../shared/basics/clock';
import { Failure } from '../../shared/model/failure';
import type { ServiceClient } from '../../shared/http/client';
import { isoOf } from '../../shared/basics/times';
import { recordOf, textOf } from '../../shared/basics/guards';
import { seamFailure } from './seamFailures';
import { logEvents, type LogEvent } from './seamEvent';
import type { CallMeter } from '../../shared/http/request';

/** Seam's default page size. The maximum is not published. */
const LIMIT = 500;
/** With less time left, no further request is made. */
const SHORTEST_CALL_MS = 2000;
const SHORTEST_SPAN_MS = 4;

interface Listed {
	/** The oldest first. */
	events: LogEvent[];
	/** The list may be incomplete. */
	mayBeTruncated: boolean;
	isNewestFirst: boolean;
}

export interface FoundEvents {
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

/** What to list. */
export interface EventQuery {
	types: readonly string[];
	/** Further fields of the request. */
	filter?: Record<string, readonly string[]>;
	/** Whether the use of a code is an event of its own. */
	withUses?: boolean;
}

/** Seam's event log, beyond the limit of one answer. */
export class EventList {
	/** @param deadlineMs Unix time in milliseconds. */
	constructor(
		private readonly client: ServiceClient,
		private readonly meter: CallMeter,
		private readonly deadlineMs: number,
		private readonly query: EventQuery,
	) {}

	/** The events that Seam created after `sinceMs`, in the order in which they happened. */
	async since(sinceMs: number, openEndMs: number): Promise<FoundEvents> {
		const listed = await this.list({ since: isoOf(sinceMs) });
		return await this.all({ fromMs: sinceMs, toMs: openEndMs, after: [] }, listed);
	}

	/** Those that Seam created between two times, both exclusive. */
	async between(fromMs: number, toMs: number): Promise<FoundEvents> {
		const listed = await this.list({ between: [isoOf(fromMs), isoOf(toMs)] });
		return await this.all({ fromMs, toMs, after: [] }, listed);
	}

	private async all(whole: Span, listed: Listed): Promise<FoundEvents> {
		const found: FoundEvents = listed.mayBeTruncated
			? await this.bisect(halvesOf(whole, listed), whole.fromMs)
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
	private async bisect(spans: Span[], sinceMs: number): Promise<FoundEvents> {
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
				for (const type of this.query.types) {
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
		types = this.query.types,
	): Promise<Listed> {
		const { filter, withUses = false } = this.query;
		const wanted = { ...span, ...filter, event_types: types, limit: LIMIT };
		const events = await listEvents(this.client, wanted, this.meter, this.deadlineMs);
		const [first = '', last = ''] = [events[0], events.at(-1)].map(creationOf);
		// Seam's order is not published. Sorting is stable, so events of the same instant keep theirs
		const isNewestFirst = first >= last;
		const oldestFirst = isNewestFirst ? events.toReversed() : events;
		const mayBeTruncated = events.length >= LIMIT;
		return {
			events: oldestFirst.flatMap((event) => logEvents(event, withUses)),
			mayBeTruncated,
			isNewestFirst,
		};
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

/**
 * One answer of `POST /events/list`, as it is.
 * @throws Failure when Seam does not list them in time.
 */
export async function listEvents(
	client: ServiceClient,
	body: object,
	meter: CallMeter,
	deadlineMs: number,
): Promise<unknown[]> {
	const timeoutMs = Math.max(0, deadlineMs - clock.now());
	const request = { method: 'POST', path: '/events/list', body, retry: true, timeoutMs } as const;
	const answer = await client.send(request, meter);
	const { events } = recordOf(answer.json);
	if (answer.status !== 200 || !Array.isArray(events)) throw new Failure(seamFailure(answer));
	return events as unknown[];
}

function creationOf(event: unknown): string | undefined {
	return textOf(recordOf(event).created_at);
}
