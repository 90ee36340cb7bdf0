import type { IHookFunctions, INodePropertyOptions, IWebhookFunctions } from 'n8n-workflow';

import { lockEvent } from '../api/seamLog';
import { chosenEvents } from '../../shared/triggers/triggerParameters';
import { recordOf, textOf } from '../../shared/basics/guards';
import { toldMsOf } from '../../shared/basics/times';
import type { LoggedChange } from '../../shared/model/lockLog';

/** What Seam calls the events of this node. Source: Seam's OpenAPI description, schema `event`. */
const EVENT_TYPES = {
	accessDenied: 'lock.access_denied',
	deviceDisconnected: 'device.disconnected',
	locked: 'lock.locked',
	lowBattery: 'device.low_battery',
	unlocked: 'lock.unlocked',
} as const;

type SeamPushEvent = keyof typeof EVENT_TYPES;

export const seamPushEvents: INodePropertyOptions[] = [
	{
		name: 'Access Denied',
		value: 'accessDenied',
		action: 'On access denied',
		description: 'A wrong or expired code was tried',
	},
	{
		name: 'Device Disconnected',
		value: 'deviceDisconnected',
		action: 'On device disconnected',
		description: 'Seam no longer reaches the lock, its bridge or its account',
	},
	{ name: 'Locked', value: 'locked', action: 'On door locked', description: 'The door was locked' },
	{
		name: 'Low Battery',
		value: 'lowBattery',
		action: 'On low battery',
		description: 'The battery of a lock is nearly empty',
	},
	{
		name: 'Unlocked',
		value: 'unlocked',
		action: 'On door unlocked',
		description: 'The door was unlocked',
	},
];

/**
 * Seam's names of the chosen events, sorted.
 * @throws Failure `badRequest` when 'Trigger On' names none, or another one.
 */
export function chosenEventTypes(context: IHookFunctions | IWebhookFunctions): string[] {
	const events = chosenEvents(context, Object.keys(EVENT_TYPES) as SeamPushEvent[]);
	return [...events].map((event) => EVENT_TYPES[event]).sort();
}

interface Told {
	eventId: string;
	deviceId: string;
}

/** What one event of Seam's tells. */
export type SeamTold =
	| (Told & { kind: 'lock'; entry: LoggedChange })
	| (Told & {
			kind: 'notice';
			event: string;
			atMs: number;
			details: Record<string, string | number | null>;
			/** What happened to the device of that name. */
			say(name: string): string;
	  });

/** `undefined` for an event that names no device, or is of another kind. The PIN that may be in it is not read. */
export function toldBySeam(body: Record<string, unknown>): SeamTold | undefined {
	const [entry] = lockEvent(body);
	if (entry !== undefined) {
		return { kind: 'lock', eventId: entry.id, deviceId: entry.deviceId, entry };
	}
	const eventId = textOf(body.event_id);
	const deviceId = textOf(body.device_id);
	const atMs = toldMsOf(body.occurred_at) ?? toldMsOf(body.created_at);
	const notice = noticeOf(body);
	if (eventId === undefined || deviceId === undefined || atMs === undefined) return undefined;
	return notice && { kind: 'notice', eventId, deviceId, atMs, ...notice };
}

type NoticeOfSeam = Omit<Extract<SeamTold, { kind: 'notice' }>, keyof Told | 'kind' | 'atMs'>;

function noticeOf(body: Record<string, unknown>): NoticeOfSeam | undefined {
	switch (body.event_type) {
		case EVENT_TYPES.accessDenied: {
			const { reason_code, message } = recordOf(body.reason);
			return {
				event: 'accessDenied',
				details: {
					reason: textOf(reason_code) ?? null,
					accessCodeId: textOf(body.access_code_id) ?? null,
				},
				say: (name) => `Access was denied at ${name}${sentence(textOf(message))}`,
			};
		}
		case EVENT_TYPES.deviceDisconnected:
			return {
				event: 'deviceDisconnected',
				details: { reason: textOf(body.error_code) ?? null },
				say: (name) => `${name} is no longer connected`,
			};
		case EVENT_TYPES.lowBattery: {
			const level = typeof body.battery_level === 'number' ? body.battery_level : null;
			return {
				event: 'lowBattery',
				details: { batteryLevel: level },
				say: (name) =>
					`The battery of ${name} is low${level === null ? '' : ` (${Math.round(level * 100)} %)`}`,
			};
		}
		default:
			return undefined;
	}
}

function sentence(message: string | undefined): string {
	return message === undefined ? '' : `: ${message.slice(0, 200)}`;
}
