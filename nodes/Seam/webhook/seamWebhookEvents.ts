import type { IHookFunctions, INodePropertyOptions, IWebhookFunctions } from 'n8n-workflow';

import { lockEvent } from '../api/seamLog';
import { lowBatteryOf } from './lowBattery';
import { chosenEvents } from '../../shared/triggers/triggerParameters';
import { recordOf, textOf } from '../../shared/basics/guards';
import { toMsOrNull } from '../../shared/basics/times';
import type { LockLogEntry } from '../../shared/model/lockLog';

/** Seam's names for the events of this node. Source: Seam's OpenAPI description, schema `event`. */
const EVENT_TYPES = {
	accessDenied: 'lock.access_denied',
	deviceConnected: 'device.connected',
	deviceDisconnected: 'device.disconnected',
	locked: 'lock.locked',
	lowBattery: 'device.low_battery',
	unlocked: 'lock.unlocked',
} as const;

type SeamEventName = keyof typeof EVENT_TYPES;

export const seamWebhookEvents: INodePropertyOptions[] = [
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
	{ name: 'Locked', value: 'locked', action: 'On door locked', description: 'The door was locked' },
	{
		name: 'Low Battery',
		value: 'lowBattery',
		action: 'On low battery',
		description: 'A battery of a lock or of its keypad is nearly empty',
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
	| (Identified & {
			kind: 'notice';
			event: string;
			/** Unix time in milliseconds; `null` if Seam gives none. */
			atMs: number | null;
			details: Record<string, string | number | null>;
			/** What happened, as a sentence about the device of that name. */
			describe(name: string): string;
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

type NoticeOfSeam = Omit<
	Extract<SeamEvent, { kind: 'notice' }>,
	keyof Identified | 'kind' | 'atMs'
>;

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
				describe: (name) => `Access was denied at ${name}${sentence(textOf(message))}`,
			};
		}
		case EVENT_TYPES.deviceConnected:
			return { event: 'deviceConnected', details: {}, describe: (name) => `${name} is connected` };
		case EVENT_TYPES.deviceDisconnected:
			return {
				event: 'deviceDisconnected',
				details: { reason: textOf(body.error_code) ?? null },
				describe: (name) => `${name} is no longer connected`,
			};
		case EVENT_TYPES.lowBattery: {
			const { battery, level } = lowBatteryOf(body);
			const what = battery === 'keypad' ? 'keypad battery' : 'battery';
			const percent = level === null ? '' : ` (${Math.round(level * 100)} %)`;
			return {
				event: 'lowBattery',
				details: { battery, batteryLevel: level },
				describe: (name) => `The ${what} of ${name} is low${percent}`,
			};
		}
		default:
			return undefined;
	}
}

function sentence(message: string | undefined): string {
	return message === undefined ? '' : `: ${message.slice(0, 200)}`;
}
