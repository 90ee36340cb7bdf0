import { hashChallenge } from 'smartcar';
import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import type {
	NewSmartcarWebhook,
	SmartcarWebhook,
} from '../../simulators/smartcar/webhooks/webhookTypes';
import { connectV3 } from './smartcarClient';
import type { Answering, ReceivedDelivery, WebhookReceiver } from './webhookReceiver';
import { startReceiver } from './webhookReceiver';

export interface SignalTold {
	code: string;
	body?: Record<string, unknown>;
	/** Absent for a good signal as documented. */
	status?: { value: string; error?: { type: string; code: string | null } };
	meta?: Record<string, number>;
}

/** A delivery of Smartcar, parsed. */
export interface SmartcarEvent {
	eventId: string;
	eventType: string;
	vehicleId?: string;
	data: {
		challenge: string;
		user: { id: string };
		vehicle: { id: string };
		signals: SignalTold[];
		triggers?: unknown[];
		errors: Array<{ type: string; code: string | null; state: string; signals: unknown[] }>;
	};
	triggers: unknown[];
	meta: { deliveryId: string; mode: string; sequence: number; signalCount: number };
}

export const parse = ({ text }: ReceivedDelivery): SmartcarEvent =>
	JSON.parse(text) as SmartcarEvent;

const bySequence = (one: SmartcarEvent, other: SmartcarEvent): number =>
	one.meta.sequence - other.meta.sequence;

export interface SmartcarReceiver extends WebhookReceiver {
	/** All deliveries but challenges, in the order of the events. Waits for those in progress. */
	events(): Promise<SmartcarEvent[]>;
	/** Forgets the deliveries so far. */
	forget(): Promise<void>;
}

/** Answers challenges as Smartcar's own SDK hashes them, and everything else with `then`. */
export const solving =
	({ managementToken }: SmartcarSimulator, then: Answering): Answering =>
	(delivery) => {
		const { eventType, data } = parse(delivery);
		if (eventType !== 'VERIFY') return then(delivery);
		const challenge = hashChallenge(managementToken, data.challenge);
		return { status: 200, body: JSON.stringify({ challenge }) };
	};

export async function startSmartcarReceiver(
	simulator: SmartcarSimulator,
): Promise<SmartcarReceiver> {
	const receiver = await startReceiver();
	receiver.answer = solving(simulator, () => ({ status: 200 }));
	return Object.assign(receiver, {
		events: async () => {
			await simulator.webhooks.desk.flush();
			const events = receiver.deliveries.map(parse);
			return events.filter(({ eventType }) => eventType !== 'VERIFY').sort(bySequence);
		},
		forget: async () => {
			await simulator.webhooks.desk.flush();
			receiver.deliveries.length = 0;
		},
	});
}

/** A webhook for one vehicle of the first user, whose first delivery has been discarded. */
export async function createWebhookFor(
	simulator: SmartcarSimulator,
	receiver: SmartcarReceiver,
	vehicleId: string,
	more: Partial<NewSmartcarWebhook> = {},
): Promise<SmartcarWebhook> {
	const wanted = { callbackUri: receiver.url, autoSubscribe: false, ...more };
	const { webhook } = await simulator.webhooks.create(wanted);
	await connectV3(simulator).post('/subscriptions', {
		data: { attributes: { webhookId: webhook.id, userId: simulator.userId, vehicleId } },
	});
	await receiver.forget();
	return webhook;
}
