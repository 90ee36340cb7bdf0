import type { INodeProperties } from 'n8n-workflow';

import * as options from '../shared/optionFields';
import { seamDefinition } from './seamDefinition';

const skipIfAlready = options.skipIfAlready(
	'Whether to send nothing when Seam shows an online lock in the wanted state already. Seam may be up to ten minutes behind.',
);

const timeoutSeconds = options.timeoutSeconds(seamDefinition.defaultTimeoutSeconds);

export const seamProperties: INodeProperties[] = [
	{
		// gives the operations of an AI tool their object: "Unlock lock in Seam"
		displayName: 'Resource',
		name: 'resource',
		type: 'hidden',
		noDataExpression: true,
		default: 'lock',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['lock'] } },
		options: [
			{
				name: 'Get Lock Status',
				value: 'getLockStatus',
				action: 'Get lock status',
				description:
					'Read whether locks are locked, their doors closed, and what keeps them from it',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many locks',
				description: 'List the locks of the workspace with their state and abilities',
			},
			{
				name: 'Lock',
				value: 'lock',
				action: 'Lock a door',
				description: 'Lock and wait until it is proven',
			},
			{
				name: 'Unlock',
				value: 'unlock',
				action: 'Unlock a door',
				description:
					"Unlock and wait until it is proven; whether that is allowed is set by 'Unlocking' in the credential",
			},
		],
		default: 'getLockStatus',
	},
	{
		displayName: 'Target',
		name: 'target',
		type: 'options',
		displayOptions: { show: { operation: ['getLockStatus', 'lock', 'unlock'] } },
		options: [
			{ name: 'One Lock', value: 'single' },
			{ name: 'All Locks', value: 'all', description: 'Every lock of the workspace' },
		],
		default: 'single',
		description: 'Which locks to take, for each input item',
	},
	{
		displayName: 'Lock',
		name: 'deviceId',
		type: 'resourceLocator',
		required: true,
		displayOptions: {
			show: { operation: ['getLockStatus', 'lock', 'unlock'], target: ['single'] },
		},
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
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		displayOptions: { show: { operation: ['getMany'] } },
		default: {},
		options: [options.includeRaw, options.maxWaitSeconds],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		displayOptions: { show: { operation: ['getLockStatus'] } },
		default: {},
		options: [
			options.includeRaw,
			options.maxAgeMinutes(
				'From which age a reading is marked as stale; 0 = never. Seam tells no time of its readings, so none of them is ever marked.',
			),
			options.maxWaitSeconds,
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		displayOptions: { show: { operation: ['lock'] } },
		default: {},
		options: [
			options.checkOpenings,
			options.dryRun,
			options.maxWaitSeconds,
			options.requiredEvidence,
			skipIfAlready,
			timeoutSeconds,
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		displayOptions: { show: { operation: ['unlock'] } },
		default: {},
		options: [
			options.dryRun,
			options.maxWaitSeconds,
			options.requiredEvidence,
			skipIfAlready,
			timeoutSeconds,
		],
	},
];
