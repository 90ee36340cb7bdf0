import type { INodeProperties } from 'n8n-workflow';

import type { DeviceType } from '../model/lockStatus';

/**
 * Gives the operations of an AI tool their object: "Unlock vehicle in …". Without the option, n8n's
 * node panel would list no actions, and the trigger as a separate entry.
 */
export function resourceField(deviceType: DeviceType): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'hidden',
		noDataExpression: true,
		options: [{ name: deviceType === 'lock' ? 'Lock' : 'Vehicle', value: deviceType }],
		default: deviceType,
	};
}

/** The parts of the field 'Operation' that all services share. */
export function operationBase(deviceType: DeviceType) {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options' as const,
		noDataExpression: true,
		displayOptions: { show: { resource: [deviceType] } },
	};
}

const TARGETS: Record<DeviceType, Pick<INodeProperties, 'options' | 'default'>> = {
	lock: {
		options: [
			{ name: 'All Locks', value: 'all', description: 'Every lock of the account' },
			{ name: 'One Lock', value: 'single' },
		],
		default: 'single',
	},
	vehicle: {
		options: [
			{ name: 'All Vehicles', value: 'all', description: 'Every vehicle of the account' },
			{ name: 'One Vehicle', value: 'single' },
		],
		default: 'single',
	},
};

/**
 * The fields that choose one device or all of them.
 * @param operations Operations that take a device.
 * @param exampleId An ID in the service's format.
 */
export function deviceFields(
	deviceType: DeviceType,
	operations: string[],
	searchListMethod: string,
	exampleId: string,
	idDescription: string,
): INodeProperties[] {
	const label = deviceType === 'lock' ? 'Lock' : 'Vehicle';
	return [
		{
			displayName: 'Target',
			name: 'target',
			type: 'options' as const,
			displayOptions: { show: { operation: operations } },
			...TARGETS[deviceType],
			description: `Which ${deviceType}s to use, for each input item`,
		},
		{
			displayName: label,
			name: 'deviceId',
			type: 'resourceLocator',
			required: true,
			displayOptions: { show: { operation: operations, target: ['single'] } },
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: `Choose a ${deviceType}...`,
					typeOptions: { searchListMethod, searchable: true },
				},
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${exampleId}` },
			],
			default: { mode: 'list', value: '' },
			description: idDescription,
		},
	];
}

export function optionsField(
	operation: string,
	options: INodeProperties[],
	show: Record<string, string[]> = {},
): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		displayOptions: { show: { operation: [operation], ...show } },
		default: {},
		options,
	};
}
