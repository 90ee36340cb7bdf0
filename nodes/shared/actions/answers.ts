import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../model/failure';
import type { CommandOutcome } from '../model/evidence';

/** A device that did not give what was asked for; `deviceId` is `null` when the list itself failed. */
export interface DeviceFailure {
	deviceId: string | null;
	failure: Failure;
	outcome?: CommandOutcome;
}

export type DeviceAnswer = { result: IDataObject } | { failure: DeviceFailure };

/** What one input item gets: the good devices first, then those that failed. */
export interface ItemAnswer {
	results: IDataObject[];
	failures: DeviceFailure[];
}

export function toItemAnswer(answers: readonly DeviceAnswer[]): ItemAnswer {
	return {
		results: answers.flatMap((answer) => ('result' in answer ? [answer.result] : [])),
		failures: answers.flatMap((answer) => ('failure' in answer ? [answer.failure] : [])),
	};
}

/** An item whose devices could not even be looked at. */
export function failedItem(
	failure: Failure,
	deviceId: string | null,
	outcome?: CommandOutcome,
): ItemAnswer {
	return { results: [], failures: [{ deviceId, failure, outcome }] };
}
