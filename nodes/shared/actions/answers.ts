import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../model/failure';
import type { CommandOutcome } from '../model/evidence';

/** A device that failed. `deviceId` is `null` if the list itself failed. */
export interface DeviceFailure {
	deviceId: string | null;
	failure: Failure;
	outcome?: CommandOutcome;
}

export type DeviceAnswer = { result: IDataObject } | { failure: DeviceFailure };

/** The answer to one input item: the devices that succeeded first, then those that failed. */
export interface ItemAnswer {
	itemIndex: number;
	results: IDataObject[];
	failures: DeviceFailure[];
}

export function toItemAnswer(itemIndex: number, answers: readonly DeviceAnswer[]): ItemAnswer {
	return {
		itemIndex,
		results: answers.flatMap((answer) => ('result' in answer ? [answer.result] : [])),
		failures: answers.flatMap((answer) => ('failure' in answer ? [answer.failure] : [])),
	};
}

/** The answer to an item that failed as a whole. */
export function failedItem(
	itemIndex: number,
	failure: Failure,
	deviceId: string | null,
	outcome?: CommandOutcome,
): ItemAnswer {
	return { itemIndex, results: [], failures: [{ deviceId, failure, outcome }] };
}
