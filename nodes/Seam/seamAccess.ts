import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { loadDevices, searchDevices } from '../shared/n8n/pickers';
import { seamDefinition } from './api/seamDefinition';

export async function searchLocks(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) {
	return await searchDevices(this, seamDefinition, filter, paginationToken);
}

export async function getDevices(this: ILoadOptionsFunctions) {
	return await loadDevices(this, seamDefinition);
}
