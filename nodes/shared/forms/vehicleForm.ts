import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../model/operation';
import { deviceFields, operationBase, optionsField, resourceField } from './deviceFields';
import * as options from './optionFields';
import { outputFields } from './outputFields';
import {
	lockOptions,
	secureParts,
	statusOptions,
	unlockOptions,
	windowOptions,
} from './vehicleOptions';

/** What differs between two services of vehicles. */
interface VehicleForm {
	/** The choice of the credential or the API version. */
	access: INodeProperties[];
	/** What 'Get Many' lists: a sentence without its full stop. */
	getMany: string;
	/** What 'Unlock' does. */
	unlock: string;
	/** The fields of 'Get Many' besides those of every device. */
	listedFields: readonly string[];
	/** The fields of 'Unlock' besides those of every command. */
	unlockFields?: readonly string[];
	/** An ID in the service's format. */
	exampleId: string;
	idDescription: string;
	/** What reading the windows costs. A sentence with a trailing space. */
	windowsCost?: string;
	/** The options of the two commands, where they are not those of every vehicle. */
	commandOptions?: INodeProperties[];
}

const OPERATIONS: Operation[] = ['getLockStatus', 'getMany', 'getWindows', 'lock', 'unlock'];

/** The parameters of a node for vehicles. Its picker's method is `searchVehicles`. */
export function vehicleForm(form: VehicleForm): INodeProperties[] {
	return [
		resourceField('vehicle'),
		...form.access,
		{
			...operationBase('vehicle'),
			options: [
				{
					name: 'Get Lock Status',
					value: 'getLockStatus',
					action: 'Get lock status',
					description:
						'Read the lock, doors and windows of vehicles, and what keeps the vehicles from being secure',
				},
				{
					name: 'Get Many',
					value: 'getMany',
					action: 'Get many vehicles',
					description: form.getMany,
				},
				{
					name: 'Get Windows',
					value: 'getWindows',
					action: 'Get windows',
					description: 'Read the windows and the sunroof of vehicles',
				},
				{
					name: 'Lock',
					value: 'lock',
					action: 'Lock vehicle',
					description: 'Lock, and wait for proof',
				},
				{
					name: 'Unlock',
					value: 'unlock',
					action: 'Unlock vehicle',
					description: form.unlock,
				},
			],
			default: 'getLockStatus',
		},
		...deviceFields(
			'vehicle',
			['getLockStatus', 'getWindows', 'lock', 'unlock'],
			'searchVehicles',
			form.exampleId,
			form.idDescription,
		),
		...outputFields(OPERATIONS, { getMany: form.listedFields, unlock: form.unlockFields }),
		optionsField('getMany', [options.includeRaw, options.maxWaitSeconds]),
		optionsField('getLockStatus', [...statusOptions, secureParts(form.windowsCost)]),
		optionsField('getWindows', windowOptions),
		...(form.commandOptions ?? [
			optionsField('lock', lockOptions),
			optionsField('unlock', unlockOptions),
		]),
	];
}
