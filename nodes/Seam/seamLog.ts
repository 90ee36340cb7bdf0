import { clock } from '../shared/clock';
import { Failure } from '../shared/failure';
import type { CallMeter, ServiceClient } from '../shared/http';
import type { LoggedChange } from '../shared/watch/changes';
import type { LogMark } from '../shared/watch/watchState';
import { recordOf, textOf } from '../shared/wire';
import { seamFailure } from './seamFailures';

const MINUTE_MS = 60_000;
/** Seam's own default; the largest value is not published. */
const LIMIT = 500;
/** Events are made up to minutes after they happened, and may be listed a little after that. */
const OVERLAP_MS = 5 * MINUTE_MS;
/** The end of a span that is meant to be open. */
const AHEAD_MS = 60 * MINUTE_MS;

interface LockEvent extends LoggedChange {
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
	const seamNowMs = client.serviceTimeAt(clock.now()) ?? clock.now();
	const sinceMs = (mark?.cursorMs ?? seamNowMs) - OVERLAP_MS;
	const events = await log.since(sinceMs, seamNowMs + AHEAD_MS);
	const cursorMs = Math.max(
		mark?.cursorMs ?? seamNowMs,
		...events.map((event) => event.createdAtMs),
	);
	const seen = new Set(mark?.seen);
	const isNews = ({ id, deviceId }: LockEvent) =>
		// without a mark everything in the log is older than the watching
		mark !== undefined && !seen.has(id) && (deviceIds === null || deviceIds.includes(deviceId));
	return {
		// Seam refuses a whole question for one lock that is gone, so it is asked for all of them
		entries: events.filter(isNews).map(withoutCreation),
		mark: {
			cursorMs,
			seen: events
				.filter(({ createdAtMs }) => createdAtMs > cursorMs - OVERLAP_MS)
				.map(({ id }) => id)
				.sort(),
		},
	};
}

class LockLog {
	constructor(
		private readonly client: ServiceClient,
		private readonly meter: CallMeter,
		private readonly endMs: number,
	) {}

	/** Every event that Seam made after `sinceMs`, in the order in which they happened. */
	async since(sinceMs: number, openEndMs: number): Promise<LockEvent[]> {
		const { events, isFull } = await this.list({ since: isoOf(sinceMs) });
		const all = isFull ? await this.between(sinceMs, openEndMs) : events;
		const byId = new Map(all.map((event) => [event.id, event]));
		return [...byId.values()].sort(
			(a, b) => a.atMs - b.atMs || a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1),
		);
	}

	/** Seam drops what is beyond its limit without a word, so a full answer is asked for in halves. */
	private async between(fromMs: number, toMs: number): Promise<LockEvent[]> {
		const { events, isFull } = await this.list({ between: [isoOf(fromMs), isoOf(toMs)] });
		if (!isFull) return events;
		const middleMs = Math.floor((fromMs + toMs) / 2);
		if (toMs - fromMs <= 2) throw new Failure(tooMany());
		// both ends are exclusive, and times are finer than milliseconds
		const later = await this.between(middleMs - 1, toMs);
		return [...(await this.between(fromMs, middleMs + 1)), ...later];
	}

	private async list(span: { since: string } | { between: [string, string] }): Promise<Listed> {
		const answer = await this.client.send(
			{
				method: 'POST',
				path: '/events/list',
				body: {
					...span,
					event_types: ['lock.locked', 'lock.unlocked'],
					limit: LIMIT,
				},
				repeat: 'safe',
				timeoutMs: Math.max(0, this.endMs - clock.now()),
			},
			this.meter,
		);
		const { events } = recordOf(answer.json);
		if (answer.status !== 200 || !Array.isArray(events)) throw new Failure(seamFailure(answer));
		return { events: events.flatMap(lockEvent), isFull: events.length >= LIMIT };
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
	const lock = LOCK_STATES[textOf(event.event_type) ?? ''];
	const createdAtMs = Date.parse(textOf(event.created_at) ?? '');
	const occurredAtMs = Date.parse(textOf(event.occurred_at) ?? '');
	if (id === undefined || deviceId === undefined || lock === undefined) return [];
	if (Number.isNaN(createdAtMs)) return [];
	return [
		{
			id,
			deviceId,
			lock,
			createdAtMs,
			atMs: Number.isNaN(occurredAtMs) ? createdAtMs : occurredAtMs,
			method: textOf(event.method) ?? null,
			accessCodeId: textOf(event.access_code_id) ?? null,
		},
	];
}

function withoutCreation({ createdAtMs: _createdAtMs, ...entry }: LockEvent): LoggedChange {
	return entry;
}

function isoOf(ms: number): string {
	return new Date(ms).toISOString();
}

function tooMany() {
	return {
		reason: 'upstream',
		what: `Seam lists more than ${LIMIT} lock events of one instant`,
		userAction: 'Watch fewer locks with one trigger',
	} as const;
}
