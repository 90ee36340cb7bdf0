import type { INodeProperties, INodePropertyOptions, NodeHint } from 'n8n-workflow';

import type { DeviceType } from '../model/lockStatus';

/** Parameters that triggers share. Texts that depend on the device type are arguments. */

/** Events that wait for 'Left for (Minutes)'. Only polling triggers emit them. */
export const LEFT_EVENTS = ['doorLeftOpen', 'leftUnlocked', 'windowLeftOpen'] as const;

export const vehicleEvents: INodePropertyOptions[] = [
	{
		name: 'Door Closed',
		value: 'doorClosed',
		action: 'On door closed',
		description: 'A door, the trunk, front trunk or hood was closed',
	},
	{
		name: 'Door Left Open',
		value: 'doorLeftOpen',
		action: 'On door left open',
		description:
			'A door, the trunk, front trunk or hood has been open for some minutes, once for each opening',
	},
	{
		name: 'Door Opened',
		value: 'doorOpened',
		action: 'On door opened',
		description: 'A door, the trunk, front trunk or hood was opened',
	},
	{
		name: 'Left Unlocked',
		value: 'leftUnlocked',
		action: 'On vehicle left unlocked',
		description: 'The vehicle has been unlocked for some minutes, once each time',
	},
	{
		name: 'Locked',
		value: 'locked',
		action: 'On vehicle locked',
		description: 'The vehicle was locked',
	},
	{
		name: 'Unlocked',
		value: 'unlocked',
		action: 'On vehicle unlocked',
		description: 'The vehicle was unlocked',
	},
	{
		name: 'Window Closed',
		value: 'windowClosed',
		action: 'On window closed',
		description: 'A window or the sunroof was closed',
	},
	{
		name: 'Window Left Open',
		value: 'windowLeftOpen',
		action: 'On window left open',
		description: 'A window or the sunroof has been open for some minutes, once for each opening',
	},
	{
		name: 'Window Opened',
		value: 'windowOpened',
		action: 'On window opened',
		description: 'A window or the sunroof was opened',
	},
];

export const lockEvents: INodePropertyOptions[] = [
	{
		name: 'Door Closed',
		value: 'doorClosed',
		action: 'On door closed',
		description: 'The door was closed, on locks that sense it',
	},
	{
		name: 'Door Left Open',
		value: 'doorLeftOpen',
		action: 'On door left open',
		description:
			'The door has been open for some minutes, once for each opening, on locks that sense it',
	},
	{
		name: 'Door Opened',
		value: 'doorOpened',
		action: 'On door opened',
		description: 'The door was opened, on locks that sense it',
	},
	{
		name: 'Left Unlocked',
		value: 'leftUnlocked',
		action: 'On door left unlocked',
		description: 'The lock has been unlocked for some minutes, once each time',
	},
	{ name: 'Locked', value: 'locked', action: 'On door locked', description: 'The door was locked' },
	{
		name: 'Unlocked',
		value: 'unlocked',
		action: 'On door unlocked',
		description: 'The door was unlocked',
	},
];

/** n8n's node panel lists the options of a field with this display name as separate triggers. */
export function eventsField(
	options: INodePropertyOptions[],
	preset = ['doorOpened', 'locked', 'unlocked'],
): INodeProperties {
	return {
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options,
		default: [...preset],
		description: 'What starts the workflow. Each event becomes one item.',
	};
}

export function watchedDevicesField(
	deviceType: DeviceType,
	loadOptionsDependsOn: string[],
): INodeProperties {
	const labels =
		deviceType === 'lock'
			? { displayName: 'Lock Names or IDs', all: 'none = every lock of the account' }
			: { displayName: 'Vehicle Names or IDs', all: 'none = every vehicle of the account' };
	return {
		displayName: labels.displayName,
		name: 'deviceIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getDevices', loadOptionsDependsOn },
		default: [],
		description: `What to watch; ${labels.all}. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
	};
}

export const DEFAULT_LEFT_MINUTES = 10;

export const leftMinutesField: INodeProperties = {
	displayName: 'Left for (Minutes)',
	name: 'leftMinutes',
	type: 'number',
	typeOptions: { minValue: 1 },
	displayOptions: { show: { events: [...LEFT_EVENTS] } },
	default: DEFAULT_LEFT_MINUTES,
	description: 'After how many minutes something counts as left open or left unlocked',
};

/**
 * @param html What intervals cost. n8n keeps links and lists in a notice, but runs a table
 * together.
 */
export function costNotice(html: string): INodeProperties {
	return { displayName: html, name: 'cost', type: 'notice', default: '' };
}

/** The number of polls a day, as an expression over the field 'Poll Times'. */
export const POLLS_A_DAY = `($parameter.pollTimes?.item ?? []).reduce((sum, { mode, value, unit }) => sum + ({
	everyMinute: 1440, everyHour: 24, everyDay: 1, everyWeek: 1 / 7, everyMonth: 1 / 30,
	everyX: (unit === 'minutes' ? 1440 : 24) / (value || 1),
}[mode] ?? 0), 0)`;

/** The events chosen in 'Trigger On', as an expression. */
export const CHOSEN_EVENTS =
	"[].concat($parameter.events ?? []).join().replaceAll(' ', '').split(',')";

/**
 * A schedule that cannot be counted, such as a cron expression, is assumed to be frequent enough.
 */
const MINUTES_A_POLL = `1440 / (${POLLS_A_DAY} || 1440)`;

/**
 * A warning if readings are too rare for the "left open" and "left unlocked" events.
 * @param howInTime What the user can do about it.
 * @param minutesAReading The minutes between two readings that the budget allows, as an expression.
 */
export function leftTooShortHint(howInTime: string, minutesAReading: string): NodeHint {
	return {
		message: `'Left for (Minutes)' is shorter than the time between two readings: what was left open or unlocked is reported late, or never if it was closed or locked again in between. ${howInTime}`,
		type: 'warning',
		location: 'ndv',
		whenToDisplay: 'always',
		displayCondition: `={{ ${JSON.stringify(LEFT_EVENTS)}.some((event) => ${CHOSEN_EVENTS}.includes(event)) && ($parameter.leftMinutes ?? ${DEFAULT_LEFT_MINUTES}) < Math.max(${MINUTES_A_POLL}, ${minutesAReading}) }}`,
	};
}
