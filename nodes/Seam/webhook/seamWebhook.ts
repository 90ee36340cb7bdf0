import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { attempt, Failure } from '../../shared/model/failure';
import { forgetWebhookState } from '../../shared/triggers/webhook/processStates';
import { openSession } from '../../shared/service/session';
import { chosenDeviceIds } from '../../shared/triggers/triggerParameters';
import { isRecord, recordOf, textOf } from '../../shared/basics/guards';
import { OwnWebhookStore } from './ownWebhook';
import { rememberLocks } from './knownLocks';
import { seamDefinition } from '../api/seamDefinition';
import { seamFailure } from '../api/seamFailures';
import { chosenEventTypes } from './seamWebhookEvents';
import { holdsKey } from './seamSignature';
import { withoutSecrets } from '../../shared/http/answer';
import { Secrets } from '../../shared/http/secrets';
import { asNodeErrors } from '../../shared/n8n/nodeErrors';
import { CallMeter } from '../../shared/http/request';

/** A webhook as Seam lists it. Its secret may be missing. */
export interface ListedWebhook {
	webhookId: string;
	secret: string | undefined;
	eventTypes: string[];
}

/** Whether Seam still has our webhook, with the current address and events. */
export async function webhookExists(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		const store = new OwnWebhookStore(context);
		const own = store.get();
		const url = addressOf(context);
		const isWanted =
			own !== undefined &&
			own.url === url &&
			own.eventTypes.join() === chosenEventTypes(context).join();
		if (!isWanted) return false;
		const [listed, ...more] = await webhooksAt(context, url);
		if (listed?.webhookId !== own.webhookId || more.length > 0) return false;
		const { secret = own.secret } = listed;
		if (secret !== own.secret) store.keep({ ...own, secret, knownAt: clock.now() });
		store.store();
		return true;
	});
}

/**
 * Creates the webhook, and removes all others of this node: Seam cannot move one to another
 * address.
 */
export async function createWebhook(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		const url = addressOf(context);
		const eventTypes = chosenEventTypes(context);
		// reports now what would fail at every delivery
		chosenDeviceIds(context);
		await removeWebhooks(context);
		const { webhook } = await call(context, '/webhooks/create', { url, event_types: eventTypes });
		const { webhook_id, secret } = recordOf(webhook);
		const webhookId = textOf(webhook_id);
		if (webhookId === undefined) throw new Failure(withoutSecret());
		const own = {
			webhookId,
			url,
			secret: textOf(secret) ?? '',
			eventTypes,
			knownAt: clock.now(),
		};
		const store = new OwnWebhookStore(context);
		store.keep(own);
		store.store();
		if (!holdsKey(own.secret)) {
			// its deliveries could not be distinguished from a forgery
			await removeWebhooks(context);
			throw new Failure(withoutSecret());
		}
		await rememberLocks(context);
		return true;
	});
}

export async function deleteWebhook(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		await removeWebhooks(context);
		forgetWebhookState(context);
		return true;
	});
}

/**
 * The webhooks that Seam has for an address.
 * @param deadlineMs Unix time in milliseconds by which Seam has to say it.
 */
export async function webhooksAt(
	context: IHookFunctions | IWebhookFunctions,
	url: string,
	deadlineMs?: number,
): Promise<ListedWebhook[]> {
	const { webhooks } = await call(context, '/webhooks/list', {}, deadlineMs);
	const listed = Array.isArray(webhooks) ? webhooks.map(recordOf) : [];
	return listed.flatMap(({ webhook_id, url: address, secret, event_types }) => {
		const webhookId = textOf(webhook_id);
		if (webhookId === undefined || address !== url) return [];
		const eventTypes = Array.isArray(event_types) ? event_types.map(String).sort() : [];
		return [{ webhookId, secret: textOf(secret), eventTypes }];
	});
}

/** Also by address, because an answer of Seam or n8n's static data may have been lost. */
async function removeWebhooks(context: IHookFunctions): Promise<void> {
	const store = new OwnWebhookStore(context);
	const listed = await webhooksAt(context, addressOf(context));
	const ids = new Set([
		...listed.map(({ webhookId }) => webhookId),
		...store.all().map(({ webhookId }) => webhookId),
	]);
	for (const webhookId of ids) {
		const answer = await attempt(
			async () => await call(context, '/webhooks/delete', { webhook_id: webhookId }),
		);
		if (answer instanceof Failure && answer.facts.reason !== 'notFound') throw answer;
	}
	store.remove();
}

function addressOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

async function call(
	context: IHookFunctions | IWebhookFunctions,
	path: string,
	body: object,
	deadlineMs?: number,
): Promise<Record<string, unknown>> {
	const { client } = await openSession(context, seamDefinition, 0);
	if (deadlineMs !== undefined) client.setDeadline(deadlineMs);
	const answer = await client.send({ method: 'POST', path, body, retry: false }, new CallMeter());
	if (answer.status === 200 && isRecord(answer.json)) return answer.json;
	// Seam knows the secret of the webhook as well as we do
	const known = new OwnWebhookStore(context).all().map(({ secret }) => secret);
	throw new Failure(seamFailure(withoutSecrets(answer, new Secrets(known))));
}

function withoutSecret() {
	return {
		reason: 'upstream',
		what: 'Seam created a webhook, but returned no secret to verify its deliveries',
		userAction: 'Publish the workflow again; if that does not help, contact Seam support',
	} as const;
}
