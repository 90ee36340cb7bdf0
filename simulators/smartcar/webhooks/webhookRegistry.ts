import { randomUUID } from 'node:crypto';
import type { SimulatorClock } from '../../shared/clock';
import { isoTime } from '../../shared/clock';
import { NotFound } from '../../shared/input';
import type { SmartcarVehicle } from '../smartcarTypes';
import type { SmartcarWebhook, Subscription } from './webhookTypes';

/** The webhooks of the application, and the vehicles subscribed to each. */
export class WebhookRegistry {
	readonly #clock: SimulatorClock;
	#webhooks = new Map<string, SmartcarWebhook>();
	#subscriptions = new Map<string, Subscription>();

	constructor(clock: SimulatorClock) {
		this.#clock = clock;
	}

	webhooks(): SmartcarWebhook[] {
		return [...this.#webhooks.values()];
	}

	find(webhookId: string): SmartcarWebhook | undefined {
		return this.#webhooks.get(webhookId);
	}

	/** Throws `NotFound`. */
	get(webhookId: string): SmartcarWebhook {
		const webhook = this.find(webhookId);
		if (!webhook) throw new NotFound(`There is no webhook ${webhookId}`);
		return webhook;
	}

	put(webhook: SmartcarWebhook): SmartcarWebhook {
		this.#webhooks.set(webhook.id, webhook);
		return webhook;
	}

	/** Its subscriptions are removed too. */
	remove(webhookId: string): void {
		this.#webhooks.delete(webhookId);
		this.subscriptions({ webhookId }).forEach(({ id }) => this.#subscriptions.delete(id));
	}

	/** In the order of subscribing. */
	subscriptions(
		wanted: Partial<Pick<Subscription, 'webhookId' | 'vehicleId' | 'userId'>> = {},
	): Subscription[] {
		const { webhookId, vehicleId, userId } = wanted;
		return [...this.#subscriptions.values()].filter(
			(each) =>
				each.webhookId === (webhookId ?? each.webhookId) &&
				each.vehicleId === (vehicleId ?? each.vehicleId) &&
				each.userId === (userId ?? each.userId),
		);
	}

	findSubscription(id: string): Subscription | undefined {
		return this.#subscriptions.get(id);
	}

	addSubscription({ id: webhookId }: SmartcarWebhook, vehicle: SmartcarVehicle): Subscription {
		const subscription: Subscription = {
			id: randomUUID(),
			webhookId,
			vehicleId: vehicle.id,
			userId: vehicle.userId,
			createdAt: isoTime(this.#clock.now()),
			lastSent: null,
		};
		this.#subscriptions.set(subscription.id, subscription);
		return subscription;
	}

	removeSubscription({ id }: Subscription): void {
		this.#subscriptions.delete(id);
	}

	reset(): void {
		this.#webhooks.clear();
		this.#subscriptions.clear();
	}
}
