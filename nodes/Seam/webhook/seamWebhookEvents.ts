import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { onceId } from '../api/seamCodeNotices';
import { logEvents, type SeamNotice } from '../api/seamEvent';
import { onceOf, type CodeEvent } from '../api/seamFirsts';
import { noticeOf, NOTICE_TYPES } from '../api/seamNotices';
import { chosenEvents } from '../../shared/triggers/triggerParameters';
import { textOf } from '../../shared/basics/guards';
import { toMsOrNull } from '../../shared/basics/times';
import type { LockLogEntry, NoticeContent } from '../../shared/model/lockLog';

/** Seam's names for the events of this node. Source: Seam's OpenAPI description, schema `event`. */
const EVENT_TYPES = {
	...NOTICE_TYPES,
	locked: ['lock.locked'],
	unlocked: ['lock.unlocked'],
} as const;

/** Bring the names of codes, which nobody knows after their removal. */
const NAMING_TYPES = ['access_code.created', 'access_code.name_changed'];

type SeamEventName = keyof typeof EVENT_TYPES;

/**
 * The chosen events.
 * @throws Failure `badRequest` when 'Trigger On' is empty or contains an unknown event.
 */
export function chosenNames(
	context: IHookFunctions | IWebhookFunctions,
): ReadonlySet<SeamEventName> {
	return chosenEvents(context, Object.keys(EVENT_TYPES) as SeamEventName[]);
}

/** Seam's names of the chosen events, sorted. Throws as {@link chosenNames} does. */
export function chosenEventTypes(context: IHookFunctions | IWebhookFunctions): string[] {
	const chosen = chosenNames(context);
	const types = [...chosen].flatMap((event): readonly string[] => EVENT_TYPES[event]);
	const naming = needsCodeNames(context) ? NAMING_TYPES : [];
	return [...new Set([...types, ...naming])].sort();
}

/** Whether the names of codes have to be known before their removal. */
export function needsCodeNames(context: IHookFunctions | IWebhookFunctions): boolean {
	return chosenNames(context).has('guestCodeRemoved');
}

/** An event that is no change of a lock. */
export interface DeliveredNotice extends NoticeContent {
	id: string;
	/** Unix time in milliseconds; `null` if Seam gives none. */
	atMs: number | null;
}

/** One event of Seam, as far as it is wanted. */
export interface SeamEvent {
	eventId: string;
	deviceId: string;
	/** A change of the lock. */
	entry?: LockLogEntry;
	notice?: DeliveredNotice;
	/** The notice counts only if it is the first of its code. */
	once?: CodeEvent;
	/** A code has been named. */
	isNaming?: boolean;
}

/**
 * What the trigger wants to know of an event; `undefined` for one that names no device. A PIN in it
 * is not read.
 * @param chosen The events of the trigger.
 */
export function seamEventOf(
	body: Record<string, unknown>,
	chosen: ReadonlySet<string>,
): SeamEvent | undefined {
	const eventId = textOf(body.event_id);
	const deviceId = textOf(body.device_id);
	if (eventId === undefined || deviceId === undefined) return undefined;
	const identified = { eventId, deviceId };
	if (NAMING_TYPES.includes(String(body.event_type))) return { ...identified, isNaming: true };
	const atMs = toMsOrNull(body.occurred_at) ?? toMsOrNull(body.created_at);
	const plain = noticeOf(body);
	if (plain !== undefined) return { ...identified, notice: { ...plain, id: eventId, atMs } };
	const found = logEvents(body, chosen.has('guestCodeFirstUse'));
	if (found.length === 0) return undefined;
	return found.reduce<SeamEvent>((event, part) => {
		if ('event' in part) return { ...event, ...noticeOfCode(part) };
		return chosen.has(part.lock) ? { ...event, entry: part } : event;
	}, identified);
}

function noticeOfCode(event: SeamNotice): Pick<SeamEvent, 'notice' | 'once'> {
	const once = onceOf(event);
	if (once === undefined) return { notice: event };
	return { notice: { ...event, id: onceId(once.event, once.codeId) }, once };
}
