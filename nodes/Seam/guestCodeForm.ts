import type { INodeProperties } from 'n8n-workflow';

import { maxWaitSeconds } from '../shared/forms/optionFields';
import { fieldsField } from '../shared/forms/outputFields';
import { CODE_FIELDS, SIMPLE_CODE_FIELDS } from './codes/codeFields';
import {
	bookingFilter,
	dryRun,
	includePin,
	stateFilter,
	timeZone,
	waitSeconds,
} from './guestCodeOptions';

/** The parameters of the resource 'Guest Code'. */

type Show = Record<string, string[]>;

const OF_CODE: Show = { resource: ['guestCode'] };
const shown = (show: Show) => ({ displayOptions: { show: { ...OF_CODE, ...show } } });

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	...shown({}),
	options: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get guest code',
			description: 'Read the code of a booking, and whether it is on the lock',
		},
		{
			name: 'Get Many',
			value: 'getMany',
			action: 'Get many guest codes',
			description: 'List the codes of locks, and whether they are on the lock',
		},
		{
			name: 'Remove',
			value: 'remove',
			action: 'Remove guest code',
			description: 'Remove the code of a booking; one that is gone already is no error',
		},
		{
			name: 'Set',
			value: 'set',
			action: 'Set guest code',
			description:
				"Create or change the code of a booking, so that there is exactly one. Whether it may be made is set by 'Unlocking' in the credential.",
		},
	],
	default: 'set',
};

const codeBy: INodeProperties = {
	displayName: 'Find By',
	name: 'codeBy',
	type: 'options',
	...shown({ operation: ['get', 'remove'] }),
	options: [
		{ name: 'Access Code ID', value: 'accessCodeId' },
		{ name: 'Booking Reference', value: 'bookingReference' },
	],
	default: 'bookingReference',
	description: 'Whether to find the code by your booking or by its ID in Seam',
};

const accessCodeId: INodeProperties = {
	displayName: 'Access Code ID',
	name: 'accessCodeId',
	type: 'string',
	...shown({ operation: ['get', 'remove'], codeBy: ['accessCodeId'] }),
	default: '',
	placeholder: 'e.g. 99999999-9999-4999-8999-999999999999',
	description: "The ID of the code in Seam, which is 'accessCodeId' in the results of this node",
};

/** When a code is found on locks, and not by its ID. */
const SET: Show = { operation: ['set'] };
const BY_BOOKING: Show = { operation: ['get', 'remove'], codeBy: ['bookingReference'] };
const LIST: Show = { operation: ['getMany'] };

/**
 * What depends on a choice is not `required`: n8n would want it for every value of an expression.
 * @param show When the fields apply, besides the resource.
 */
export function lockFields(
	show: Show,
	preset: 'all' | 'single',
	ofResource = OF_CODE,
): INodeProperties[] {
	const shown = (when: Show) => ({ displayOptions: { show: { ...ofResource, ...when } } });
	return [
		{
			displayName: 'Target',
			name: 'target',
			type: 'options',
			...shown(show),
			options: [
				{ name: 'All Locks', value: 'all', description: 'Every lock of the workspace' },
				{ name: 'One Lock', value: 'single' },
				{ name: 'Several Locks', value: 'several' },
			],
			default: preset,
			description: 'Which locks to use, for each input item',
		},
		{
			displayName: 'Lock',
			name: 'deviceId',
			type: 'resourceLocator',
			required: true,
			...shown({ ...show, target: ['single'] }),
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: 'Choose a lock...',
					typeOptions: { searchListMethod: 'searchLocks', searchable: true },
				},
				{
					displayName: 'By ID',
					name: 'id',
					type: 'string',
					placeholder: 'e.g. 11111111-1111-4111-8111-111111111111',
				},
			],
			default: { mode: 'list', value: '' },
			description: 'The lock, by its device ID in Seam',
		},
		{
			displayName: 'Lock Names or IDs',
			name: 'deviceIds',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getDevices' },
			...shown({ ...show, target: ['several'] }),
			default: [],
			description:
				'The locks. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
	];
}

function referenceField(show: Show): INodeProperties {
	return {
		displayName: 'Booking Reference',
		name: 'bookingReference',
		type: 'string',
		required: true,
		...shown(show),
		default: '',
		placeholder: 'e.g. B-1042',
		description:
			'Your own ID of the booking: 1 to 40 letters, digits, dots, hyphens or underscores. It stands in the name of the code, and finds it again. Do not use it for another guest, who would get the same PIN.',
	};
}

const setFields: INodeProperties[] = [
	{
		displayName: 'Guest Name',
		name: 'guestName',
		type: 'string',
		...shown(SET),
		default: '',
		placeholder: 'e.g. Ann Example',
		description: 'Stands in the name of the code, behind the reference. Leave empty to keep it.',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		required: true,
		...shown(SET),
		default: '',
		description:
			"When the code begins to open. Without a time zone, it is the time at the lock, or in 'Time Zone'.",
	},
	{
		displayName: 'Until',
		name: 'until',
		type: 'dateTime',
		required: true,
		...shown(SET),
		default: '',
		description:
			"When the code no longer opens. Without a time zone, it is the time at the lock, or in 'Time Zone'.",
	},
	{
		displayName: 'PIN',
		name: 'pin',
		type: 'string',
		typeOptions: { password: true },
		...shown(SET),
		default: '',
		description:
			'The digits that the guest types: 4 to 12, as text. Leave empty to keep the PIN of the booking, or to get a new one.',
	},
];

function optionsOf(name: string, options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		...shown({ operation: [name] }),
		default: {},
		options,
	};
}

export const guestCodeForm: INodeProperties[] = [
	operation,
	...lockFields(SET, 'single'),
	referenceField(SET),
	...setFields,
	codeBy,
	accessCodeId,
	referenceField(BY_BOOKING),
	...lockFields(BY_BOOKING, 'single'),
	...lockFields(LIST, 'all'),
	fieldsField(OF_CODE, CODE_FIELDS, SIMPLE_CODE_FIELDS),
	optionsOf('get', [includePin, maxWaitSeconds]),
	optionsOf('getMany', [bookingFilter, maxWaitSeconds, stateFilter]),
	optionsOf('remove', [
		dryRun,
		maxWaitSeconds,
		waitSeconds('How long to wait until the code is gone from the lock'),
	]),
	optionsOf('set', [
		dryRun,
		includePin,
		maxWaitSeconds,
		timeZone,
		waitSeconds(
			'How long to wait until the code is on the lock, if its time has begun. If it is not by then, the result says so.',
		),
	]),
];
