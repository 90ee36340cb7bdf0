import type { INodePropertyOptions } from 'n8n-workflow';

import { lockEvents } from '../shared/forms/triggerFields';

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

/** What the webhook trigger offers: Seam reports no opened or closed doors. */
export const seamWebhookEvents = sorted([...noticeEvents, ...lockEvents.filter(isOfBolt)]);

/** What the polling trigger offers. */
export const seamPollEvents = sorted([...noticeEvents, ...lockEvents]);
