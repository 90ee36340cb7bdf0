import { lockForm } from '../shared/forms/lockForm';
import { seamDefinition } from './api/seamDefinition';

export const seamProperties = lockForm({
	getMany: 'List the locks of the workspace with their state and abilities',
	listedFields: ['model', 'manufacturer', 'canLock', 'canUnlock', 'problems'],
	exampleId: '11111111-1111-4111-8111-111111111111',
	idDescription: 'The lock, by its device ID in Seam',
	skipIfAlready:
		'Whether to send nothing if Seam already shows an online lock in the wanted state. Seam may be up to ten minutes behind.',
	maxAgeMinutes:
		'At which age a reading is marked as stale; 0 = never. Seam gives no time for its readings, so none is ever marked.',
	timeoutSeconds: seamDefinition.defaultTimeoutSeconds,
});
