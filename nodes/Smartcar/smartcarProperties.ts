import type { INodeProperties } from 'n8n-workflow';

import { vehicleForm } from '../shared/forms/vehicleForm';

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
	description: 'Set when you choose the credential',
};

export const smartcarProperties = vehicleForm({
	access: [smartcarVersionField],
	getMany: 'List the connected vehicles with make, model and year',
	unlock:
		"Unlock, and wait for proof; some makers release only the trunk. Whether unlocking is allowed is set by 'Unlocking' in the credential.",
	listedFields: ['make', 'model', 'year', 'powertrain', 'permissions', 'problems'],
	exampleId: '36ab27d0-fd9d-4455-823a-ce30af709ffc',
	idDescription: 'The vehicle, by its ID in Smartcar',
});
