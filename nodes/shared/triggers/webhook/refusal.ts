import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { clock } from '../../basics/clock';
import { HOUR_MS } from '../../basics/times';
import { nodeKey } from '../../n8n/nodeKey';

/** Why a delivery is refused. */
export interface Refusal {
	status: number;
	/** One of a fixed set of words. Each is logged once. */
	cause: string;
	/** The response that the sender gets. */
	answer: string;
	/** The line in n8n's log, with advice. Must not contain a signature or a secret. */
	why: string;
}

interface LoggedCause {
	atMs: number;
	/** A delivery has been accepted since. */
	isOver: boolean;
}

/** Anyone can send requests that are refused, even between valid ones. */
const LOGGED_AGAIN_AFTER_MS = HOUR_MS;

/** By node and cause. */
const logged = new Map<string, Map<string, LoggedCause>>();

/** Answers with an error and logs its cause once. Starts no execution. */
export function refuse(
	context: IWebhookFunctions,
	label: string,
	{ status, cause, answer, why }: Refusal,
): IWebhookResponseData {
	const { name } = context.getNode();
	logOnce(context, cause, `${label}: the node "${name}" refused a delivery (${status}). ${why}`);
	context.getResponseObject().status(status).json({ message: answer });
	return { noWebhookResponse: true };
}

/**
 * A delivery was accepted. The next problem is logged again, but the same one at most once an hour.
 */
export function noteAccepted(context: IWebhookFunctions): void {
	for (const cause of logged.get(nodeKey(context))?.values() ?? []) cause.isOver = true;
}

/** The delivery is genuine and was accepted, but there is nothing to emit. */
export function logLeftOut(context: IWebhookFunctions, label: string, why: string): void {
	const { name } = context.getNode();
	logOnce(context, 'leftOut', `${label}: the node "${name}" left out a delivery. ${why}`);
}

/**
 * @param cause One of a fixed set of words. It is logged again only after a delivery was accepted
 * and an hour has passed.
 */
export function logOnce(context: IWebhookFunctions, cause: string, line: string): void {
	const key = nodeKey(context);
	const causes = logged.get(key) ?? new Map<string, LoggedCause>();
	const nowMs = clock.now();
	const last = causes.get(cause);
	if (last !== undefined && (!last.isOver || nowMs - last.atMs < LOGGED_AGAIN_AFTER_MS)) return;
	logged.set(key, causes.set(cause, { atMs: nowMs, isOver: false }));
	context.logger.warn(line);
}
