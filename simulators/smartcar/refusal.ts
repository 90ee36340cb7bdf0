import { randomUUID } from 'node:crypto';
import type { SmartcarErrorKind } from './errorKind';
import { errorKind, type RefusalName } from './errorTable';
import type { WireChoices } from './wireChoices';

/** One problem of a request. v2.0 shows them in `detail`. */
export interface FieldIssue {
	field: string[];
	message: string;
}

interface RefusalDetails {
	/** Replaces the error's usual description. */
	message?: string;
	issues?: FieldIssue[];
	/** Replaces the error's own; null: without the header. */
	retryAfterSeconds?: number | null;
}

/** Smartcar refuses a request. Each version of the API has its own body for it. */
export class Refusal extends Error {
	override readonly name = 'Refusal';
	readonly kind: SmartcarErrorKind;
	readonly details: RefusalDetails;

	constructor(name: RefusalName, details: RefusalDetails = {}) {
		const kind = errorKind(name);
		super(details.message ?? kind.description);
		this.kind = kind;
		this.details = details;
	}

	/** Of the answer; the header `retry-after` is in whole seconds. */
	get headers(): Record<string, string> {
		const { retryAfterSeconds = this.kind.retryAfterSeconds ?? null } = this.details;
		return retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) };
	}
}

const kebab = (text: string): string => text.toLowerCase().replaceAll('_', '-');

const docUrlOf = ({ type, code }: SmartcarErrorKind): string =>
	`https://smartcar.com/docs/errors/api-errors/${kebab(type)}-errors#${kebab(code ?? 'null')}`;

const resolutionOf = (
	{ resolution = null, resolutionUrl }: SmartcarErrorKind,
	without: string | null,
) => ({
	type: resolution ?? without,
	...(resolutionUrl === undefined ? {} : { url: resolutionUrl }),
});

const messageToUser = ({ suggestedUserMessage }: SmartcarErrorKind) =>
	suggestedUserMessage === undefined ? {} : { suggestedUserMessage };

export interface ErrorAnswerOfVersion {
	status: number;
	headers: Record<string, string>;
	body: unknown;
}

/** The flat body of v2.0, https://smartcar.com/docs/errors/api-errors. */
export function answerRefusalV2(
	refusal: Refusal,
	requestId: string,
	{ v2Resolution }: WireChoices,
): ErrorAnswerOfVersion {
	const { kind, message, details } = refusal;
	const body = {
		type: kind.type,
		code: kind.code,
		description: message,
		docURL: docUrlOf(kind),
		statusCode: kind.status,
		requestId,
		resolution: v2Resolution === 'object' ? resolutionOf(kind, null) : (kind.resolution ?? null),
		...(details.issues ? { detail: details.issues } : {}),
		...messageToUser(kind),
	};
	return { status: kind.status, headers: refusal.headers, body };
}

const v3CodeOf = ({ code, v3Code }: SmartcarErrorKind): string => v3Code ?? code ?? 'UNKNOWN';

const titleOf = (kind: SmartcarErrorKind): string =>
	v3CodeOf(kind)
		.toLowerCase()
		.replace(
			/(^|_)([a-z])/g,
			(_match, gap: string, letter: string) => `${gap === '' ? '' : ' '}${letter.toUpperCase()}`,
		);

/** The members that v3's errors have, inside a signal too. */
export const describeErrorV3 = (kind: SmartcarErrorKind, detail = kind.description) => ({
	type: kind.type,
	code: v3CodeOf(kind),
	title: titleOf(kind),
	detail,
	resolution: resolutionOf(kind, 'UNKNOWN_RESOLUTION_TYPE'),
	...messageToUser(kind),
});

/** The members of an error inside a VEHICLE_ERROR, which still uses the names of v2.0. */
export const describeWebhookError = (kind: SmartcarErrorKind) => ({
	type: kind.type,
	code: kind.code,
	description: kind.description,
	docURL: docUrlOf(kind),
	resolution: resolutionOf(kind, null),
	...messageToUser(kind),
});

const ENVELOPES = {
	errors: (error: unknown) => ({ errors: [error] }),
	bare: (error: unknown) => error,
	error: (error: unknown) => ({ error }),
} as const;

/** v3's body. Its envelope is configurable because the sources differ. */
export function answerRefusalV3(refusal: Refusal, wire: WireChoices): ErrorAnswerOfVersion {
	const { kind, message } = refusal;
	const status = kind.v3Status ?? kind.status;
	const error = {
		status: wire.v3ErrorStatus === 'string' ? String(status) : status,
		...describeErrorV3(kind, message),
		meta: { debug: { requestId: randomUUID() } },
	};
	return { status, headers: refusal.headers, body: ENVELOPES[wire.v3ErrorEnvelope](error) };
}
