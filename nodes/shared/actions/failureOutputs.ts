import { NodeOperationError, type IDataObject, type INode, type NodeApiError } from 'n8n-workflow';

import { listOf } from '../basics/sentences';
import { isRetryable } from '../model/evidence';
import type { Failure } from '../model/failure';
import { comparableId } from '../model/vin';
import { declaredFailure, nodeError, requestIdOf } from '../n8n/nodeErrors';
import type { DeviceNames } from '../service/deviceNames';
import type { ServiceDefinition } from '../service/lockService';
import type { DeviceFailure } from './answers';

/** A failure as it leaves the node. */
export interface FailedItem extends DeviceFailure {
	itemIndex: number;
	/** The service's name for the device, if known. */
	name: string | null;
	/** The device's label in messages. */
	label: string;
	/** The failure with the device in its message, unless it is not about a device. */
	named: Failure;
}

export function withName(failed: DeviceFailure, itemIndex: number, names: DeviceNames): FailedItem {
	const { deviceId, failure } = failed;
	if (deviceId === null) {
		return { ...failed, itemIndex, name: null, label: 'unnamed', named: failure };
	}
	return {
		...failed,
		itemIndex,
		name: names.forMessage(deviceId),
		label: names.labelOf(deviceId),
		named: names.named(failure, deviceId),
	};
}

/**
 * The item of a failed device with On Error = Continue. Of several shapes that were tried, n8n 2.0
 * and 2.41 both route only `{message, error: {…}}` to the error output and keep its fields.
 */
export function errorItem(
	service: string,
	{ named, name, deviceId, outcome }: FailedItem,
): IDataObject {
	const { facts, message } = named;
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
			name,
			...outcome,
		},
	};
}

/**
 * The single error of a run with On Error = Stop. If there were several devices, it names those
 * that failed.
 */
export function thrownError(
	node: INode,
	definition: ServiceDefinition,
	items: readonly FailedItem[],
	deviceCount: number,
): NodeApiError | NodeOperationError {
	const first = items[0]!;
	const alone = nodeError(node, first.named, first.itemIndex, first.outcome);
	const isAboutDevices = items.some(({ deviceId }) => deviceId !== null);
	if (deviceCount === 1 || !isAboutDevices) return alone;

	const failures = oncePerDevice(items);
	const summary = `${failures.length} of ${deviceCount} ${definition.deviceType}s did not do what was asked`;
	const isSameForAll = failures.every(({ failure }) => failure.message === first.failure.message);
	if (isSameForAll) {
		alone.message = `${summary} (${listOf(failures.map(({ label }) => label))}): ${first.failure.message}`;
		return alone;
	}
	const error = new NodeOperationError(node, summary, {
		itemIndex: first.itemIndex,
		failure: declaredFailure(first.failure.facts),
	});
	const reasons = failures.map(({ label, failure }) => `${label} (${failure.facts.reason})`);
	error.message = `${summary}: ${listOf(reasons)}`;
	error.description = failures.map(lineOf).join('\n');
	return error;
}

/** Counts a device once, even if several input items name it. */
function oncePerDevice(items: readonly FailedItem[]): FailedItem[] {
	const byDevice = new Map<string, FailedItem>();
	items.forEach((item, index) => {
		const key = item.deviceId === null ? `item ${index}` : comparableId(item.deviceId);
		if (!byDevice.has(key)) byDevice.set(key, item);
	});
	return [...byDevice.values()];
}

function lineOf({ label, named, failure }: FailedItem): string {
	const isInText = named.facts.what.includes(`"${label}"`);
	return `${isInText ? named.message : `${label}: ${failure.message}`}.`;
}
