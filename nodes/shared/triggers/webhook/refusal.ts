import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { clock } from '../../basics/clock';
import { HOUR_MS } from '../../basics/times';
import { nodeKey } from '../../n8n/nodeKey';

/** Why a delivery is not taken. */
export interface Refusal {
	status: number;
	/** One of a few words, each of which is logged once. */
	cause: string;
	/** What the sender reads. */
	answer: string;
	/** What a person reads in n8n's log, with what to do about it; without a signature or a secret. */
	why: string;
}

interface LoggedCause {
	atMs: number;
	/** A delivery was accepted since. */
	isOver: boolean;
}

/** Anybody can have a delivery refused, between good ones too. */
const LOGGED_AGAIN_AFTER_MS = HOUR_MS;

/** By node and cause. */
const logged = new Map<string, Map<string, LoggedCause>>();

/** Answers with an error, and logs its cause once; nothing is started. */
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

/** A delivery was accepted: from now on, or within the hour, what goes wrong is news again. */
export function noteAccepted(context: IWebhookFunctions): void {
	for (const cause of logged.get(nodeKey(context))?.values() ?? []) cause.isOver = true;
}

/** A delivery is the service's and was accepted, but nothing can be made of it. */
export function logLeftOut(context: IWebhookFunctions, label: string, why: string): void {
	const { name } = context.getNode();
	logOnce(context, 'leftOut', `${label}: the node "${name}" left out a delivery. ${why}`);
}

/** @param cause One of a few words: it is logged again only after deliveries were accepted, and an hour. */
export function logOnce(context: IWebhookFunctions, cause: string, line: string): void {
	const key = nodeKey(context);
	const causes = logged.get(key) ?? new Map<string, LoggedCause>();
	const nowMs = clock.now();
	const last = causes.get(cause);
	if (last !== undefined && (!last.isOver || nowMs - last.atMs < LOGGED_AGAIN_AFTER_MS)) return;
	logged.set(key, causes.set(cause, { atMs: nowMs, isOver: false }));
	context.logger.warn(line);
}
