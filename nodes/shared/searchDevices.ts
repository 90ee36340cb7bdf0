import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { ServiceDefinition } from './lockService';
import { asNodeErrors } from './operations/outputs';
import { openSession } from './session';

/** A person is waiting in front of the list. */
const PICKER_MAX_WAIT_MS = 5000;

/** One page of the device picker; what is wrong with the credential is said there. */
export async function searchDevices(
	context: ILoadOptionsFunctions,
	definition: ServiceDefinition,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await asNodeErrors(context, async () => {
		const { service } = await openSession(context, definition, PICKER_MAX_WAIT_MS);
		return await service.search(filter, paginationToken);
	});
}
