import { z } from 'zod';
import type { SeamEndpoint } from './endpoint';
import { COMMANDS, READS, REMOVALS, UPDATES, defineEndpoint } from './endpoint';
import type { SeamAnswer, SeamCall } from './seamAnswer';
import { refuse, succeed } from './seamAnswer';
import type { SeamWebhook, WebhookRegistry } from './webhookRegistry';
import { readEventTypes } from './webhookRegistry';

const EVENT_TYPES = z.array(z.string());
const CREATE = z.object({ url: z.string().url(), event_types: EVENT_TYPES.optional() });
const UPDATE = z.object({ webhook_id: z.string(), event_types: EVENT_TYPES });
const ONE = z.object({ webhook_id: z.string() });

const refuseEventTypes = () => refuse(400, 'invalid_event_types', 'Invalid event types');

const show = ({ webhook_id, url, event_types, secret, created_at }: SeamWebhook) => ({
	webhook_id,
	url,
	event_types,
	secret,
	created_at,
});

/** The answer about a webhook of the caller's workspace. If there is none, the fake's message. */
function withWebhook(
	registry: WebhookRegistry,
	webhookId: string,
	{ workspaceId }: SeamCall,
	answer: (webhook: SeamWebhook) => SeamAnswer,
): SeamAnswer {
	const webhook = registry.find(webhookId);
	if (webhook?.workspaceId === workspaceId) return answer(webhook);
	return refuse(404, 'webhook_not_found', 'webhook not found');
}

const createWebhook = (registry: WebhookRegistry): SeamEndpoint =>
	defineEndpoint(COMMANDS, CREATE, ({ url, event_types: wanted }, { workspaceId }) => {
		const eventTypes = readEventTypes(wanted);
		if (!eventTypes) return refuseEventTypes();
		return succeed({ webhook: show(registry.create(workspaceId, url, eventTypes)) });
	});

const updateWebhook = (registry: WebhookRegistry): SeamEndpoint =>
	defineEndpoint(UPDATES, UPDATE, ({ webhook_id: webhookId, event_types: wanted }, call) =>
		withWebhook(registry, webhookId, call, (webhook) => {
			const eventTypes = readEventTypes(wanted);
			if (!eventTypes) return refuseEventTypes();
			registry.update(webhook, eventTypes);
			return succeed({});
		}),
	);

const getWebhook = (registry: WebhookRegistry): SeamEndpoint =>
	defineEndpoint(READS, ONE, ({ webhook_id: webhookId }, call) =>
		withWebhook(registry, webhookId, call, (webhook) => succeed({ webhook: show(webhook) })),
	);

const listWebhooks = (registry: WebhookRegistry): SeamEndpoint =>
	defineEndpoint(READS, z.object({}), (_parameters, { workspaceId }) =>
		succeed({ webhooks: registry.list(workspaceId).map(show) }),
	);

const deleteWebhook = (registry: WebhookRegistry): SeamEndpoint =>
	defineEndpoint(REMOVALS, ONE, ({ webhook_id: webhookId }, call) =>
		withWebhook(registry, webhookId, call, (webhook) => {
			registry.remove(webhook);
			return succeed({});
		}),
	);

/**
 * The fake has webhooks too, but delivers nothing, has no Svix secrets, cannot update, and rejects
 * `lock.access_denied`. None of its webhook routes is used.
 */
export const webhookEndpoints = (registry: WebhookRegistry): Array<[string, SeamEndpoint]> => [
	['/webhooks/create', createWebhook(registry)],
	['/webhooks/get', getWebhook(registry)],
	['/webhooks/list', listWebhooks(registry)],
	['/webhooks/update', updateWebhook(registry)],
	['/webhooks/delete', deleteWebhook(registry)],
];
