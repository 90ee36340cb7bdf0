import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Alarms } from '../../shared/alarms';
import type { SimulatorClock } from '../../shared/clock';
import { isoTime } from '../../shared/clock';
import { InvalidInput, NotFound, readInput } from '../../shared/input';
import { isRecord, parseJson } from '../../shared/json';
import { WebhookDesk } from '../../shared/webhooks/webhookDesk';
import type { DeliveryAttempt } from '../../shared/webhooks/webhookMessage';
import type { SmartcarErrorName } from '../errorTable';
import { SMARTCAR_ERROR_NAMES, SMARTCAR_ERRORS } from '../errorTable';
import type { Garage } from '../garage';
import type { SmartcarVehicle } from '../smartcarTypes';
import type { WireChoices } from '../wireChoices';
import { compose, hashWith } from './scSignature';
import type { SmartcarForgery } from './smartcarSender';
import { SmartcarSender } from './smartcarSender';
import { describeChallenge } from './webhookPayload';
import { WebhookRegistry } from './webhookRegistry';
import { ChangeNotifier } from './changeNotifier';
import type {
	NewSmartcarWebhook,
	SmartcarWebhook,
	SmartcarWebhookChange,
	Subscription,
} from './webhookTypes';
import { NEW_WEBHOOK, WEBHOOK_CHANGE } from './webhookTypes';

const ERROR_TYPES = ['CONNECTED_SERVICES_ACCOUNT', 'VEHICLE_STATE', 'COMPATIBILITY', 'PERMISSION'];
const TELLABLE = SMARTCAR_ERROR_NAMES.filter((name) =>
	ERROR_TYPES.includes(SMARTCAR_ERRORS[name].type),
);

const VEHICLE_ERROR = z
	.object({
		vehicleId: z.string(),
		error: z.enum(TELLABLE as [SmartcarErrorName, ...SmartcarErrorName[]]),
		state: z.enum(['ERROR', 'RESOLVED']).default('ERROR'),
		/** Codes of the affected signals; default: all of them. */
		signals: z.array(z.string()).min(1).nullable().default(null),
	})
	.strict();
export type VehicleErrorReport = z.input<typeof VEHICLE_ERROR>;

const BURST_CHANGE = z.object({ vehicleId: z.string(), change: z.record(z.unknown()) }).strict();

export interface Verification {
	webhook: SmartcarWebhook;
	attempt: DeliveryAttempt;
}

export interface SmartcarWebhooksParts {
	clock: SimulatorClock;
	garage: Garage;
	wire: () => WireChoices;
}

const CHALLENGE_BYTES = 16;

const isEnrolled = ({ mode, store }: SmartcarVehicle): boolean =>
	mode === 'live' && store === 'subscribed';

function hasSolved(challenge: string, { status, responseBody }: DeliveryAttempt): boolean {
	const answer = parseJson(responseBody);
	return status === 200 && isRecord(answer) && answer.challenge === hashWith(challenge);
}

/** Smartcar's webhooks: the dashboard's actions, and the deliveries. */
export class SmartcarWebhooks {
	readonly registry: WebhookRegistry;
	readonly desk: WebhookDesk<SmartcarForgery>;
	readonly #parts: SmartcarWebhooksParts;
	readonly #alarms: Alarms;
	readonly #notifier: ChangeNotifier;

	constructor(parts: SmartcarWebhooksParts) {
		const { clock, garage } = parts;
		this.#parts = parts;
		this.#alarms = new Alarms(clock);
		this.registry = new WebhookRegistry(clock);
		const sender = new SmartcarSender(clock, this.registry);
		this.desk = new WebhookDesk({ clock, sender, change: (change) => this.#edit(change) });
		this.#notifier = new ChangeNotifier({
			...parts,
			registry: this.registry,
			deliver: (message) => this.desk.deliver(message),
		});
		garage.onNews = (vehicleId, visibleFrom) => this.#expect(vehicleId, visibleFrom);
		garage.onConnected = (vehicle) => this.#enrol(vehicle);
	}

	/** Creates a webhook and challenges it. It is enabled if it answers correctly. */
	async create(wanted: NewSmartcarWebhook): Promise<Verification> {
		const settings = readInput(NEW_WEBHOOK, wanted);
		const state = { id: randomUUID(), isEnabled: false, isVerified: false };
		const { id } = this.registry.put({ ...state, ...settings });
		return await this.verify(id);
	}

