import type { IHookFunctions } from 'n8n-workflow';

import { attempt, Failure } from '../shared/failure';
import type { ServiceClient } from '../shared/http';
import { asNodeErrors } from '../shared/operations/outputs';
import { forgetPushState } from '../shared/push/pushState';
import { openSession } from '../shared/session';
import { chosenDeviceIds } from '../shared/watch/watchParameters';
import { isRecord, recordOf, textOf } from '../shared/wire';
import { seamDefinition } from './seamDefinition';
import { seamFailure } from './seamFailures';
import { chosenEventTypes } from './seamPushEvents';

/** A webhook that this node has made in Seam. The secret is told reliably only when it is made. */
export interface OwnWebhook {
	webhookId: string;
	url: string;
	secret: string;
	eventTypes: string[];
}

/** A webhook that listens for one test event must not take the place of the published one. */
export function webhookKey(isTest: boolean): string {
	return isTest ? 'testWebhook' : 'webhook';
}

export function readOwnWebhook(stored: unknown): OwnWebhook | undefined {
	const { webhookId, url, secret, eventTypes } = recordOf(stored);
	const isWhole = [webhookId, url, secret].every((text) => textOf(text) !== undefined);
	if (!isWhole || !Array.isArray(eventTypes)) return undefined;
	return stored as OwnWebhook;
}

/** Whether Seam has our webhook still, with the address and the events that are wanted now. */
export async function webhookExists(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		const own = ownWebhook(context);
		if (own === undefined) return false;
		const isWanted =
			own.url === context.getNodeWebhookUrl('default') &&
			own.eventTypes.join() === chosenEventTypes(context).join();
		if (isWanted && (await isThere(context, own))) return true;
		// Seam cannot move a webhook to another address
		await removeWebhook(context);
		return false;
	});
}

export async function createWebhook(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		const url = context.getNodeWebhookUrl('default') ?? '';
		const eventTypes = chosenEventTypes(context);
		// only to say now what would be wrong at every delivery
		chosenDeviceIds(context);
		const { webhook } = await call(context, '/webhooks/create', { url, event_types: eventTypes });
		const { webhook_id, secret } = recordOf(webhook);
		const webhookId = textOf(webhook_id);
		if (webhookId === undefined) throw new Failure(withoutSecret());
		const own = { webhookId, url, secret: textOf(secret) ?? '', eventTypes };
		context.getWorkflowStaticData('node')[keyOf(context)] = own;
		if (own.secret !== '') return true;
		// nothing that it sends could be told from a forgery
		await removeWebhook(context);
		throw new Failure(withoutSecret());
	});
}

export async function deleteWebhook(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		await removeWebhook(context);
		forgetPushState(context);
		return true;
	});
}

async function isThere(context: IHookFunctions, { webhookId }: OwnWebhook): Promise<boolean> {
	const answer = await attempt(
		async () => await call(context, '/webhooks/get', { webhook_id: webhookId }),
	);
	if (!(answer instanceof Failure)) return isRecord(answer.webhook);
	if (answer.facts.reason === 'notFound') return false;
	throw answer;
}

async function removeWebhook(context: IHookFunctions): Promise<void> {
	const own = ownWebhook(context);
	if (own === undefined) return;
	const answer = await attempt(
		async () => await call(context, '/webhooks/delete', { webhook_id: own.webhookId }),
	);
	if (answer instanceof Failure && answer.facts.reason !== 'notFound') throw answer;
	delete context.getWorkflowStaticData('node')[keyOf(context)];
}

function ownWebhook(context: IHookFunctions): OwnWebhook | undefined {
	return readOwnWebhook(context.getWorkflowStaticData('node')[keyOf(context)]);
}

function keyOf(context: IHookFunctions): string {
	return webhookKey(context.getMode() === 'manual');
}

async function call(
	context: IHookFunctions,
	path: string,
	body: object,
): Promise<Record<string, unknown>> {
	const { service } = await openSession(context, seamDefinition, 0);
	const client: ServiceClient = service.client;
	const answer = await client.send({ method: 'POST', path, body, repeat: 'never' }, { calls: 0 });
	if (answer.status === 200 && isRecord(answer.json)) return answer.json;
	throw new Failure(seamFailure(answer));
}

function withoutSecret() {
	return {
		reason: 'upstream',
		what: 'Seam made a webhook, but told no secret to check its deliveries with',
		userAction: 'Publish the workflow again; if that does not help, ask the support of Seam',
	} as const;
}
