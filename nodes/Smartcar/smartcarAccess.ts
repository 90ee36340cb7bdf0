import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { loadDevices, searchDevices } from '../shared/n8n/pickers';
import { smartcarDefinition } from './api/smartcarDefinition';

function chosenDefinition(context: ILoadOptionsFunctions) {
	return smartcarDefinition(context.getCurrentNodeParameter('apiVersion'));
}

export async function searchVehicles(this: ILoadOptionsFunctions, filter?: string) {
	return await searchDevices(this, chosenDefinition(this), filter);
}

export async function getDevices(this: ILoadOptionsFunctions) {
	return await loadDevices(this, chosenDefinition(this));
}

/** Only v3 has webhooks. */
export async function getDevicesOfV3(this: ILoadOptionsFunctions) {
	return await loadDevices(this, smartcarDefinition('v3'));
}
