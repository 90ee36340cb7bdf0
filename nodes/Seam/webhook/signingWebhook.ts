import type { IWebhookFunctions } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { attempt, Failure } from '../../shared/model/failure';
import type { Delivery } from '../../shared/triggers/webhook/delivery';
import type { Refusal } from '../../shared/triggers/webhook/refusal';
import { MINUTE_MS } from '../../shared/basics/times';
import type { OwnWebhook, OwnWebhookStore } from './ownWebhook';
import { webhooksAt, type ListedWebhook } from './seamWebhook';
import { signatureRefusal, WRONGLY_SIGNED } from './seamSignature';

/** A forger must not be able to make us call Seam often. */
const ASK_EVERY_MS = MINUTE_MS;

interface Question {
	atMs: number;
	/** The webhooks known at that time. After publishing, the answer is outdated. */
	own: OwnWebhook | undefined;
	answer: Promise<ListedWebhook[] | Failure>;
}

const questions = new Map<string, Question>();

/**
 * The webhook of ours with whose secret a delivery was signed, or why it is refused. Where it is
 * not the one that is known, Seam is asked: a secret may have been replaced, and what n8n has
 * stored may be older than the last publishing.
 * @param deadlineMs Unix time in milliseconds by which Seam has to say it.
 */
export async function signingWebhook(
	context: IWebhookFunctions,
	delivery: Delivery,
	store: OwnWebhookStore,
	deadlineMs: number,
): Promise<OwnWebhook | Refusal> {
	const refusalWith = (secret = '') => signatureRefusal(delivery, secret, clock.now());
	const own = store.get();
	const refusal = refusalWith(own?.secret);
	if (refusal === undefined && own !== undefined) return own;
	// n8n does not pass the address of a test listener to a delivery
	const mayBeOther = refusal === WRONGLY_SIGNED && context.getMode() !== 'manual';
	if (!mayBeOther) return refusal ?? WRONGLY_SIGNED;
	const url = context.getNodeWebhookUrl('default') ?? '';
	const listed = await webhooksNow(context, url, store.key, own, deadlineMs);
	const known = store.get();
	// another delivery has found it, or the workflow was published meanwhile
	if (known !== undefined && known !== own) return refusalWith(known.secret) ?? known;
	if (known !== own) return WRONGLY_SIGNED;
	if (listed instanceof Failure) return notLookedUp(listed);
	const signing = listed.find(({ secret }) => refusalWith(secret) !== WRONGLY_SIGNED);
	if (signing?.secret === undefined) return WRONGLY_SIGNED;
	const { webhookId, secret, eventTypes } = signing;
	const found = { webhookId, url, secret, eventTypes, knownAt: clock.now() };
	store.keep(found);
	return refusalWith(secret) ?? found;
}

export function isRefusal(value: OwnWebhook | Refusal): value is Refusal {
	return 'cause' in value;
}

function notLookedUp({ message }: Failure): Refusal {
	const why = `Its signature does not match the known secret, and the webhook could not be looked up in Seam. ${message}`;
	return { ...WRONGLY_SIGNED, cause: 'notLookedUp', why };
}

/** Seam's current answer, or one from within the last minute. */
async function webhooksNow(
	context: IWebhookFunctions,
	url: string,
	key: string,
	own: OwnWebhook | undefined,
	deadlineMs: number,
): Promise<ListedWebhook[] | Failure> {
	const last = questions.get(key);
	const isRecent = last !== undefined && clock.now() - last.atMs < ASK_EVERY_MS;
	if (isRecent && last.own === own) return await last.answer;
	const answer = attempt(async () => await webhooksAt(context, url, deadlineMs));
	questions.set(key, { atMs: clock.now(), own, answer });
	return await answer;
}
