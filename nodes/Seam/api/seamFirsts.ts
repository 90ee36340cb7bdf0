import type { ServiceClient } from '../../shared/http/client';
import type { CallMeter } from '../../shared/http/request';
import { recordOf } from '../../shared/basics/guards';
import { DAY_MS, isoOf } from '../../shared/basics/times';
import { CODE_NOTICE_TYPES, isOnce, onceId, type OnceEventName } from './seamCodeNotices';
import { placed, type LogEvent } from './seamEvent';
import { listEvents } from './seamEventList';

/** Codes live shorter, except permanent ones: their first use in this time counts. */
const LOOK_BACK_MS = 400 * DAY_MS;
/** If Seam lists as many, the first was earlier. */
const LIMIT = 10;
const MOST_KEPT = 10_000;

/** By kind and code: Seam's event that was the first, or a time from which on none can be it. */
const firsts = new Map<string, string | number>();

/** One of Seam's events about a code. */
export interface CodeEvent {
	event: OnceEventName;
	codeId: string;
	/** Seam's own id. */
	id: string;
	/** When Seam made it, Unix time in milliseconds. */
	createdAtMs: number;
}

/**
 * Whether no earlier event of Seam says the same about this code. Seam's own log decides, so polls,
 * deliveries in any order and restarts agree. What it said once holds in this process, even if it
 * lists an earlier event later.
 * @param deadlineMs Unix time in milliseconds by which Seam has to say it.
 * @throws Failure when Seam does not say it. The event then has to be looked at again.
 */
export async function isFirstOfCode(
	client: ServiceClient,
	{ event, codeId, id, createdAtMs }: CodeEvent,
	meter: CallMeter,
	deadlineMs: number,
): Promise<boolean> {
	const key = `${event}:${codeId}`;
	const known = firsts.get(key);
	if (typeof known === 'string') return known === id;
	if (known !== undefined && known <= createdAtMs) return false;
	const wanted = {
		access_code_ids: [codeId],
		event_types: CODE_NOTICE_TYPES[event],
		// both ends are exclusive, and times are finer than milliseconds
		between: [isoOf(createdAtMs - LOOK_BACK_MS), isoOf(createdAtMs + 1)],
		limit: LIMIT,
	};
	const listed = await listEvents(client, wanted, meter, deadlineMs);
	const ofCode = listed.map(recordOf).filter((other) => other.access_code_id === codeId);
	const [earliest] = [...ofCode.flatMap(placed), { id, createdAtMs }].sort(
		(one, other) => one.createdAtMs - other.createdAtMs || (one.id < other.id ? -1 : 1),
	);
	const found = listed.length < LIMIT ? (earliest?.id ?? id) : createdAtMs;
	// meanwhile a parallel delivery may have got the answer
	const other = firsts.get(key);
	const first = typeof other === 'string' ? other : found;
	firsts.set(key, first);
	const [oldest] = firsts.keys();
	if (firsts.size > MOST_KEPT && oldest !== undefined) firsts.delete(oldest);
	return first === id;
}

/** Leaves out what is not the first of its code. The first has an id that is the code's. */
export async function withFirstsOnly(
	client: ServiceClient,
	events: readonly LogEvent[],
	meter: CallMeter,
	deadlineMs: number,
): Promise<LogEvent[]> {
	const kept: LogEvent[] = [];
	for (const entry of events) {
		const once = onceOf(entry);
		if (once === undefined) kept.push(entry);
		else if (await isFirstOfCode(client, once, meter, deadlineMs)) {
			kept.push({ ...entry, id: onceId(once.event, once.codeId) });
		}
	}
	return kept;
}

/** An event of which only the first of its code counts; `undefined` for all others. */
export function onceOf(entry: LogEvent): CodeEvent | undefined {
	if (!('event' in entry) || !isOnce(entry.event)) return undefined;
	const { event, codeId, eventId: id, createdAtMs } = entry;
	return codeId === undefined || id === undefined ? undefined : { event, codeId, id, createdAtMs };
}
