import { Alarms } from '../alarms';
import type { SimulatorClock } from '../clock';
import { isoTime } from '../clock';
import { NotFound } from '../input';
import { PostOffice } from './postOffice';
import type {
	DeliveryAttempt,
	DeliveryKind,
	MessageState,
	ShownMessage,
	WebhookMessage,
	WebhookSender,
} from './webhookMessage';
import { isAccepted } from './webhookMessage';

interface Entry {
	message: WebhookMessage;
	state: MessageState;
	attempts: number;
	/**
	 * Milliseconds since 1970. The next attempt is counted from it, however far the clock was
	 * advanced.
	 */
	dueAt: number;
}

const MESSAGES_KEPT = 20_000;

/** A vendor's deliveries: sent at once, and retried on its schedule until accepted. */
export class Outbox {
	readonly postOffice: PostOffice;
	readonly #clock: SimulatorClock;
	readonly #alarms: Alarms;
	readonly #sender: WebhookSender<string>;
	readonly #tasks = new Set<Promise<unknown>>();
	#entries = new Map<string, Entry>();
	#isHolding = false;

	constructor(clock: SimulatorClock, sender: WebhookSender<string>) {
		this.#clock = clock;
		this.#sender = sender;
		this.#alarms = new Alarms(clock);
		this.postOffice = new PostOffice(clock);
	}

	/** Sends it now, unless deliveries are held. */
	add(message: WebhookMessage): void {
		const dueAt = this.#clock.now();
		const entry: Entry = { message, state: 'held', attempts: 0, dueAt };
		this.#entries.set(message.id, entry);
		const [oldest] = this.#entries.keys();
		if (this.#entries.size > MESSAGES_KEPT && oldest !== undefined) this.#entries.delete(oldest);
		if (!this.#isHolding) void this.#attempt(entry);
	}

	/** From now on messages are held, until they are released. */
	hold(): void {
		this.#isHolding = true;
	}

	/** New messages are sent at once again. Held ones stay held. */
	endHold(): void {
		this.#isHolding = false;
	}

	get isHolding(): boolean {
		return this.#isHolding;
	}

	/** The first attempt of a held message. Throws `NotFound`. */
	async sendHeld(messageId: string): Promise<DeliveryAttempt | undefined> {
		const entry = this.#get(messageId);
		if (entry.state !== 'held') throw new NotFound(`Message ${messageId} is not held`);
		entry.dueAt = this.#clock.now();
		return await this.#attempt(entry);
	}

	/** Sends the same message again, whatever its outcome was. It is not retried. */
	async repeat(messageId: string): Promise<DeliveryAttempt | undefined> {
		const { message } = this.#get(messageId);
		return await this.#post(message, 'repeat', () => this.#sender.write(message));
	}

	/** Sends something that the vendor never sent, modelled on a message. */
	async forge(messageId: string, forgery: string): Promise<DeliveryAttempt | undefined> {
		const { message } = this.#get(messageId);
		return await this.#post(message, 'forgery', () => this.#sender.forge(message, forgery));
	}

	/** Oldest first. */
	messages(): ShownMessage[] {
		return [...this.#entries.values()].map(({ message, state, attempts, dueAt }) => ({
			...message,
			state,
			attempts,
			nextAttemptAt: state === 'waiting' ? isoTime(dueAt) : null,
		}));
	}

	/** Waits until no delivery is in progress. Retries that are not due yet stay. */
	async flush(): Promise<void> {
		while (this.#tasks.size > 0) await Promise.all(this.#tasks);
	}

	/** Forgets everything, including deliveries in progress. */
	reset(): void {
		this.#isHolding = false;
		this.#entries = new Map();
		this.#alarms.clear();
		this.postOffice.timeOut('Reset');
		this.postOffice.forget();
	}

	/** Stops for good. */
	stop(): void {
		this.reset();
		this.#alarms.stop();
	}

	#get(messageId: string): Entry {
		const entry = this.#entries.get(messageId);
		if (!entry) throw new NotFound(`There is no message ${messageId}`);
		return entry;
	}

	async #post(
		message: WebhookMessage,
		kind: DeliveryKind,
		write: () => ReturnType<WebhookSender<string>['write']>,
		number = 0,
	): Promise<DeliveryAttempt | undefined> {
		const url = this.#sender.urlOf(message);
		if (url === undefined) return undefined;
		const { id: messageId, webhookId, eventType } = message;
		const head = { messageId, webhookId, eventType, kind, number };
		return await this.#track(this.postOffice.send(url, write(), head));
	}

	async #track<Result>(task: Promise<Result>): Promise<Result> {
		this.#tasks.add(task);
		try {
			return await task;
		} finally {
			this.#tasks.delete(task);
		}
	}

	#attempt(entry: Entry): Promise<DeliveryAttempt | undefined> {
		entry.state = 'underWay';
		entry.attempts += 1;
		return this.#track(this.#carryOut(entry));
	}

	async #carryOut(entry: Entry): Promise<DeliveryAttempt | undefined> {
		const { message, attempts } = entry;
		const write = () => this.#sender.write(message);
		const attempt = await this.#post(message, 'delivery', write, attempts);
		if (attempt && isAccepted(attempt)) entry.state = 'delivered';
		else if (attempt) this.#tryAgain(entry);
		else entry.state = 'dropped';
		return attempt;
	}

	#tryAgain(entry: Entry): void {
		const waitSeconds = this.#sender.retryWaitsSeconds[entry.attempts - 1];
		const isForgotten = this.#entries.get(entry.message.id) !== entry;
		if (waitSeconds === undefined || isForgotten) {
			entry.state = 'dropped';
			return;
		}
		entry.state = 'waiting';
		entry.dueAt += waitSeconds * 1000;
		this.#alarms.at(entry.dueAt, () => void this.#attempt(entry));
	}
}
