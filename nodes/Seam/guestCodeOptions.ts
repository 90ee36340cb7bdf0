import type { INodeProperties } from 'n8n-workflow';

import { AS_NODE } from '../shared/forms/outputFields';

/** Fields of 'Options' of the resource 'Guest Code'. */

export const includePin: INodeProperties = {
	displayName: 'Include PIN',
	name: 'includePin',
	type: 'boolean',
	displayOptions: { show: AS_NODE },
	default: false,
	description:
		"Whether to add the PIN to the results as 'pin', for a message to the guest. n8n stores it with the execution.",
};

export const dryRun: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to check everything without changing a code',
};

export const timeZone: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Paris',
	description:
		"The time zone of 'From' and 'Until', where they name none. Default: the zone of the lock, or of the workflow where Seam knows none.",
};

export function waitSeconds(description: string): INodeProperties {
	return {
		displayName: 'Wait (Seconds)',
		name: 'waitSeconds',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 600 },
		default: 0,
		description,
	};
}

export const stateFilter: INodeProperties = {
	displayName: 'States',
	name: 'states',
	type: 'multiOptions',
	options: [
		{ name: 'Active', value: 'active', description: 'It opens the door' },
		{ name: 'Ended', value: 'ended', description: 'Its time is over' },
		{ name: 'Failed', value: 'failed', description: 'It is not on the lock as asked' },
		{ name: 'Late', value: 'late', description: 'It should be on the lock, and is not' },
		{ name: 'Programming', value: 'programming', description: 'It is being put on the lock' },
		{ name: 'Removing', value: 'removing', description: 'It is being erased, and may still open' },
		{ name: 'Scheduled', value: 'scheduled', description: 'Seam puts it on the lock in time' },
		{ name: 'Stored', value: 'stored', description: 'The lock holds it, and activates it in time' },
		{ name: 'Unknown', value: 'unknown', description: 'Seam cannot tell' },
	],
	default: [],
	description: 'List only codes in these states; none = all',
};

export const bookingFilter: INodeProperties = {
	displayName: 'Booking Reference',
	name: 'bookingReference',
	type: 'string',
	default: '',
	placeholder: 'e.g. B-1042',
	description: 'List only codes of this booking; remove the option to list all',
};
