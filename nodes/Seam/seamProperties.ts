import type { INodeProperties } from 'n8n-workflow';

import {
	deviceFields,
	operationBase,
	optionsField,
	resourceField,
} from '../shared/forms/deviceFields';
import * as options from '../shared/forms/optionFields';
import { outputFields } from '../shared/forms/outputFields';
import { STATUS_FIELDS } from '../shared/model/outputFields';
import { seamDefinition } from './api/seamDefinition';

const skipIfAlready = options.skipIfAlready(
	'Whether to send nothing when Seam shows an online lock in the wanted state already. Seam may be up to ten minutes behind.',
);

const timeoutSeconds = options.timeoutSeconds(seamDefinition.defaultTimeoutSeconds);

export const seamProperties: INodeProperties[] = [
	resourceField('lock'),
	{
		...operationBase('lock'),
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
				action: 'Lock door',
				description: 'Lock and wait until it is proven',
			},
			{
				name: 'Unlock',
				value: 'unlock',
				action: 'Unlock door',
				description:
					"Unlock and wait until it is proven; whether that is allowed is set by 'Unlocking' in the credential",
			},
		],
		default: 'getLockStatus',
	},
	...deviceFields(
		'lock',
		['getLockStatus', 'lock', 'unlock'],
		'searchLocks',
		'11111111-1111-4111-8111-111111111111',
		'The lock, by its device ID in Seam',
	),
	...outputFields(['getLockStatus', 'getMany', 'lock', 'unlock'], {
		getMany: [...STATUS_FIELDS, 'model', 'manufacturer', 'canLock', 'canUnlock', 'problems'],
	}),
	optionsField('getMany', [options.includeRaw, options.maxWaitSeconds]),
	optionsField('getLockStatus', [
		options.includeRaw,
		options.maxAgeMinutes(
			'From which age a reading is marked as stale; 0 = never. Seam tells no time of its readings, so none of them is ever marked.',
		),
		options.maxWaitSeconds,
		options.secureSummary,
	]),
	optionsField('lock', [
		options.checkOpenings,
		options.dryRun,
		options.maxWaitSeconds,
		options.requiredEvidence,
		skipIfAlready,
		timeoutSeconds,
	]),
	optionsField('unlock', [
		options.dryRun,
		options.maxWaitSeconds,
		options.requiredEvidence,
		skipIfAlready,
		timeoutSeconds,
	]),
];
