import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { testCredential } from '../shared/n8n/credentialTest';
import { loadDevices, searchDevices } from '../shared/n8n/pickers';
import { seamCheck } from './api/seamCredential';
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

export async function testSeamKey(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
) {
	return await testCredential(this, credential, seamCheck);
}
