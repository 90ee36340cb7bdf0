import { randomBytes, randomUUID } from 'node:crypto';
import type { SimulatorClock } from '../shared/clock';
import { readInput } from '../shared/input';
import type { JsonRecord } from '../shared/json';
import type { OutgoingDelivery } from '../shared/webhooks/post';
import { WebhookDesk } from '../shared/webhooks/webhookDesk';
import type { WebhookMessage, WebhookSender } from '../shared/webhooks/webhookMessage';
import { FORGERIES } from '../shared/webhooks/webhookMessage';
import type { SeamStore } from './seamStore';
import type { SeamEvent } from './seamTypes';
import type { SvixContent, SvixSettings } from './svixSignature';
import { createWebhookSecret, SVIX_SETTINGS, svixHeaders, svixSignature } from './svixSignature';
import { WebhookRegistry } from './webhookRegistry';

/** Svix's schedule, which Seam's documentation repeats. The first attempt is immediate. */
const RETRY_WAITS_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 36_000];

const SEAM_FORGERIES = [...FORGERIES, 'oldTimestamp', 'futureTimestamp'] as const;
export type SeamForgery = (typeof SEAM_FORGERIES)[number];

/** Twice Svix's tolerance. */
const WRONG_TIME_MS = 600_000;
/** More than the nodes accept. */
const HUGE_BYTES = 60_000;
const MESSAGE_ID_BYTES = 15;

const createMessageId = (): string => `msg_${randomBytes(MESSAGE_ID_BYTES).toString('hex')}`;

const FORGED_TIMES: Partial<Record<SeamForgery, number>> = {
	oldTimestamp: -WRONG_TIME_MS,
	futureTimestamp: WRONG_TIME_MS,
};

/** The body that is sent, and another one that is signed instead. */
function forgeBodies(event: JsonRecord, forgery: SeamForgery) {
	const body = JSON.stringify(event);
	if (forgery === 'emptyBody') return { sent: '', signed: '' };
	if (forgery === 'alteredBody') {
		return { sent: JSON.stringify({ ...event, altered: true }), signed: body };
	}
	if (forgery !== 'hugeBody') return { sent: body, signed: body };
	const huge = JSON.stringify({ ...event, padding: 'x'.repeat(HUGE_BYTES) });
	return { sent: huge, signed: huge };
}

/** Seam's webhooks: every new event of the log goes to those subscribed to its type. */
export class SeamWebhooks implements WebhookSender<SeamForgery> {
	readonly registry: WebhookRegistry;
	readonly desk: WebhookDesk<SeamForgery>;
	readonly retryWaitsSeconds = RETRY_WAITS_SECONDS;
	readonly forgeries = SEAM_FORGERIES;
	readonly #clock: SimulatorClock;
	readonly #store: SeamStore;
	#settings: SvixSettings = SVIX_SETTINGS.parse({});
	#seenEvents = 0;

	constructor(clock: SimulatorClock, store: SeamStore, addEvent: (event: unknown) => unknown) {
		this.#clock = clock;
		this.#store = store;
		this.registry = new WebhookRegistry(clock);
		this.desk = new WebhookDesk({ clock, sender: this, change: addEvent });
	}

	get settings(): SvixSettings {
		return { ...this.#settings };
	}

	/** Throws `InvalidInput`. */
	change(change: object): SvixSettings {
		this.#settings = readInput(SVIX_SETTINGS, { ...this.#settings, ...change });
		return this.settings;
	}

	/** Delivers the events added to the log since the last time, whoever added them. */
	deliverNews(): void {
		const { events } = this.#store;
		const news = events.slice(this.#seenEvents);
		this.#seenEvents = events.length;
		news.forEach((event) => this.#deliver(event));
	}

	reset(): void {
		this.desk.reset();
		this.registry.reset();
		this.#settings = SVIX_SETTINGS.parse({});
		this.#seenEvents = this.#store.events.length;
	}

	urlOf({ webhookId }: WebhookMessage): string | undefined {
		return this.registry.find(webhookId)?.url;
	}

	write(message: WebhookMessage): OutgoingDelivery {
		const body = JSON.stringify(message.payload);
		const content = { messageId: message.id, time: this.#signedTime(), body };
		return this.#compose(content, this.#sign(this.#secretOf(message), content));
	}

	forge(message: WebhookMessage, forgery: SeamForgery): OutgoingDelivery {
		const event = { ...message.payload, event_id: randomUUID() };
		const { sent, signed } = forgeBodies(event, forgery);
		const time = this.#signedTime() + (FORGED_TIMES[forgery] ?? 0);
		const content = { messageId: createMessageId(), time, body: signed };
		const isWrong = forgery === 'wrongSignature';
		const secret = isWrong ? createWebhookSecret() : this.#secretOf(message);
		const signature = forgery === 'noSignature' ? undefined : this.#sign(secret, content);
		return this.#compose({ ...content, body: sent }, signature);
	}

	#deliver(event: SeamEvent): void {
		for (const webhook of this.registry.list(event.workspace_id)) {
			if (!webhook.event_types.includes(event.event_type)) continue;
			this.desk.deliver({
				id: createMessageId(),
				webhookId: webhook.webhook_id,
				eventType: event.event_type,
				payload: structuredClone(event),
			});
		}
	}

	#signedTime(): number {
		return this.#settings.time === 'real' ? Date.now() : this.#clock.now();
	}

	#secretOf({ webhookId }: WebhookMessage): string {
		return this.registry.find(webhookId)?.secret ?? createWebhookSecret();
	}

	#sign(secret: string, content: SvixContent): string {
		return svixSignature(secret, content, this.#settings.signatures);
	}

	#compose(content: SvixContent, signature: string | undefined): OutgoingDelivery {
		const headers = {
			'Content-Type': 'application/json',
			'User-Agent': 'Svix-Webhooks/1',
			...svixHeaders(content, signature, this.#settings.headers),
		};
		return { headers, body: content.body };
	}
}
