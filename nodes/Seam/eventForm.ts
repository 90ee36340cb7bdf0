import type { INodeProperties } from 'n8n-workflow';

import { maxWaitSeconds } from '../shared/forms/optionFields';
import { fieldsField } from '../shared/forms/outputFields';
import { EVENT_FIELDS, SIMPLE_EVENT_FIELDS } from './events/eventFields';
import { lockFields } from './guestCodeForm';
import { timeZone } from './guestCodeOptions';

/** The parameters of the resource 'Event'. */

const OF_EVENT = { resource: ['event'] };
const LIST = { operation: ['getMany'] };
const shown = (show: Record<string, unknown[]> = {}) => ({
	displayOptions: { show: { ...OF_EVENT, ...LIST, ...show } as Record<string, string[]> },
});

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: OF_EVENT },
	options: [
		{
			name: 'Get Many',
			value: 'getMany',
			action: 'Get many events',
			description: 'List who locked and unlocked when, and who was denied access',
		},
	],
	default: 'getMany',
};

const kinds: INodeProperties = {
	displayName: 'Events',
	name: 'kinds',
	type: 'multiOptions',
	...shown(),
	options: [
		{
			name: 'Access Denied',
			value: 'accessDenied',
			description: 'A wrong or expired code was tried',
		},
		{ name: 'Locked', value: 'locked', description: 'The door was locked' },
		{ name: 'Unlocked', value: 'unlocked', description: 'The door was unlocked' },
	],
	default: ['accessDenied', 'locked', 'unlocked'],
	description: 'Which events to list; none = all',
};

function timeField(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'dateTime',
		...shown(),
		default: '',
		description: `${description}. Without a time zone, it is the time at the lock, or in 'Time Zone'.`,
	};
}

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	...shown(),
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	...shown({ returnAll: [false] }),
	default: 50,
	description: 'Max number of results to return',
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	...shown(),
	default: {},
	options: [
		{
			displayName: 'Access Code ID',
			name: 'accessCodeId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 99999999-9999-4999-8999-999999999999',
			description:
				'List only events of these codes, separated by commas. It also finds the events of a code that was removed.',
		},
		{
			displayName: 'Booking Reference',
			name: 'bookingReference',
			type: 'string',
			default: '',
			placeholder: 'e.g. B-1042',
			description:
				'List only events of codes of these bookings, separated by commas. Codes that were removed are not found.',
		},
		maxWaitSeconds,
		timeZone,
	],
};

export const eventForm: INodeProperties[] = [
	operation,
	...lockFields(LIST, 'all', OF_EVENT),
	kinds,
	timeField('Since', 'since', 'From when on. Empty: the 24 hours before the end'),
	timeField('Until', 'until', 'Until when. Empty: now'),
	returnAll,
	limit,
	fieldsField(OF_EVENT, EVENT_FIELDS, SIMPLE_EVENT_FIELDS),
	options,
];
