import type { INodeProperties } from 'n8n-workflow';

import { lockForm } from '../shared/forms/lockForm';
import { seamDefinition } from './api/seamDefinition';
import { eventForm } from './eventForm';
import { guestCodeForm } from './guestCodeForm';

const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Event', value: 'event' },
		{ name: 'Guest Code', value: 'guestCode' },
		{ name: 'Lock', value: 'lock' },
	],
	default: 'lock',
};

const lockFields = lockForm({
	getMany: 'List the locks of the workspace with their state and abilities',
	listedFields: ['model', 'manufacturer', 'canLock', 'canUnlock', 'problems'],
	exampleId: '11111111-1111-4111-8111-111111111111',
	idDescription: 'The lock, by its device ID in Seam',
	skipIfAlready:
		'Whether to send nothing if Seam already shows an online lock in the wanted state. Seam may be up to ten minutes behind.',
	maxAgeMinutes:
		'At which age a reading is marked as stale; 0 = never. Seam gives no time for its readings, so none is ever marked.',
	timeoutSeconds: seamDefinition.defaultTimeoutSeconds,
}).filter(({ name }) => name !== 'resource');

/** A field that depends on an operation of locks belongs to the resource 'Lock' only. */
function ofLocks(field: INodeProperties): INodeProperties {
	const show = field.displayOptions?.show;
	if (show?.operation === undefined) return field;
	return { ...field, displayOptions: { show: { resource: ['lock'], ...show } } };
}

const fields = [...lockFields.map(ofLocks), ...guestCodeForm, ...eventForm];

/** What comes out is chosen below what is asked for, whatever the resource. */
const LAST = ['simplify', 'output', 'fields', 'options'];

export const seamProperties: INodeProperties[] = [
	resource,
	...fields.filter(({ name }) => !LAST.includes(name)),
	...LAST.flatMap((last) => fields.filter(({ name }) => name === last)),
];
