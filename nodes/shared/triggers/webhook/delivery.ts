import { timingSafeEqual } from 'crypto';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isRecord } from '../../basics/guards';

/** The largest body that a service sends; Smartcar's documents say so, and Seam's events are far smaller. */
const MOST_BYTES = 50 * 1024;

/** A request at a webhook, with the bytes that were signed. */
export interface Delivery {
	raw: Buffer;
	body: Record<string, unknown>;
	header: (name: string) => string | undefined;
}

/** The delivery, or the answer that refuses it: n8n itself refuses only JSON that is broken. */
export function readDelivery(context: IWebhookFunctions): Delivery | IWebhookResponseData {
	const { rawBody } = context.getRequestObject() as { rawBody?: Buffer };
	const headers = context.getHeaderData();
	if (rawBody === undefined || rawBody.length === 0) return refuse(context, 400, 'Empty body');
	if (rawBody.length > MOST_BYTES) return refuse(context, 400, 'The body is too large');
	const body = parse(rawBody);
	if (!isRecord(body)) return refuse(context, 400, 'The body is not a JSON object');
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

/** Answers with an error; nothing is started. */
export function refuse(
	context: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/** Answers at once; what starts the workflow, if anything does, may come later. */
export function accept(context: IWebhookFunctions, answer: IDataObject = {}): void {
	context.getResponseObject().status(200).json(answer);
}

export function start(items: IDataObject[]): IWebhookResponseData {
	if (items.length === 0) return { noWebhookResponse: true };
	return { noWebhookResponse: true, workflowData: [items.map((json) => ({ json }))] };
}

/** Compares two signatures in a time that tells nothing about where they differ. */
export function isSame(told: string, expected: string): boolean {
	const [a, b] = [Buffer.from(told), Buffer.from(expected)];
	return a.length === b.length && timingSafeEqual(a, b);
}

function parse(raw: Buffer): unknown {
	try {
		return JSON.parse(raw.toString('utf8'));
	} catch {
		return undefined;
	}
}
