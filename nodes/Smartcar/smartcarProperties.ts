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

export const smartcarVersionField: INodeProperties = {
	displayName: 'API Version',
	name: 'apiVersion',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'V2.0 (Deprecated)', value: 'v2' },
		{ name: 'V3', value: 'v3' },
	],
	default: 'v3',
	description: 'Set by the choice of the credential',
};

export const smartcarProperties: INodeProperties[] = [
	resourceField('vehicle'),
	smartcarVersionField,
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
				description: 'List the connected vehicles with make, model and year',
			},
			getWindows,
			lockVehicle,
			{
				name: 'Unlock',
				value: 'unlock',
				action: 'Unlock vehicle',
				description:
					"Unlock and wait until it is proven; some makers free only the trunk. Whether that is allowed is set by 'Unlocking' in the credential.",
			},
		],
		default: 'getLockStatus',
	},
	...deviceFields(
		'vehicle',
		['getLockStatus', 'getWindows', 'lock', 'unlock'],
		'searchVehicles',
		'36ab27d0-fd9d-4455-823a-ce30af709ffc',
		'The vehicle, by its ID in Smartcar',
	),
	...outputFields(['getLockStatus', 'getMany', 'getWindows', 'lock', 'unlock'], {
		getMany: ['make', 'model', 'year', 'powertrain', 'permissions', 'problems'],
	}),
	optionsField('getMany', [options.includeRaw, options.maxWaitSeconds]),
	optionsField('getLockStatus', [...statusOptions, secureParts()]),
	optionsField('getWindows', windowOptions),
	optionsField('lock', lockOptions),
	optionsField('unlock', unlockOptions),
];
