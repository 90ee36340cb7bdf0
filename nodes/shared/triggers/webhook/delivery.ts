import { timingSafeEqual } from 'crypto';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isRecord } from '../../basics/guards';
import { noteAccepted, refuse, type Refusal } from './refusal';

/**
 * The largest body that a service sends. The limit is in Smartcar's documentation. Seam's events
 * are far smaller.
 */
const MOST_BYTES = 50 * 1024;

/** A webhook request, with the raw bytes that were signed. */
export interface Delivery {
	raw: Buffer;
	body: Record<string, unknown>;
	header: (name: string) => string | undefined;
}

/**
 * Returns the delivery, or the response that refuses it. n8n itself refuses only invalid JSON.
 * @param label The service's display name.
 */
export function readDelivery(
	context: IWebhookFunctions,
	label: string,
): Delivery | IWebhookResponseData {
	const { rawBody } = context.getRequestObject() as { rawBody?: Buffer };
	const headers = context.getHeaderData();
	const body = rawBody === undefined ? undefined : parse(rawBody);
	if (rawBody === undefined || rawBody.length === 0) {
		return refuse(context, label, badBody('empty', 'Empty body', 'Its body is empty', label));
	}
	if (rawBody.length > MOST_BYTES) {
		const why = `Its body is larger than ${MOST_BYTES / 1024} kB`;
		return refuse(context, label, badBody('tooLarge', 'The body is too large', why, label));
	}
	if (!isRecord(body)) {
		const why = 'Its body is not a JSON object';
		return refuse(context, label, badBody('noObject', 'The body is not a JSON object', why, label));
	}
	return {
		raw: rawBody,
		body,
		header: (name) => {
			const value = headers[name];
			return typeof value === 'string' ? value : undefined;
		},
	};
}

export function isDelivery(value: Delivery | IWebhookResponseData): value is Delivery {
	return 'raw' in value;
}

/** Answers immediately. The workflow may start later, or not at all. */
export function accept(context: IWebhookFunctions, answer: IDataObject = {}): void {
	noteAccepted(context);
	context.getResponseObject().status(200).json(answer);
}

export function start(items: IDataObject[]): IWebhookResponseData {
	if (items.length === 0) return { noWebhookResponse: true };
	return { noWebhookResponse: true, workflowData: [items.map((json) => ({ json }))] };
}

/** Compares two signatures in constant time. */
export function isSame(given: string, expected: string): boolean {
	const [a, b] = [Buffer.from(given), Buffer.from(expected)];
	return a.length === b.length && timingSafeEqual(a, b);
}

function badBody(cause: string, answer: string, what: string, label: string): Refusal {
	const why = `${what}, which ${label} never sends. Look for another sender, or a proxy that changes it`;
	return { status: 400, cause, answer, why };
}

function parse(raw: Buffer): unknown {
	try {
		return JSON.parse(raw.toString('utf8'));
	} catch {
		return undefined;
	}
}
