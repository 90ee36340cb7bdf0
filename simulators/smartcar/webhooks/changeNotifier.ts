import type { SimulatorClock } from '../../shared/clock';
import type { JsonRecord } from '../../shared/json';
import type { WebhookMessage } from '../../shared/webhooks/webhookMessage';
import type { Garage } from '../garage';
import type { SmartcarVehicle } from '../smartcarTypes';
import type { WireChoices } from '../wireChoices';
import type { ActiveError, SignalReport } from './signalReport';
import { reportSignals } from './signalReport';
import type { Cause, ErrorState } from './webhookPayload';
import { describeErrors, describeState } from './webhookPayload';
import type { WebhookRegistry } from './webhookRegistry';
import type { SmartcarWebhook, Subscription, LastSent } from './webhookTypes';

export interface NotifierParts {
	clock: SimulatorClock;
	garage: Garage;
	registry: WebhookRegistry;
	wire: () => WireChoices;
	deliver: (message: WebhookMessage) => void;
}

type Event = JsonRecord & { eventId: string; eventType: string };

/** A failed read, then or now, is no change: the value is unknown. */
function findChanged(webhook: SmartcarWebhook, before: LastSent, now: LastSent): string[] {
	return webhook.triggers.filter((code) => {
		const body = now.bodies.get(code);
		return body !== undefined && body !== before.bodies.get(code);
	});
}

function compareErrors(before: LastSent['errors'], now: LastSent['errors']) {
	const isSame = (one: LastSent['errors'][number], other: LastSent['errors'][number]) =>
		one.key === other.key && JSON.stringify(one.signals) === JSON.stringify(other.signals);
	const come = now.filter((error) => !before.some((other) => isSame(error, other)));
	const gone = before.filter(({ key }) => !now.some((other) => other.key === key));
	const inState = (state: ErrorState) => (error: LastSent['errors'][number]) => ({ error, state });
	return [...come.map(inState('ERROR')), ...gone.map(inState('RESOLVED'))];
}

/** Detects changes of a vehicle and sends them to its subscribed webhooks. */
export class ChangeNotifier {
	readonly #parts: NotifierParts;
	#active = new Map<string, ActiveError[]>();
	#sequence = 0;

	constructor(parts: NotifierParts) {
		this.#parts = parts;
	}

	/** Errors of a vehicle that were set by hand. */
	errorsOf(vehicleId: string): readonly ActiveError[] {
		return this.#active.get(vehicleId) ?? [];
	}

	setErrors(vehicleId: string, errors: ActiveError[]): void {
		this.#active.set(vehicleId, errors);
		this.look(vehicleId);
	}

	look(vehicleId: string): void {
		this.#parts.registry.subscriptions({ vehicleId }).forEach((each) => this.notify(each));
	}

	/** Sends what has changed since the last time, and everything the first time. */
	notify(subscription: Subscription): void {
		const { garage, registry } = this.#parts;
		const webhook = registry.find(subscription.webhookId);
		const vehicle = garage.find(subscription.vehicleId);
		if (!vehicle) return registry.removeSubscription(subscription);
		if (!webhook?.isEnabled) return;
		const report = this.#report(webhook, vehicle);
		const { lastSent } = subscription;
		subscription.lastSent = {
			...report.content,
			bodies: new Map([...(lastSent?.bodies ?? []), ...report.content.bodies]),
		};
		this.#sendState(webhook, vehicle, report, lastSent);
		this.#sendErrors(
			webhook,
			vehicle,
			compareErrors(lastSent?.errors ?? [], report.content.errors),
		);
	}

	/** The dashboard's test delivery. It changes nothing. */
	sendTest(webhook: SmartcarWebhook, vehicle: SmartcarVehicle): string {
		const { signals } = this.#report(webhook, vehicle);
		const occasion = { ...this.#occasion(webhook, vehicle), mode: 'TEST' as const };
		// nothing has changed
		return this.#deliver(webhook, describeState(occasion, [], signals, this.#parts.wire()));
	}

	reset(): void {
		this.#active.clear();
	}

	#report(webhook: SmartcarWebhook, vehicle: SmartcarVehicle): SignalReport {
		const { garage, wire } = this.#parts;
		return reportSignals(garage, vehicle, webhook, this.errorsOf(vehicle.id), wire());
	}

	#sendState(
		webhook: SmartcarWebhook,
		vehicle: SmartcarVehicle,
		{ signals, content, names }: SignalReport,
		before: LastSent | null,
	): void {
		const changed = before ? findChanged(webhook, before, content) : [];
		if (before && changed.length === 0) return;
		const cause: Cause = before ? names.filter(({ code }) => changed.includes(code)) : 'first';
		const occasion = this.#occasion(webhook, vehicle);
		this.#deliver(webhook, describeState(occasion, cause, signals, this.#parts.wire()));
	}

	#sendErrors(
		webhook: SmartcarWebhook,
		vehicle: SmartcarVehicle,
		changes: Parameters<typeof describeErrors>[1],
	): void {
		const { wire } = this.#parts;
		const send = () =>
			this.#deliver(webhook, describeErrors(this.#occasion(webhook, vehicle), changes, wire()));
		if (changes.length > 0) send();
		if (changes.length > 0 && wire().webhookErrorsTwice) send();
	}

	#occasion(webhook: SmartcarWebhook, vehicle: SmartcarVehicle) {
		this.#sequence = Math.max(this.#sequence + 1, this.#parts.clock.now());
		return { webhook, vehicle, sequence: this.#sequence };
	}

	#deliver({ id: webhookId }: SmartcarWebhook, payload: Event): string {
		const { eventId, eventType } = payload;
		this.#parts.deliver({ id: eventId, webhookId, eventType, payload });
		return eventId;
	}
}