	/** Challenges a webhook. It is enabled if it answers correctly. Throws `NotFound`. */
	async verify(webhookId: string): Promise<Verification> {
		const asked = this.registry.get(webhookId);
		const challenge = randomBytes(CHALLENGE_BYTES).toString('hex');
		const attempt = await this.#challenge(asked, challenge);
		const webhook = this.registry.get(webhookId);
		if (!hasSolved(challenge, attempt)) {
			const refused = { ...webhook, isVerified: false, isEnabled: false };
			return { webhook: this.registry.put(refused), attempt };
		}
		if (webhook.autoSubscribe) {
			const vehicles = this.#parts.garage.all().filter(isEnrolled);
			vehicles.forEach((vehicle) => this.#addSubscription(webhook, vehicle));
		}
		const enabled = this.registry.put({ ...webhook, isVerified: true, isEnabled: true });
		this.#notifyAnew(enabled);
		return { webhook: enabled, attempt };
	}

	/** A new address has to be verified again. Throws `InvalidInput` or `NotFound`. */
	async change(webhookId: string, wanted: SmartcarWebhookChange): Promise<SmartcarWebhook> {
		const before = this.registry.get(webhookId);
		const change = readInput(WEBHOOK_CHANGE, wanted);
		const after: SmartcarWebhook = { ...before, ...change };
		if (after.isEnabled && !before.isVerified) throw new InvalidInput('isEnabled: not verified');
		this.registry.put(after);
		if (after.callbackUri !== before.callbackUri) return (await this.verify(webhookId)).webhook;
		if (after.isEnabled && !before.isEnabled) this.#notifyAnew(after);
		return after;
	}

	remove(webhookId: string): void {
		this.registry.get(webhookId);
		this.registry.remove(webhookId);
	}

	/** The webhook receives the vehicle's changes from now on; null if it already did. */
	subscribe(webhook: SmartcarWebhook, vehicle: SmartcarVehicle): Subscription | null {
		const subscription = this.#addSubscription(webhook, vehicle);
		if (!subscription) return null;
		// v3 then gets the vehicle's reports at once instead of once a day.
		if (vehicle.store !== 'subscribed') {
			this.#parts.garage.edit(vehicle.id, { store: 'subscribed' });
		}
		this.#notifier.notify(subscription);
		return subscription;
	}

	/** Begins or ends an error, which VEHICLE_ERROR reports. Throws `InvalidInput` or `NotFound`. */
	reportError(wanted: VehicleErrorReport): void {
		const { vehicleId, error: name, state, signals } = readInput(VEHICLE_ERROR, wanted);
		if (!this.#parts.garage.find(vehicleId)) {
			throw new NotFound(`There is no vehicle ${vehicleId}`);
		}
		const others = this.#notifier.errorsOf(vehicleId).filter((error) => error.name !== name);
		const errors = state === 'ERROR' ? [...others, { name, signals }] : others;
		this.#notifier.setErrors(vehicleId, errors);
	}

	/** A delivery in the mode TEST; its event id. Throws `NotFound`. */
	sendTest(webhookId: string, vehicleId?: string): string {
		const { garage } = this.#parts;
		const webhook = this.registry.get(webhookId);
		const [first] = garage.all();
		const vehicle = vehicleId === undefined ? first : garage.find(vehicleId);
		if (!vehicle) throw new NotFound(`There is no vehicle ${vehicleId}`);
		return this.#notifier.sendTest(webhook, vehicle);
	}

	reset(): void {
		this.#alarms.clear();
		this.desk.reset();
		this.registry.reset();
		this.#notifier.reset();
	}

	/** Stops for good. */
	stop(): void {
		this.reset();
		this.#alarms.stop();
		this.desk.stop();
	}

	async #challenge(webhook: SmartcarWebhook, challenge: string): Promise<DeliveryAttempt> {
		const { clock, wire } = this.#parts;
		const payload = describeChallenge(webhook, challenge, isoTime(clock.now()));
		const body = JSON.stringify(payload);
		const signature = wire().webhookVerifySigned ? hashWith(body) : undefined;
		return await this.desk.postOffice.send(webhook.callbackUri, compose(body, signature), {
			messageId: payload.eventId,
			webhookId: webhook.id,
			eventType: 'VERIFY',
			kind: 'verification',
			number: 0,
		});
	}

	/** nothing was kept while it was disabled, so the next delivery is a first one again */
	#notifyAnew({ id: webhookId }: SmartcarWebhook): void {
		for (const subscription of this.registry.subscriptions({ webhookId })) {
			subscription.lastSent = null;
			this.#notifier.notify(subscription);
		}
	}

	#addSubscription(webhook: SmartcarWebhook, vehicle: SmartcarVehicle): Subscription | null {
		const place = { webhookId: webhook.id, vehicleId: vehicle.id };
		if (this.registry.subscriptions(place).length > 0) return null;
		return this.registry.addSubscription(webhook, vehicle);
	}

	#enrol(vehicle: SmartcarVehicle): void {
		if (!isEnrolled(vehicle)) return;
		const willing = this.registry.webhooks().filter(({ autoSubscribe }) => autoSubscribe);
		willing.forEach((webhook) => this.subscribe(webhook, vehicle));
	}

	#expect(vehicleId: string, visibleFrom: number): void {
		this.#alarms.at(visibleFrom, () => this.#notifier.look(vehicleId));
	}

	#edit(wanted: unknown): void {
		const { vehicleId, change } = readInput(BURST_CHANGE, wanted);
		this.#parts.garage.edit(vehicleId, change);
	}
}
