import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { loadDevices, searchDevices } from '../shared/n8n/pickers';
import { volvoDefinition } from './api/volvoDefinition';

function chosenDefinition(context: ILoadOptionsFunctions) {
	const apiVersion = context.getCurrentNodeParameter('apiVersion');
	return volvoDefinition(apiVersion, context.getCurrentNodeParameter('authentication'));
}

export async function searchVehicles(this: ILoadOptionsFunctions, filter?: string) {
	return await searchDevices(this, chosenDefinition(this), filter);
}

export async function getDevices(this: ILoadOptionsFunctions) {
	return await loadDevices(this, chosenDefinition(this));
}
