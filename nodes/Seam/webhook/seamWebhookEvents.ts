import type { IHookFunctions, INodePropertyOptions, IWebhookFunctions } from 'n8n-workflow';

import { lockEvent } from '../api/seamEvent';
import { noticeOf, NOTICE_TYPES } from '../api/seamNotices';
import { lockEvents } from '../../shared/forms/triggerFields';
import { chosenEvents } from '../../shared/triggers/triggerParameters';
import { textOf } from '../../shared/basics/guards';
import { toMsOrNull } from '../../shared/basics/times';
import type { LockLogEntry, NoticeContent } from '../../shared/model/lockLog';

/** Seam's names for the events of this node. Source: Seam's OpenAPI description, schema `event`. */
const EVENT_TYPES = {
	...NOTICE_TYPES,
	locked: 'lock.locked',
	unlocked: 'lock.unlocked',
} as const;

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
 * Seam's names of the chosen events, sorted.
 * @throws Failure `badRequest` when 'Trigger On' is empty or contains an unknown event.
 */
export function chosenEventTypes(context: IHookFunctions | IWebhookFunctions): string[] {
	const events = chosenEvents(context, Object.keys(EVENT_TYPES) as SeamEventName[]);
	return [...events].map((event) => EVENT_TYPES[event]).sort();
}

interface Identified {
	eventId: string;
	deviceId: string;
}

/** One event of Seam. */
export type SeamEvent =
	| (Identified & { kind: 'lock'; entry: LockLogEntry })
	| (Identified &
			NoticeContent & {
				kind: 'notice';
				/** Unix time in milliseconds; `null` if Seam gives none. */
				atMs: number | null;
			});

/**
 * `undefined` for an event of another kind, or one that names no device. A PIN in it is not read.
 */
export function seamEventOf(body: Record<string, unknown>): SeamEvent | undefined {
	const [entry] = lockEvent(body);
	if (entry !== undefined) {
		return { kind: 'lock', eventId: entry.id, deviceId: entry.deviceId, entry };
	}
	const eventId = textOf(body.event_id);
	const deviceId = textOf(body.device_id);
	const atMs = toMsOrNull(body.occurred_at) ?? toMsOrNull(body.created_at);
	const notice = noticeOf(body);
	if (eventId === undefined || deviceId === undefined) return undefined;
	return notice && { kind: 'notice', eventId, deviceId, atMs, ...notice };
}
