import type { IDataObject } from 'n8n-workflow';

import { isCommand } from '../model/operation';
import type { DeviceNames } from '../service/deviceNames';
import type { ServiceDefinition } from '../service/lockService';
import type { ItemAnswer } from './answers';
import type { ItemRequest } from './parameters';
import { summaryOf } from './summary';

/** What an input item gets, in the form that was asked for; what failed keeps its own. */
export function inForm(
	answer: ItemAnswer,
	request: ItemRequest,
	definition: ServiceDefinition,
	names: DeviceNames,
): ItemAnswer {
	const { fields } = request;
	if (isSummary(request)) {
		// without the list there is nothing to sum up
		if (answer.failures.some(({ deviceId }) => deviceId === null)) return answer;
		return { results: [summaryOf(answer, request, definition, names)], failures: [] };
	}
	if (fields === null) return answer;
	return { ...answer, results: answer.results.map((result) => only(fields, result)) };
}

/** A command that failed must never be the part of an item that is green. */
function isSummary({ outputAs, deviceId, operation }: ItemRequest): boolean {
	const isReading = !isCommand(operation) && operation !== 'getMany';
	return outputAs === 'summary' && deviceId === null && isReading;
}

/** The service's own answer was asked for by an option of its own. */
function only(fields: readonly string[], result: IDataObject): IDataObject {
	const kept = [...fields, 'raw'].filter((field) => field in result);
	return Object.fromEntries(kept.map((field) => [field, result[field]]));
}
