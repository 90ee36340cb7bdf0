import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { SearchPage, ServiceDefinition } from '../service/lockService';
import { nameOfChoice } from '../service/deviceNames';
import { openSession, type Session } from '../service/session';
import { asNodeErrors } from './nodeErrors';

/** A person is waiting for the list. */
const PICKER_MAX_WAIT_MS = 5000;
/** A multi-select field cannot load its list page by page. */
const MOST_PAGES = 20;

/** One page of the device picker. Credential problems are reported here. */
export async function searchDevices(
	context: ILoadOptionsFunctions,
	definition: ServiceDefinition,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await asNodeErrors(context, async () => {
		const session = await openSession(context, definition, PICKER_MAX_WAIT_MS);
		return await searchPage(session, filter, paginationToken);
	});
}

/** All devices for the multi-select field. Credential problems are reported here. */
export async function loadDevices(
	context: ILoadOptionsFunctions,
	definition: ServiceDefinition,
): Promise<INodePropertyOptions[]> {
	return await asNodeErrors(context, async () => {
		const session = await openSession(context, definition, PICKER_MAX_WAIT_MS);
		const found: SearchPage['results'] = [];
		let paginationToken: string | undefined;
		for (let page = 1; page <= MOST_PAGES; page++) {
			const answer = await searchPage(session, undefined, paginationToken);
			found.push(...answer.results);
			paginationToken = answer.paginationToken;
			if (paginationToken === undefined) break;
		}
		return found;
	});
}

/** Messages of later runs use the names shown in the list. */
async function searchPage(
	{ names, service }: Session,
	filter: string | undefined,
	paginationToken: string | undefined,
): Promise<SearchPage> {
	const page = await service.search(filter, paginationToken);
	for (const { name, value } of page.results) names.learn(value, nameOfChoice(name));
	return page;
}
