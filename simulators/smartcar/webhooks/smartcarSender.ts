import { randomBytes, randomUUID } from 'node:crypto';
import type { SimulatorClock } from '../../shared/clock';
import type { OutgoingDelivery } from '../../shared/webhooks/post';
import type {
	CommonForgery,
	WebhookMessage,
	WebhookSender,
} from '../../shared/webhooks/webhookMessage';
import { FORGERIES } from '../../shared/webhooks/webhookMessage';
import { compose, hashWith } from './scSignature';
import { withDelivery } from './webhookPayload';
import type { WebhookRegistry } from './webhookRegistry';

export type SmartcarForgery = CommonForgery;

/**
 * https://smartcar.com/docs/api-reference/webhooks/delivery-behavior: after that the event is
 * dropped.
 */
const RETRY_WAITS_SECONDS = [25, 50, 100];

/** Smartcar's deliveries are 50 KB at most. */
const HUGE_BYTES = 60_000;

const createWrongToken = (): string => randomBytes(16).toString('hex');

/** Smartcar's delivery: every attempt has its own id and time, and so its own signature. */
export class SmartcarSender implements WebhookSender<SmartcarForgery> {
	readonly retryWaitsSeconds = RETRY_WAITS_SECONDS;
	readonly forgeries = FORGERIES;
	readonly #clock: SimulatorClock;
	readonly #registry: WebhookRegistry;

	constructor(clock: SimulatorClock, registry: WebhookRegistry) {
		this.#clock = clock;
		this.#registry = registry;
	}

	urlOf({ webhookId, eventType }: WebhookMessage): string | undefined {
		const webhook = this.#registry.find(webhookId);
		if (!webhook?.isEnabled) return undefined;
		const isError = eventType === 'VEHICLE_ERROR';
		return isError ? (webhook.errorCallbackUri ?? webhook.callbackUri) : webhook.callbackUri;
	}

	write({ payload }: WebhookMessage): OutgoingDelivery {
		const body = JSON.stringify(withDelivery(payload, this.#clock.now()));
		return compose(body, hashWith(body));
	}

	forge({ payload }: WebhookMessage, forgery: SmartcarForgery): OutgoingDelivery {
		const delivery = withDelivery({ ...payload, eventId: randomUUID() }, this.#clock.now());
		const body = JSON.stringify(delivery);
		const altered = JSON.stringify({ ...delivery, altered: true });
		const huge = JSON.stringify({ ...delivery, padding: 'x'.repeat(HUGE_BYTES) });
		const forged: Record<SmartcarForgery, () => OutgoingDelivery> = {
			wrongSignature: () => compose(body, hashWith(body, createWrongToken())),
			noSignature: () => compose(body),
			alteredBody: () => compose(altered, hashWith(body)),
			emptyBody: () => compose('', hashWith('')),
			hugeBody: () => compose(huge, hashWith(huge)),
		};
		return forged[forgery]();
	}
}
