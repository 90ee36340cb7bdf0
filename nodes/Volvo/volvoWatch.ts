import type { IDataObject, INodeProperties, NodeHint } from 'n8n-workflow';

import { numberParameter } from '../shared/n8n/parameterValues';
import { DAY_MS, MINUTE_MS } from '../shared/basics/times';
import { nextMidnight, type CallBudget } from '../shared/triggers/polling/budget';
import { WATCH_EVENTS, type WatchEvent } from '../shared/triggers/changes/change';
import type { WatchDefinition } from '../shared/triggers/polling/pollDefinition';
import {
	CHOSEN_EVENTS,
	costNotice,
	eventsField,
	leftMinutesField,
	leftTooShortHint,
	POLLS_A_DAY,
	vehicleEvents,
	watchedDevicesField,
} from '../shared/forms/triggerFields';
import { volvoDefinition } from './api/volvoDefinition';
import { volvoAccessFields } from './volvoProperties';

/** Volvo allows 10,000 per VCC API key. The rest is for commands and other workflows. */
const DEFAULT_CALLS_A_DAY = 9000;
/**
 * Source: Volvo's developer portal, news of 20 January 2025: 100 for each Volvo ID and client. Some
 * are left for commands.
 */
const CALLS_A_MINUTE = 90;

/** Volvo has no webhooks. */
const IN_TIME =
	"To be in time, raise 'Left for (Minutes)', choose a shorter poll interval or fewer vehicles, or raise 'Calls per Day'.";

const WINDOW_EVENTS: readonly WatchEvent[] = ['windowClosed', 'windowLeftOpen', 'windowOpened'];

export function volvoWatch(apiVersion: unknown, authentication: unknown): WatchDefinition {
	return {
		definition: volvoDefinition(apiVersion, authentication),
		events: WATCH_EVENTS,
		budgetOf,
		howLeftInTime: IN_TIME,
		readingFor(events) {
			const needsWindows = WINDOW_EVENTS.some((event) => events.has(event));
			const needsDoors = [...events].some((event) => !WINDOW_EVENTS.includes(event));
			if (needsWindows && needsDoors) return { parts: 'lockAndWindows', calls: 2 };
			return { parts: needsWindows ? 'windows' : 'lock', calls: 1 };
		},
	};
}

function budgetOf({ callsPerDay }: IDataObject): CallBudget {
	const calls = numberParameter('Calls per Day', callsPerDay, DEFAULT_CALLS_A_DAY, 1, 1_000_000);
	return {
		callsPerDay: calls,
		limit: { calls: CALLS_A_MINUTE, spanMs: MINUTE_MS },
		callSpacingMs: (deviceCount) => (DAY_MS * deviceCount) / calls,
		// seen in three recorded answers
		quotaEndsAt: nextMidnight,
	};
}

const COST = `What it costs: one call for each vehicle and poll, or two if windows are watched as well as doors or locks. Volvo allows 10,000 calls a day for each key, for all workflows together. Calls a day for 1 · 5 · 20 vehicles:
<ul><li>every minute: 1,440 · 7,200 · 28,800</li>
<li>every 5 minutes: 288 · 1,440 · 5,760</li>
<li>every 15 minutes: 96 · 480 · 1,920</li>
<li>every hour: 24 · 120 · 480</li></ul>
The trigger never makes more than 'Calls per Day'. Instead, it reads each vehicle less often.`;

/** The number of vehicles in the last column above. */
const MANY_VEHICLES = 20;
const IS_OF_WINDOW = "(event) => event.startsWith('window')";
const CALLS_OF_READING = `(${CHOSEN_EVENTS}.some(${IS_OF_WINDOW}) && !${CHOSEN_EVENTS}.every(${IS_OF_WINDOW}) ? 2 : 1)`;
const CHOSEN_VEHICLES = '[].concat($parameter.deviceIds ?? []).join()';
const CALLS_OF_ONE = `${POLLS_A_DAY} * ${CALLS_OF_READING}`;
const CALLS_ALLOWED = `($parameter.options?.callsPerDay ?? ${DEFAULT_CALLS_A_DAY})`;

const MINUTES_A_READING = `1440 * ${CALLS_OF_READING} * ${CHOSEN_VEHICLES}.split(',').length / ${CALLS_ALLOWED}`;

export const volvoWatchHints: NodeHint[] = [
	{
		message:
			"At this interval the chosen vehicles cost more than 'Calls per Day', so each of them is read less often than n8n polls. Choose a longer interval, fewer vehicles, or events without windows.",
		type: 'warning',
		location: 'ndv',
		whenToDisplay: 'always',
		displayCondition: `={{ ${CALLS_OF_ONE} * ${CHOSEN_VEHICLES}.split(',').length > ${CALLS_ALLOWED} }}`,
	},
	{
		message:
			'All vehicles are watched, and their number is not known here. 9,000 calls a day are enough to read 6 vehicles every minute (3 if windows are watched as well as doors or locks). If there are more, each is read less often than n8n polls.',
		type: 'info',
		location: 'ndv',
		whenToDisplay: 'always',
		displayCondition: `={{ ${CHOSEN_VEHICLES} === '' && ${CALLS_OF_ONE} * ${MANY_VEHICLES} > ${CALLS_ALLOWED} }}`,
	},
	leftTooShortHint(IN_TIME, MINUTES_A_READING),
];

export const volvoWatchProperties: INodeProperties[] = [
	...volvoAccessFields,
	eventsField(vehicleEvents),
	leftMinutesField,
	watchedDevicesField('vehicle', ['apiVersion', 'authentication']),
	costNotice(COST),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Calls per Day',
				name: 'callsPerDay',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: DEFAULT_CALLS_A_DAY,
				description:
					'How many calls this trigger may make from midnight to midnight UTC, for all its vehicles. Triggers with the same VCC API key do not know about each other: divide the 10,000 calls of the key among them.',
			},
		],
	},
];
