import type { JsonRecord } from '../json';
import type { OutgoingDelivery } from './post';

/** One event on its way to one webhook. */
export interface WebhookMessage {
	/** The same in every attempt. */
	readonly id: string;
	readonly webhookId: string;
	readonly eventType: string;
	/** The content, without what is new in every attempt. */
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
	/** The delay after each failed attempt. When none is left, the message is dropped. */
	readonly retryWaitsSeconds: readonly number[];
	/** What can be wrong with a delivery on purpose. */
	readonly forgeries: readonly Forgery[];
	/** Undefined if the webhook is gone or disabled: nothing is sent then. */
	urlOf(message: WebhookMessage): string | undefined;
	/** The next attempt, signed. */
	write(message: WebhookMessage): OutgoingDelivery;
	/** A delivery of an invented event, modelled on the message, with that defect. */
	forge(message: WebhookMessage, forgery: Forgery): OutgoingDelivery;
}

export type DeliveryKind = 'delivery' | 'repeat' | 'forgery' | 'verification';

/** One request that was sent, and its outcome. */
export interface DeliveryAttempt {
	/** The id of the vendor's event. For a forgery, that of the message it imitates. */
	messageId: string;
	webhookId: string;
	eventType: string;
	/** The address it was sent to. */
	url: string;
	kind: DeliveryKind;
	/** From 1 for a delivery; 0 for a manual one. */
	number: number;
	/** ISO 8601, on the simulator's clock. */
	at: string;
	/** Null if there was no answer. */
	status: number | null;
	/** Shortened if it is long. */
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
