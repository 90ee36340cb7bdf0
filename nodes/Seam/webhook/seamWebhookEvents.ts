import type { IHookFunctions, INodePropertyOptions, IWebhookFunctions } from 'n8n-workflow';

import { onceId } from '../api/seamCodeNotices';
import { logEvents, type SeamNotice } from '../api/seamEvent';
import { onceOf, type CodeEvent } from '../api/seamFirsts';
import { noticeOf, NOTICE_TYPES } from '../api/seamNotices';
import { lockEvents } from '../../shared/forms/triggerFields';
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

/** Events that both triggers have, and that are no changes of a lock. */
const noticeEvents: INodePropertyOptions[] = [
	{
		name: 'Access Denied',
		value: 'accessDenied',
		action: 'On access denied',
		description: 'A wrong or expired code was tried',
	},
	{
		name: 'Device Connected',
		value: 'deviceConnected',
		action: 'On device connected',
		description: 'The lock is connected to Seam, or is connected again',
	},
	{
		name: 'Device Disconnected',
		value: 'deviceDisconnected',
		action: 'On device disconnected',
		description: 'Seam no longer reaches the lock, its bridge or its account',
	},
	{
		name: 'Guest Code Failed',
		value: 'guestCodeFailed',
		action: 'On guest code failed',
		description: 'A code could not be put on a lock, or is not on it shortly before its start',
	},
	{
		name: 'Guest Code First Used',
		value: 'guestCodeFirstUse',
		action: 'On guest code first used',
		description: 'A code opened a lock for the first time, on locks that report which code it was',
	},
	{
		name: 'Guest Code Ready',
		value: 'guestCodeReady',
		action: 'On guest code ready',
		description: 'A code was put on a lock, once for each code',
	},
	{
		name: 'Guest Code Removed',
		value: 'guestCodeRemoved',
		action: 'On guest code removed',
		description: 'A code was removed from a lock, once for each code',
	},
	{
		name: 'Low Battery',
		value: 'lowBattery',
		action: 'On low battery',
		description: 'A battery of a lock or of its keypad is nearly empty',
	},
];

const isOfBolt = ({ value }: INodePropertyOptions) => value === 'locked' || value === 'unlocked';

/** By name, as n8n's linter wants it. */
const sorted = (options: INodePropertyOptions[]) =>
	[...options].sort((one, other) => (one.name < other.name ? -1 : 1));

export const seamWebhookEvents = sorted([...noticeEvents, ...lockEvents.filter(isOfBolt)]);
export const seamPollEvents = sorted([...noticeEvents, ...lockEvents]);

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
