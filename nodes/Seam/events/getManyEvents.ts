import type { IDataObject } from 'n8n-workflow';

import { failedItem, toItemAnswer, type ItemAnswer } from '../../shared/actions/answers';
import { clock } from '../../shared/basics/clock';
import { DAY_MS, HOUR_MS, isoOf, MINUTE_MS } from '../../shared/basics/times';
import type { CallMeter } from '../../shared/http/request';
import { Failure, type FailureFacts } from '../../shared/model/failure';
import { badRequest } from '../../shared/n8n/parameterValues';
import type { Session } from '../../shared/service/session';
import type { LogEvent } from '../api/seamEvent';
import { EventList } from '../api/seamEventList';
import type { CodeLock, CodeLocks, UnreadLock } from '../codes/codeLocks';
import { msOf, zoneOf, type CodeWindow } from '../codes/codeWindow';
import { CodeNames } from './codeNames';
import { loggedItem } from './loggedItem';
import type { EventKind, WantedEvents } from './readEventRequest';

/** Seam's names. Source: OpenAPI of Seam, schema `event` (August 2026). */
const TYPES: Record<EventKind, string> = {
	accessDenied: 'lock.access_denied',
	locked: 'lock.locked',
	unlocked: 'lock.unlocked',
};

/** Seam lists by when it heard of an event, which is later than the event. */
const HEARD_WITHIN_MS = HOUR_MS;
/** The clock of a lock may be ahead. */
const AHEAD_MS = 5 * MINUTE_MS;
const LIST_WITHIN_MS = 5 * MINUTE_MS;
const NAMES_WITHIN_MS = MINUTE_MS;

/** One run of Get Many of events. */
export interface EventRun {
	session: Session;
	locks: CodeLocks;
	meter: CallMeter;
	/** For n8n's log. */
	warn(line: string): void;
}

/** A lock, and the time of which its events are wanted. */
interface WatchedLock extends CodeWindow {
	name: string;
}

/** The events of the wanted locks, the oldest first. */
export async function getManyEvents(run: EventRun, wanted: WantedEvents): Promise<ItemAnswer> {
	const { itemIndex, deviceIds } = wanted;
	const found = await run.locks.find(deviceIds);
	if (found instanceof Failure) return failedItem(itemIndex, found, null);
	const unread = found.filter((lock) => 'failure' in lock);
	const read = found.filter((lock): lock is CodeLock => !('failure' in lock));
	const answers = unread.map((failure: UnreadLock) => ({ failure }));
	if (read.length === 0) return toItemAnswer(itemIndex, answers);
	const nowMs = run.session.client.serviceClock.now();
	const locks = new Map(
		read.map((lock) => {
			const window = windowOf(wanted, lock.timeZone, nowMs);
			return [lock.deviceId, { ...window, name: lock.name }];
		}),
	);
	const events = await listedEvents(run, wanted, locks);
	const items = await itemsOf(run, wanted, locks, events);
	const latest = wanted.limit === null ? items : items.slice(-wanted.limit);
	return toItemAnswer(itemIndex, [...latest.map((result) => ({ result })), ...answers]);
}

/** @throws Failure `badRequest` when the end is not after the begin. */
function windowOf(wanted: WantedEvents, lockZone: string | undefined, nowMs: number): CodeWindow {
	const zone = zoneOf(wanted, lockZone);
	const untilMs = wanted.until === null ? nowMs : msOf(wanted.until, zone, 'later');
	const fromMs = wanted.since === null ? untilMs - DAY_MS : msOf(wanted.since, zone, 'earlier');
	if (untilMs > fromMs) return { fromMs, untilMs };
	throw badRequest(
		wanted.until === null ? "'Since' is in the future" : "'Until' is not after 'Since'",
		"Give a 'Since' that is earlier than 'Until', or leave both empty for the last 24 hours",
	);
}

/** @throws Failure if Seam does not list all of them. */
async function listedEvents(
	{ session, meter }: EventRun,
	{ deviceIds, kinds, codeIds }: WantedEvents,
	locks: ReadonlyMap<string, WatchedLock>,
): Promise<LogEvent[]> {
	const windows = [...locks.values()];
	const fromMs = Math.min(...windows.map((window) => window.fromMs));
	const untilMs = Math.max(...windows.map((window) => window.untilMs));
	const types = [...kinds].map((kind) => TYPES[kind]);
	const filter = {
		...(deviceIds !== null && { device_ids: [...locks.keys()] }),
		...(codeIds !== undefined && { access_code_ids: [...codeIds] }),
	};
	const deadlineMs = clock.now() + LIST_WITHIN_MS;
	const list = new EventList(session.client, meter, deadlineMs, { types, filter });
	// both ends are exclusive
	const listed = await list.between(fromMs - AHEAD_MS, untilMs + HEARD_WITHIN_MS);
	if (listed.endMs !== undefined) throw new Failure(incomplete(listed.endMs));
	const [first] = listed.truncated;
	if (first !== undefined) throw new Failure(incomplete(first.createdAtMs));
	return listed.events.filter(({ deviceId, atMs }) => {
		const lock = locks.get(deviceId);
		return lock !== undefined && atMs >= lock.fromMs && atMs < lock.untilMs;
	});
}

/** @param sinceMs From when events are missing, Unix time in milliseconds. */
function incomplete(sinceMs: number): FailureFacts {
	return {
		reason: 'upstream',
		what: `Seam does not list all events from ${isoOf(sinceMs)} on`,
		userAction: 'Choose a shorter time, fewer locks or fewer kinds of events',
		notExecuted: true,
	};
}

async function itemsOf(
	run: EventRun,
	wanted: WantedEvents,
	locks: ReadonlyMap<string, WatchedLock>,
	events: readonly LogEvent[],
): Promise<IDataObject[]> {
	const { session, meter } = run;
	const names = new CodeNames(session.client, meter, clock.now() + NAMES_WITHIN_MS);
	const items: IDataObject[] = [];
	for (const event of events) {
		const name = locks.get(event.deviceId)?.name ?? event.deviceId;
		const item = await loggedItem(session.definition.service, event, name, names, wanted);
		if (item !== undefined) items.push(item);
	}
	const { failure } = names;
	// without the names, nobody knows which events are those of a booking
	if (failure !== undefined && wanted.references !== undefined) throw failure;
	if (failure !== undefined) {
		run.warn(`Seam: the guest codes of a lock could not be listed. ${failure.message}`);
	}
	return items;
}
