import type { JsonRecord } from '../json';
import type { OutgoingDelivery } from './post';

/** One event on its way to one webhook. */
export interface WebhookMessage {
	/** The same with every attempt. */
	readonly id: string;
	readonly webhookId: string;
	readonly eventType: string;
	/** What is told, without what is new with every attempt. */
	readonly payload: JsonRecord;
}

export const FORGERIES = [
	'wrongSignature',
	'noSignature',
	'alteredBody',
	'emptyBody',
	'hugeBody',
] as const;
export type CommonForgery = (typeof FORGERIES)[number];

/** How one vendor delivers. */
export interface WebhookSender<Forgery extends string> {
	/** After each failed attempt, the next; none left: the message is dropped. */
	readonly retryWaitsSeconds: readonly number[];
	/** What can be wrong with a delivery on purpose. */
	readonly forgeries: readonly Forgery[];
	/** Undefined where the webhook is gone or disabled: nothing is sent then. */
	urlOf(message: WebhookMessage): string | undefined;
	/** The next attempt, signed. */
	write(message: WebhookMessage): OutgoingDelivery;
	/** A delivery of an event that never was, like the message's, and wrong in that way. */
	forge(message: WebhookMessage, forgery: Forgery): OutgoingDelivery;
}

export type DeliveryKind = 'delivery' | 'repeat' | 'forgery' | 'verification';

/** One request that was sent, and what came of it. */
export interface DeliveryAttempt {
	/** Of the vendor's event; of a forgery, the message that it looks like. */
	messageId: string;
	webhookId: string;
	eventType: string;
	/** Where it went. */
	url: string;
	kind: DeliveryKind;
	/** From 1 for a delivery; 0 for what was sent by hand. */
	number: number;
	/** ISO 8601, on the simulator's clock. */
	at: string;
	/** Null where there was no answer. */
	status: number | null;
	/** Its first part, where it is long. */
	responseBody: string;
	/** Why there was no answer. */
	error: string | null;
}

export type MessageState = 'held' | 'underWay' | 'waiting' | 'delivered' | 'dropped';

/** A message as the controls show it. */
export interface ShownMessage extends WebhookMessage {
	state: MessageState;
	attempts: number;
	/** ISO 8601; null unless it is waiting for its next attempt. */
	nextAttemptAt: string | null;
}

export const isAccepted = ({ status }: Pick<DeliveryAttempt, 'status'>): boolean =>
	status !== null && status >= 200 && status < 300;
