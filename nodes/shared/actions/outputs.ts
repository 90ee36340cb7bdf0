import { NodeOperationError, type IDataObject, type INode, type NodeApiError } from 'n8n-workflow';

import { isRetryable } from '../model/evidence';
import { shownName } from '../model/failure';
import { declaredFailure, nodeError, requestIdOf } from '../n8n/nodeErrors';
import type { ServiceDefinition } from '../service/lockService';
import type { DeviceFailure } from './answers';

const MOST_NAMES = 10;

export interface FailedItem extends DeviceFailure {
	itemIndex: number;
}

/**
 * The item of a failing device with On Error = Continue. Of several shapes that were tried, n8n 2.0 and
 * 2.41 both route only `{message, error: {…}}` to the error output with its fields kept.
 */
export function errorItem(
	service: string,
	{ failure, deviceId, outcome }: DeviceFailure,
): IDataObject {
	const { facts, message } = failure;
	return {
		message,
		error: {
			message,
			reason: facts.reason,
			retryable: isRetryable(facts.reason, outcome),
			retryAfterSeconds: facts.retryAfterSeconds ?? null,
			userAction: facts.userAction,
			httpStatus: facts.httpStatus ?? null,
			requestId: requestIdOf(facts) ?? null,
			service,
			deviceId,
			...outcome,
		},
	};
}

/** The one error of a run whose On Error is Stop; where several devices were asked it names those that failed. */
export function thrownError(
	node: INode,
	definition: ServiceDefinition,
	failures: readonly FailedItem[],
	deviceCount: number,
): NodeApiError | NodeOperationError {
	const first = failures[0]!;
	const alone = nodeError(node, first.failure, first.itemIndex, first.outcome);
	const isAboutDevices = failures.some(({ deviceId }) => deviceId !== null);
	if (deviceCount === 1 || !isAboutDevices) return alone;

	const summary = `${failures.length} of ${deviceCount} ${definition.deviceType}s did not do what was asked`;
	const isSameForAll = failures.every(({ failure }) => failure.message === first.failure.message);
	if (isSameForAll) {
		alone.message = `${summary} (${listOf(failures.map(nameOf))}): ${first.failure.message}`;
		return alone;
	}
	const error = new NodeOperationError(node, summary, {
		itemIndex: first.itemIndex,
		failure: declaredFailure(first.failure.facts),
	});
	const named = failures.map((failed) => `${nameOf(failed)} (${failed.failure.facts.reason})`);
	error.message = `${summary}: ${listOf(named)}`;
	error.description = failures
		.map((failed) => `${nameOf(failed)}: ${failed.failure.message}.`)
		.join('\n');
	return error;
}

function nameOf({ name, deviceId }: FailedItem): string {
	return shownName(name ?? deviceId ?? 'unnamed');
}

function listOf(names: readonly string[]): string {
	const rest = names.length - MOST_NAMES;
	const shown = names.slice(0, MOST_NAMES).join(', ');
	return rest > 0 ? `${shown} and ${rest} more` : shown;
}
