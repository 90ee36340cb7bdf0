import {
	NodeApiError,
	NodeOperationError,
	type Failure as DeclaredFailure,
	type IDataObject,
	type INode,
} from 'n8n-workflow';

import { shortened } from '../excerpt';
import {
	attempt,
	Failure,
	isRetryable,
	shownName,
	type CommandOutcome,
	type FailureFacts,
	type FailureReason,
} from '../failure';
import type { ServiceName } from '../lockStatus';
import type { ServiceDefinition } from '../lockService';
import type { DeviceFailure } from './answers';

const MAX_DETAIL_CHARACTERS = 800;
const MAX_REQUEST_ID_CHARACTERS = 100;
const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;

export interface FailedItem extends DeviceFailure {
	itemIndex: number;
}

/**
 * The item of a failing device with On Error = Continue. Of several shapes that were tried, n8n 2.0 and
 * 2.41 both route only `{message, error: {…}}` to the error output with its fields kept.
 */
export function errorItem(
	service: ServiceName,
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

/** The edge of a node: what fails in here leaves it as an error of n8n's. */
export async function asNodeErrors<Result>(
	context: { getNode(): INode },
	work: () => Result | Promise<Result>,
): Promise<Result> {
	const outcome = await attempt(work);
	if (outcome instanceof Failure) throw nodeError(context.getNode(), outcome);
	return outcome;
}

/** The one error of a run whose On Error is Stop. */
export function thrownError(
	node: INode,
	definition: ServiceDefinition,
	failures: readonly FailedItem[],
	deviceCount: number,
): NodeApiError | NodeOperationError {
	const first = failures[0]!;
	const isSameForAll = failures.every(({ failure }) => failure.message === first.failure.message);
	if (isSameForAll) return nodeError(node, first.failure, first.itemIndex, first.outcome);

	const names = failures.map(({ name, deviceId, failure }) => {
		return `${shownName(name ?? deviceId ?? 'unnamed')} (${failure.facts.reason})`;
	});
	const error = new NodeOperationError(node, 'Devices did not do what was asked', {
		itemIndex: first.itemIndex,
		failure: declaredFailure(first.failure.facts),
	});
	error.message = `${failures.length} of ${deviceCount} ${definition.deviceType}s did not do what was asked: ${names.join(', ')}`;
	error.description = failures
		.map(({ name, deviceId, failure }) => {
			return `${shownName(name ?? deviceId ?? 'Item')}: ${failure.message}.`;
		})
		.join('\n');
	return error;
}

/** A failure as n8n's own error; the texts are set afterwards because n8n's constructors replace some. */
function nodeError(
	node: INode,
	{ facts, message }: Failure,
	itemIndex?: number,
	outcome?: CommandOutcome,
): NodeApiError | NodeOperationError {
	const failure = declaredFailure(facts);
	const error =
		facts.httpStatus === undefined
			? new NodeOperationError(node, message, { itemIndex, failure })
			: new NodeApiError(
					node,
					{},
					{ message, httpCode: `${facts.httpStatus}`, itemIndex, failure },
				);
	error.message = message;
	error.description = describe(facts, outcome);
	return error;
}

function describe(facts: FailureFacts, outcome: CommandOutcome | undefined): string {
	const requestId = requestIdOf(facts);
	const lines = [
		facts.detail && shortened(facts.detail, MAX_DETAIL_CHARACTERS).replace(/\.+$/, ''),
		`Reason: ${facts.reason}`,
		isRetryable(facts.reason, outcome) ? retryLine(facts.retryAfterSeconds) : undefined,
		outcome === undefined ? undefined : `Evidence: ${outcome.evidence}`,
		requestId === undefined ? undefined : `Request ID: ${requestId}`,
	];
	return lines.filter((line) => line !== undefined).join('. ');
}

function requestIdOf({ requestId }: FailureFacts): string | undefined {
	return requestId && shortened(requestId, MAX_REQUEST_ID_CHARACTERS);
}

function retryLine(retryAfterSeconds: number | undefined): string {
	return retryAfterSeconds === undefined
		? 'Can be tried again later'
		: `Can be tried again in ${durationInWords(retryAfterSeconds)}`;
}

/** Never shorter than it is. */
function durationInWords(seconds: number): string {
	if (seconds >= 2 * HOUR_SECONDS) return `${Math.ceil(seconds / HOUR_SECONDS)} hours`;
	if (seconds >= 2 * MINUTE_SECONDS) return `${Math.ceil(seconds / MINUTE_SECONDS)} minutes`;
	return seconds === 1 ? '1 second' : `${seconds} seconds`;
}

const CAUSES: Partial<Record<FailureReason, DeclaredFailure['cause']>> = {
	rateLimited: 'rate-limited',
	quotaExceeded: 'quota-exhausted',
	asleep: 'temporarily-unavailable',
	offline: 'temporarily-unavailable',
	upstream: 'temporarily-unavailable',
	timeout: 'temporarily-unavailable',
	authentication: 'credential-invalid',
	permission: 'configuration-invalid',
	notFound: 'configuration-invalid',
	badRequest: 'configuration-invalid',
};

/** What n8n's back-off of failing polls goes by. */
function declaredFailure({ reason, retryAfterSeconds }: FailureFacts): DeclaredFailure | undefined {
	const cause = CAUSES[reason];
	if (cause === undefined) return undefined;
	const canWait =
		cause === 'rate-limited' || cause === 'quota-exhausted' || cause === 'temporarily-unavailable';
	if (!canWait) return { cause };
	return retryAfterSeconds === undefined
		? { cause }
		: { cause, retryAfterMs: retryAfterSeconds * 1000 };
}
