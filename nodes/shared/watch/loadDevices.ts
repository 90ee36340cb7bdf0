import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { SearchPage, ServiceDefinition } from '../lockService';
import { asNodeErrors } from '../operations/outputs';
import { openSession } from '../session';

/** A person is waiting in front of the list. */
const MAX_WAIT_MS = 5000;
/** The list of a field with several choices cannot be loaded page by page. */
const MOST_PAGES = 20;

/** All devices for the field that chooses several; what is wrong with the credential is said there. */
export async function loadDevices(
	context: ILoadOptionsFunctions,
	definition: ServiceDefinition,
): Promise<INodePropertyOptions[]> {
	return await asNodeErrors(context, async () => {
		const { service } = await openSession(context, definition, MAX_WAIT_MS);
		const found: SearchPage['results'] = [];
		let paginationToken: string | undefined;
		for (let page = 1; page <= MOST_PAGES; page++) {
			const answer = await service.search(undefined, paginationToken);
			found.push(...answer.results);
			paginationToken = answer.paginationToken;
			if (paginationToken === undefined) break;
		}
		return found;
	});
}
