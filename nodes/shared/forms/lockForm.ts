import type { INodeProperties, NodeHint } from 'n8n-workflow';

import type { Operation } from '../model/operation';
import { STATUS_FIELDS } from '../model/outputFields';
import { deviceFields, operationBase, optionsField, resourceField } from './deviceFields';
import * as options from './optionFields';
import { outputFields } from './outputFields';
import {
	eventsField,
	leftMinutesField,
	leftTooShortHint,
	lockEvents,
	watchedDevicesField,
} from './triggerFields';

/** What differs between two services of locks. */
interface LockForm {
	/** What 'Get Many' lists: a sentence without its full stop. */
	getMany: string;
	/** The fields of 'Get Many' besides those of a status. */
	listedFields: readonly string[];
	/** An ID in the service's format. */
	exampleId: string;
	idDescription: string;
	/** When 'Skip If Already' sends nothing. */
	skipIfAlready: string;
	maxAgeMinutes: string;
	timeoutSeconds: number;
}

const OPERATIONS: Operation[] = ['getLockStatus', 'getMany', 'lock', 'unlock'];

/** The parameters of a node for locks. Its picker's method is `searchLocks`. */
export function lockForm(form: LockForm): INodeProperties[] {
	const commandOptions = [
		options.dryRun,
		options.maxWaitSeconds,
		options.requiredEvidence,
		options.skipIfAlready(form.skipIfAlready),
		options.timeoutSeconds(form.timeoutSeconds),
	];
	return [
		resourceField('lock'),
		{
			...operationBase('lock'),
			options: [
				{
					name: 'Get Lock Status',
					value: 'getLockStatus',
					action: 'Get lock status',
					description: 'Read whether locks are locked and their doors closed, and if not, why',
				},
				{
					name: 'Get Many',
					value: 'getMany',
					action: 'Get many locks',
					description: form.getMany,
				},
				{
					name: 'Lock',
					value: 'lock',
					action: 'Lock door',
					description: 'Lock, and wait for proof',
				},
				{
					name: 'Unlock',
					value: 'unlock',
					action: 'Unlock door',
					description:
						"Unlock, and wait for proof. Whether unlocking is allowed is set by 'Unlocking' in the credential.",
				},
			],
			default: 'getLockStatus',
		},
		...deviceFields(
			'lock',
			['getLockStatus', 'lock', 'unlock'],
			'searchLocks',
			form.exampleId,
			form.idDescription,
		),
		...outputFields(OPERATIONS, { getMany: [...STATUS_FIELDS, ...form.listedFields] }),
		optionsField('getMany', [options.includeRaw, options.maxWaitSeconds]),
		optionsField('getLockStatus', [
			options.includeRaw,
			options.maxAgeMinutes(form.maxAgeMinutes),
			options.maxWaitSeconds,
			options.secureSummary,
		]),
		optionsField('lock', [options.checkOpenings, ...commandOptions]),
		optionsField('unlock', commandOptions),
	];
}

/** The parameters of a polling trigger for locks whose readings are free. */
export const lockTriggerForm = (events = lockEvents): INodeProperties[] => [
	eventsField(events),
	leftMinutesField,
	watchedDevicesField('lock', []),
];

export const lockTriggerHints: NodeHint[] = [
	leftTooShortHint(
		"To be in time, choose a shorter poll interval, or raise 'Left for (Minutes)'.",
		'0',
	),
];
