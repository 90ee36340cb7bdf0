import type { IWebhookFunctions } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { attempt, Failure } from '../../shared/model/failure';
import type { Delivery } from '../../shared/triggers/webhook/delivery';
import { MINUTE_MS } from '../../shared/basics/times';
import type { OwnWebhook, OwnWebhookStore } from './ownWebhook';
import { webhooksAt, type ListedWebhook } from './seamWebhook';
import { isSignedBySvix } from './svix';

/** A forger must not be able to make us ask Seam often. */
const ASK_EVERY_MS = MINUTE_MS;
/** Seam waits 15 seconds for the answer to a delivery. */
const ANSWER_WITHIN_MS = 10_000;

interface Question {
	atMs: number;
	/** What was known then: after a publishing the answer holds no more. */
	own: OwnWebhook | undefined;
	answer: Promise<ListedWebhook[]>;
}

const questions = new Map<string, Question>();

/**
 * The webhook of ours with whose secret a delivery was signed. Where it is not the one that is known, Seam is asked: a
 * secret may have been replaced, and what n8n has stored may be older than the last publishing.
 */
export async function signingWebhook(
	context: IWebhookFunctions,
	delivery: Delivery,
	store: OwnWebhookStore,
): Promise<OwnWebhook | undefined> {
	const isSignedWith = (secret = '') => isSignedBySvix(delivery, secret, clock.now());
	const own = store.get();
	if (isSignedWith(own?.secret)) return own;
	// n8n does not tell a delivery the address that listens for a test event
	if (context.getMode() === 'manual') return undefined;
	const url = context.getNodeWebhookUrl('default') ?? '';
	const listed = await webhooksNow(context, url, store.key, own);
	const signing = listed.find(({ secret }) => isSignedWith(secret));
	const known = store.get();
	// another delivery has found it, or the workflow was published meanwhile
	if (known !== own) return isSignedWith(known?.secret) ? known : undefined;
	if (signing?.secret === undefined) return undefined;
	const { webhookId, secret, eventTypes } = signing;
	const found = { webhookId, url, secret, eventTypes };
	store.keep(found);
	return found;
}

/** What Seam says now, or has said within a minute. */
async function webhooksNow(
	context: IWebhookFunctions,
	url: string,
	key: string,
	own: OwnWebhook | undefined,
): Promise<ListedWebhook[]> {
	const last = questions.get(key);
	const isRecent = last !== undefined && clock.now() - last.atMs < ASK_EVERY_MS;
	if (isRecent && last.own === own) return await last.answer;
	const answer = ask(context, url);
	questions.set(key, { atMs: clock.now(), own, answer });
	return await answer;
}

async function ask(context: IWebhookFunctions, url: string): Promise<ListedWebhook[]> {
	const listed = await attempt(async () => await webhooksAt(context, url, ANSWER_WITHIN_MS));
	if (!(listed instanceof Failure)) return listed;
	context.logger.warn(`Seam: the webhook could not be looked up. ${listed.message}`);
	return [];
}
