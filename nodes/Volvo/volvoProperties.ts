import type { INodeProperties } from 'n8n-workflow';

import { optionsField } from '../shared/forms/deviceFields';
import { vehicleForm } from '../shared/forms/vehicleForm';
import { lockOptions, unlockOptions } from '../shared/forms/vehicleOptions';

const reducedGuard: INodeProperties = {
	displayName: 'Reduced Guard',
	name: 'reducedGuard',
	type: 'boolean',
	default: false,
	description:
		'Whether to lock with the interior motion alarm switched off, for a ferry, a pet or a child. Not every car supports it.',
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

export const volvoProperties = vehicleForm({
	access: volvoAccessFields,
	getMany: 'List the vehicles of the account with their model and year',
	unlock:
		"Release the tailgate for up to two minutes; on many cars the doors unlock only when it is opened. Whether unlocking is allowed is set by 'Unlocking' in the credential.",
	listedFields: ['model', 'modelYear', 'fuelType', 'colour', 'problems'],
	unlockFields: ['armedUntil'],
	exampleId: 'YV1XZEFV3P2000001',
	idDescription: 'The vehicle, by its VIN',
	windowsCost: 'Windows and sunroof cost one more call, which is made only if one of them counts. ',
	commandOptions: [
		optionsField('lock', [...lockOptions, reducedGuard], { apiVersion: ['v2'] }),
		optionsField('lock', lockOptions, { apiVersion: ['v1'] }),
		optionsField('unlock', unlockOptions, { apiVersion: ['v2'] }),
		optionsField('unlock', [...unlockOptions, unlockDuration], { apiVersion: ['v1'] }),
	],
});
