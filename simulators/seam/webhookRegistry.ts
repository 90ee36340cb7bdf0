import { randomUUID } from 'node:crypto';
import type { SimulatorClock } from '../shared/clock';
import { isoTime } from '../shared/clock';
import { SEAM_EVENT_TYPES } from './seamEventTypes';
import { createWebhookSecret } from './svixSignature';

/** As Seam shows it, and the workspace that it belongs to. */
export interface SeamWebhook {
	webhook_id: string;
	url: string;
	event_types: readonly string[];
	secret: string;
	created_at: string;
	workspaceId: string;
}

/** The webhooks of all workspaces. */
export class WebhookRegistry {
	readonly #clock: SimulatorClock;
	#webhooks = new Map<string, SeamWebhook>();

	constructor(clock: SimulatorClock) {
		this.#clock = clock;
	}

	create(workspaceId: string, url: string, eventTypes: readonly string[]): SeamWebhook {
		const webhook: SeamWebhook = {
			webhook_id: randomUUID(),
			url,
			event_types: eventTypes,
			secret: createWebhookSecret(),
			created_at: isoTime(this.#clock.now()),
			workspaceId,
		};
		this.#webhooks.set(webhook.webhook_id, webhook);
		return webhook;
	}

	list(workspaceId: string): SeamWebhook[] {
		return this.all().filter((webhook) => webhook.workspaceId === workspaceId);
	}

	all(): SeamWebhook[] {
		return [...this.#webhooks.values()];
	}

	find(webhookId: string): SeamWebhook | undefined {
		return this.#webhooks.get(webhookId);
	}

	update(webhook: SeamWebhook, eventTypes: readonly string[]): void {
		this.#webhooks.set(webhook.webhook_id, { ...webhook, event_types: eventTypes });
	}

	remove({ webhook_id: webhookId }: SeamWebhook): void {
		this.#webhooks.delete(webhookId);
	}

	reset(): void {
		this.#webhooks.clear();
	}
}

/** None, or `*`, means all of them, as in Seam's own fake. Undefined if one is unknown. */
export function readEventTypes(wanted: readonly string[] | undefined) {
	if (wanted === undefined || (wanted.length === 1 && wanted[0] === '*')) return SEAM_EVENT_TYPES;
	return wanted.every((type) => SEAM_EVENT_TYPES.includes(type)) ? wanted : undefined;
}
