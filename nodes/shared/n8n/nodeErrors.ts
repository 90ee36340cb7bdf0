import {
	NodeApiError,
	NodeOperationError,
	type Failure as DeclaredFailure,
	type INode,
} from 'n8n-workflow';

import { secondsInWords } from '../basics/times';
import { shortened } from '../basics/sentences';
import { isRetryable, type CommandOutcome } from '../model/evidence';
import {
	attempt,
	Failure,
	shownName,
	type FailureFacts,
	type FailureReason,
} from '../model/failure';

const MAX_DETAIL_CHARACTERS = 800;
const MAX_REQUEST_ID_CHARACTERS = 100;
const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;

/** The edge of a node: failures inside `work` become n8n errors. */
export async function asNodeErrors<Result>(
	context: { getNode(): INode },
	work: () => Result | Promise<Result>,
): Promise<Result> {
	const outcome = await attempt(work);
	if (outcome instanceof Failure) throw nodeError(context.getNode(), outcome);
	return outcome;
}

/**
 * Converts a failure to an n8n error. The texts are set afterwards because n8n's constructors
 * replace some.
 */
export function nodeError(
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
		facts.detail &&
			shortened(shownName(facts.detail), MAX_DETAIL_CHARACTERS).replace(/(?<!\.)\.+$/, ''),
		`Reason: ${facts.reason}`,
		isRetryable(facts.reason, outcome) ? retryLine(facts.retryAfterSeconds) : undefined,
		outcome === undefined ? undefined : `Evidence: ${outcome.evidence}`,
		requestId === undefined ? undefined : `Request ID: ${requestId}`,
	];
	return lines.filter((line) => line !== undefined).join('. ');
}

export function requestIdOf({ requestId }: FailureFacts): string | undefined {
	return requestId && shortened(requestId, MAX_REQUEST_ID_CHARACTERS);
}

function retryLine(retryAfterSeconds: number | undefined): string {
	return retryAfterSeconds === undefined
		? 'Can be tried again later'
		: `Can be tried again in ${waitInWords(retryAfterSeconds)}`;
}

/** Rounded up, so that the wait is never too short. */
function waitInWords(seconds: number): string {
	if (seconds >= 2 * HOUR_SECONDS) return `${Math.ceil(seconds / HOUR_SECONDS)} hours`;
	if (seconds >= 2 * MINUTE_SECONDS) return `${Math.ceil(seconds / MINUTE_SECONDS)} minutes`;
	return secondsInWords(seconds);
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

/** n8n's back-off for failing polls uses this status. */
export function declaredFailure({
	reason,
	retryAfterSeconds,
}: FailureFacts): DeclaredFailure | undefined {
	const cause = CAUSES[reason];
	if (cause === undefined) return undefined;
	const canWait =
		cause === 'rate-limited' || cause === 'quota-exhausted' || cause === 'temporarily-unavailable';
	if (!canWait) return { cause };
	return retryAfterSeconds === undefined
		? { cause }
		: { cause, retryAfterMs: retryAfterSeconds * 1000 };
}
