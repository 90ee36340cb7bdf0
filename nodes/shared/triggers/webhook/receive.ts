import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { clock } from '../../basics/clock';
import { asNodeErrors } from '../../n8n/nodeErrors';
import { accept, isDelivery, readDelivery, start, type Delivery } from './delivery';
import { logLeftOut, refuse, type Refusal } from './refusal';
import { isCurrent, webhookStateOf } from './processStates';
import { WebhookState } from './webhookState';

/** Seam waits 15 seconds for the answer to a delivery. */
const ANSWER_WITHIN_MS = 10_000;

interface DeliveredEvent {
	/** The same in a repeated delivery. */
	eventId: string;
}

/**
 * How a service signs its deliveries, and what they mean.
 * @typeParam Sender What the verification has found out about the sender.
 */
export interface WebhookSource<Sender, Event extends DeliveredEvent> {
	/** The service's display name. */
	label: string;
	/**
	 * Whether the service has sent the delivery. A `reply` answers a check of the address, which is
	 * no event.
	 * @param deadlineMs Unix time in milliseconds until which the service waits for the answer.
	 */
	verify(
		context: IWebhookFunctions,
		delivery: Delivery,
		deadlineMs: number,
	): Promise<{ sender: Sender } | { reply: IDataObject } | Refusal>;
	/**
	 * The event. `undefined` if this node does not want it. `leftOut` is the reason for n8n's log why
	 * an event that it may want cannot be used.
	 * @throws Failure `badRequest` if a parameter of the node is invalid.
	 */
	parse(
		context: IWebhookFunctions,
		delivery: Delivery,
		sender: Sender,
	): Event | { leftOut: string } | undefined;
	/** What has to be known before the delivery is answered, if anything. */
	complete?(
		context: IWebhookFunctions,
		event: Event,
		state: WebhookState,
		deadlineMs: number,
	): Promise<Event | 'ignored' | Refusal>;
	/**
	 * The items of an event. Deliveries come in parallel, so it changes the state before it awaits
	 * anything.
	 */
	events(
		context: IWebhookFunctions,
		event: Event,
		state: WebhookState,
	): IDataObject[] | Promise<IDataObject[]>;
	/** `false` if the sender's data has been replaced meanwhile: then nothing may be stored. */
	isCurrent?(context: IWebhookFunctions, sender: Sender): boolean;
	/** Stores the sender's data. */
	store?(context: IWebhookFunctions): void;
}

/** Handles one delivery: answers it at once, and starts the workflow with the new events. */
export async function receive<Sender, Event extends DeliveredEvent>(
	context: IWebhookFunctions,
	source: WebhookSource<Sender, Event>,
): Promise<IWebhookResponseData> {
	const { label } = source;
	const delivery = readDelivery(context, label);
	if (!isDelivery(delivery)) return delivery;
	const deadlineMs = clock.now() + ANSWER_WITHIN_MS;
	const verified = await source.verify(context, delivery, deadlineMs);
	if ('cause' in verified) return refuse(context, label, verified);
	if ('reply' in verified) return acceptOnly(context, verified.reply);
	const { sender } = verified;
	const parsed = await asNodeErrors(context, () => source.parse(context, delivery, sender));
	if (parsed === undefined) return acceptOnly(context);
	if ('leftOut' in parsed) {
		const answer = acceptOnly(context);
		logLeftOut(context, label, parsed.leftOut);
		return answer;
	}
	const staticData = context.getWorkflowStaticData('node');
	const isTest = context.getMode() === 'manual';
	// a test event has its own state, so that it is still new for the published trigger
	const state = isTest ? new WebhookState(staticData) : webhookStateOf(context, staticData);
	const event = source.complete
		? await source.complete(context, parsed, state, deadlineMs)
		: parsed;
	if (event === 'ignored') return acceptOnly(context);
	if ('cause' in event) return refuse(context, label, event);
	accept(context);
	// deliveries come in parallel: events without a wait are stored before another one is handled
	const isRepeat = !isTest && state.isRepeat(event.eventId);
	const made = isRepeat ? [] : source.events(context, event, state);
	const items = Array.isArray(made) ? made : await made;
	// n8n stores our copy of its static data as a whole, and the copy is old if the workflow was
	// published meanwhile
	const isOutdated = !isCurrent(context, state) || source.isCurrent?.(context, sender) === false;
	if (!isTest && !isOutdated) {
		// at each delivery, because a polling trigger of the same workflow may have stored an older
		// copy
		state.store(staticData);
		source.store?.(context);
	}
	return start(items);
}

function acceptOnly(context: IWebhookFunctions, answer?: IDataObject): IWebhookResponseData {
	accept(context, answer);
	return start([]);
}
