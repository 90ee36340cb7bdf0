import type { IDataObject, INodeProperties, NodeHint } from 'n8n-workflow';

import { numberParameter } from '../shared/n8n/parameterValues';
import { DAY_MS, HOUR_MS } from '../shared/basics/times';
import type { CallBudget } from '../shared/triggers/polling/budget';
import { WATCH_EVENTS } from '../shared/triggers/changes/change';
import type { WatchDefinition } from '../shared/triggers/polling/pollDefinition';
import {
	costNotice,
	eventsField,
	leftMinutesField,
	leftTooShortHint,
	POLLS_A_DAY,
	vehicleEvents,
	watchedDevicesField,
} from '../shared/forms/triggerFields';
import { smartcarDefinition } from './api/smartcarDefinition';
import { smartcarVersionField } from './smartcarProperties';

const EXAMPLE = 'car-left-unlocked-by-webhook';
// the build of the package for Smartcar alone links to that package's own
const EXAMPLE_URL =
	'https://github.com/n8n-nodes-smart-locks/n8n-nodes-smart-locks/blob/main/examples/car-left-unlocked-by-webhook.json';
const IN_TIME =
	'To be in time, use a webhook (v3): Smartcar Webhook Trigger, Wait, then Get Lock Status, as in the example';

const LONGEST_MONTH_DAYS = 31;
/** Plans allow 500 per vehicle. The rest is for commands and other workflows. */
const DEFAULT_CALLS_A_MONTH = 450;
/**
 * Reserve for calls that n8n without durable cursors forgets on a restart: those of polls that
 * started no execution.
 */
const CALLS_ASIDE = 3;
/**
 * Source: smartcar.com, "API limits": a bucket of 120 for the application, refilled by 2 a minute.
 */
const CALLS_AN_HOUR = 120;

export function smartcarWatch(apiVersion: unknown): WatchDefinition {
	return {
		definition: smartcarDefinition(apiVersion),
		events: WATCH_EVENTS,
		budgetOf,
		howLeftInTime: `${IN_TIME} ${EXAMPLE}.`,
		// one answer contains the lock, the doors and the windows
		readingFor: () => ({ parts: 'lock', calls: 1 }),
	};
}

function budgetOf({ callsPerVehiclePerMonth }: IDataObject): CallBudget {
	const calls = numberParameter(
		'Calls per Vehicle per Month',
		callsPerVehiclePerMonth,
		DEFAULT_CALLS_A_MONTH,
		CALLS_ASIDE + 1,
		1_000_000,
	);
	return {
		callsPerDeviceAndMonth: calls,
		limit: { calls: CALLS_AN_HOUR, spanMs: HOUR_MS },
		// holds for any start day of the plan's month
		callSpacingMs: () => (LONGEST_MONTH_DAYS * DAY_MS) / (calls - CALLS_ASIDE),
		// the plan's month may start on any day, so try again after a day
		quotaEndsAt: (nowMs) => nowMs + DAY_MS,
	};
}

const COST = `What it costs: one call for each vehicle and reading. Smartcar's plans count calls by vehicle and month (often 500). The trigger never makes more than 'Calls per Vehicle per Month'.
<ul><li>100 calls a month: a vehicle is read every 7.7 hours</li>
<li>450 calls a month: every 100 minutes</li>
<li>1,500 calls a month: every 30 minutes</li></ul>
Polling more often costs nothing, but finds nothing sooner.`;

const CALLS_ALLOWED = `($parameter.options?.callsPerVehiclePerMonth ?? ${DEFAULT_CALLS_A_MONTH})`;
const MINUTES_A_READING = `${LONGEST_MONTH_DAYS * 1440} / (${CALLS_ALLOWED} - ${CALLS_ASIDE})`;

export const smartcarWatchHints: NodeHint[] = [
	{
		message:
			"n8n polls more often than 'Calls per Vehicle per Month' allows (450 calls: every 100 minutes), so most polls read nothing. With the default of 450 calls, every two hours is enough.",
		type: 'info',
		location: 'ndv',
		whenToDisplay: 'always',
		displayCondition: `={{ ${POLLS_A_DAY} * ${LONGEST_MONTH_DAYS} > ${CALLS_ALLOWED} }}`,
	},
	leftTooShortHint(
		`${IN_TIME} <a href="${EXAMPLE_URL}" target="_blank">${EXAMPLE}</a>.`,
		MINUTES_A_READING,
	),
];

export const smartcarWatchProperties: INodeProperties[] = [
	smartcarVersionField,
	eventsField(vehicleEvents),
	leftMinutesField,
	watchedDevicesField('vehicle', ['apiVersion']),
	costNotice(COST),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Calls per Vehicle per Month',
				name: 'callsPerVehiclePerMonth',
				type: 'number',
				typeOptions: { minValue: CALLS_ASIDE + 1 },
				default: DEFAULT_CALLS_A_MONTH,
				description:
					'How many calls this trigger may make for one vehicle in a month. Triggers and other workflows do not know about each other: divide the calls of your plan among them.',
			},
		],
	},
];
