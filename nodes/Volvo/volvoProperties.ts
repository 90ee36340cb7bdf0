import type { INodeProperties } from 'n8n-workflow';

import {
	deviceFields,
	operationBase,
	optionsField,
	resourceField,
} from '../shared/forms/deviceFields';
import * as options from '../shared/forms/optionFields';
import { outputFields } from '../shared/forms/outputFields';
import {
	getWindows,
	lockOptions,
	lockVehicle,
	statusOptions,
	windowOptions,
	secureParts,
	unlockOptions,
} from '../shared/forms/vehicleOptions';

const countedParts = secureParts(
	'Windows and sunroof cost one more call, which is made while one of them counts. ',
);

const reducedGuard: INodeProperties = {
	displayName: 'Reduced Guard',
	name: 'reducedGuard',
	type: 'boolean',
	default: false,
	description:
		'Whether to lock with the alarm for movements inside switched off, for a ferry, a pet or a child. Not every car can.',
};

const unlockDuration: INodeProperties = {
	displayName: 'Unlock Duration (Seconds)',
	name: 'unlockDuration',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 120 },
	default: 120,
	description: 'How long the tailgate can be opened after the command',
};

/** The choice of the credential and of the API version. */
export const volvoAccessFields: INodeProperties[] = [
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Access Token', value: 'accessToken' },
			{ name: 'OAuth2', value: 'oAuth2' },
		],
		default: 'oAuth2',
	},
	{
		displayName: 'API Version',
		name: 'apiVersion',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'V1 (Ended)', value: 'v1', description: 'Volvo announced its end for April 2024' },
			{ name: 'V2', value: 'v2' },
		],
		default: 'v2',
	},
];

export const volvoProperties: INodeProperties[] = [
	resourceField('vehicle'),
	...volvoAccessFields,
	{
		...operationBase('vehicle'),
		options: [
			{
				name: 'Get Lock Status',
				value: 'getLockStatus',
				action: 'Get lock status',
				description:
					'Read the lock, doors and windows of vehicles, and what keeps them from being secure',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many vehicles',
				description: 'List the vehicles of the account with their model and year',
			},
			getWindows,
			lockVehicle,
			{
				name: 'Unlock',
				value: 'unlock',
				action: 'Unlock vehicle',
				description:
					"Free the tailgate for up to two minutes; on many cars the doors unlock only when it is opened. Whether that is allowed is set by 'Unlocking' in the credential.",
			},
		],
		default: 'getLockStatus',
	},
	...deviceFields(
		'vehicle',
		['getLockStatus', 'getWindows', 'lock', 'unlock'],
		'searchVehicles',
		'YV1XZEFV3P2000001',
		'The vehicle, by its VIN',
	),
	...outputFields(['getLockStatus', 'getMany', 'getWindows', 'lock', 'unlock'], {
		getMany: ['model', 'modelYear', 'fuelType', 'colour', 'problems'],
		unlock: ['armedUntil'],
	}),
	optionsField('getMany', [options.includeRaw, options.maxWaitSeconds]),
	optionsField('getLockStatus', [...statusOptions, countedParts]),
	optionsField('getWindows', windowOptions),
	optionsField('lock', [...lockOptions, reducedGuard], { apiVersion: ['v2'] }),
	optionsField('lock', lockOptions, { apiVersion: ['v1'] }),
	optionsField('unlock', unlockOptions, { apiVersion: ['v2'] }),
	optionsField('unlock', [...unlockOptions, unlockDuration], { apiVersion: ['v1'] }),
];
