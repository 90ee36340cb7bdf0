import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { testCredential } from '../shared/n8n/credentialTest';
import { loadDevices, searchDevices } from '../shared/n8n/pickers';
import { volvoCheck } from './api/volvoCredential';
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

export async function testVolvoToken(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
) {
	return await testCredential(this, credential, volvoCheck);
}
