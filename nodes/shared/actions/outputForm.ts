import type { IDataObject } from 'n8n-workflow';

import { isCommand } from '../model/operation';
import type { DeviceNames } from '../service/deviceNames';
import type { ServiceDefinition } from '../service/lockService';
import type { ItemAnswer } from './answers';
import type { ItemRequest } from './parameters';
import { summaryOf } from './summary';

/** Puts the answer to an input item into the chosen output form. Failures keep their own form. */
export function inForm(
	answer: ItemAnswer,
	request: ItemRequest,
	definition: ServiceDefinition,
	names: DeviceNames,
): ItemAnswer {
	const { fields } = request;
	if (isSummary(request)) {
		// without the list there is nothing to summarize
		if (answer.failures.some(({ deviceId }) => deviceId === null)) return answer;
		return { ...answer, results: [summaryOf(answer, request, definition, names)], failures: [] };
	}
	if (fields === null) return answer;
	return { ...answer, results: answer.results.map((result) => only(fields, result)) };
}

/**
 * Summaries are for readings only. A failed command must never be part of an item that looks
 * successful.
 */
function isSummary({ outputAs, deviceId, operation }: ItemRequest): boolean {
	const isReading = !isCommand(operation) && operation !== 'getMany';
	return outputAs === 'summary' && deviceId === null && isReading;
}

/** Keeps these fields, and `raw`, which has its own option. */
export function only(fields: readonly string[], result: IDataObject): IDataObject {
	const kept = [...fields, 'raw'].filter((field) => Object.hasOwn(result, field));
	return Object.fromEntries(kept.map((field) => [field, result[field]]));
}
