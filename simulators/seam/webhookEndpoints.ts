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

/** The answer about a webhook of the caller's workspace, in the fake's words where there is none. */
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
 * The fake keeps webhooks too, but delivers nothing, signs with no Svix secret, cannot update, and
 * refuses `lock.access_denied`: none of its webhook routes is asked.
 */
export const webhookEndpoints = (registry: WebhookRegistry): Array<[string, SeamEndpoint]> => [
	['/webhooks/create', createWebhook(registry)],
	['/webhooks/get', getWebhook(registry)],
	['/webhooks/list', listWebhooks(registry)],
	['/webhooks/update', updateWebhook(registry)],
	['/webhooks/delete', deleteWebhook(registry)],
];
