import { z } from 'zod';
import type { SimulatorClock } from '../clock';
import { InvalidInput, NotFound, readInput } from '../input';
import { BURST_TRAITS, planBurst, runBounded } from './burst';
import { Outbox } from './outbox';
import { createRandom, DEFAULT_SEED, shuffle } from './seededRandom';
import type {
	DeliveryAttempt,
	ShownMessage,
	WebhookMessage,
	WebhookSender,
} from './webhookMessage';
import { isAccepted } from './webhookMessage';

const RELEASE = z
	.object({
		order: z.enum(['given', 'reversed', 'shuffled']).default('given'),
		/** Only these, in this order. Default: all that are held, and the hold ends. */
		messageIds: z.array(z.string()).optional(),
		seed: z.number().int().default(DEFAULT_SEED),
	})
	.strict();

const REDELIVER = z
	.object({
		/** Of the messages so far, the newest of them last. */
		last: z.number().int().positive().default(1),
		webhookId: z.string().optional(),
	})
	.strict();

export interface BurstReport {
	/** The number of events. */
	messages: number;
	/** Requests sent for them, including repeats. */
	deliveries: number;
	accepted: number;
	/** Message ids in the order of sending. */
	order: string[];
}

export interface WebhookDeskParts<Forgery extends string> {
	clock: SimulatorClock;
	sender: WebhookSender<Forgery>;
	/** One change of a burst. Throws `InvalidInput` or `NotFound`. */
	change: (change: unknown) => unknown;
}

const ORDERS = {
	given: (ids: string[]) => ids,
	reversed: (ids: string[]) => ids.toReversed(),
	shuffled: (ids: string[], seed: number) => shuffle(ids, createRandom(seed)),
} as const;

/** All actions on a vendor's deliveries, for tests and people. */
export class WebhookDesk<Forgery extends string = string> {
	readonly #outbox: Outbox;
	readonly #parts: WebhookDeskParts<Forgery>;
	/** Messages of the burst in preparation. */
	#collected: string[] | undefined;

	constructor(parts: WebhookDeskParts<Forgery>) {
		this.#parts = parts;
		this.#outbox = new Outbox(parts.clock, parts.sender);
	}

	/** Delivers an event to one webhook. */
	deliver(message: WebhookMessage): void {
		this.#collected?.push(message.id);
		this.#outbox.add(message);
	}

	/** A request that is not an event, such as a challenge. Sent once. */
	get postOffice() {
		return this.#outbox.postOffice;
	}

	/** The latest requests that were sent (default: all) with their outcomes, oldest first. */
	attempts(count?: number): readonly DeliveryAttempt[] {
		return this.#outbox.postOffice.attempts(count);
	}

	forgetAttempts(): void {
		this.#outbox.postOffice.forget();
	}

	/** Every event for every webhook, oldest first. */
	messages(): readonly ShownMessage[] {
		return structuredClone(this.#outbox.messages());
	}

	/** Waits until no delivery is in progress. Retries that are not due yet stay. */
	flush(): Promise<void> {
		return this.#outbox.flush();
	}

	/** The vendor stops waiting for outstanding answers. Returns how many there were. */
	timeOut(): number {
		return this.#outbox.postOffice.timeOut();
	}

	/** From now on nothing is sent until `release`. */
	hold(): void {
		this.#outbox.hold();
	}

	held(): string[] {
		return this.#outbox
			.messages()
			.filter(({ state }) => state === 'held')
			.map(({ id }) => id);
	}

	/** Sends what is held, one after the other. Returns the ids in that order. Throws `NotFound`. */
	async release(wanted: z.input<typeof RELEASE> = {}): Promise<string[]> {
		const { order, messageIds, seed } = readInput(RELEASE, wanted);
		const ids = ORDERS[order](messageIds ?? this.held(), seed);
		if (messageIds === undefined) this.#outbox.endHold();
		for (const id of ids) await this.#outbox.sendHeld(id);
		return ids;
	}

	/** Repeats the last messages, as a vendor that delivers at least once may. */
	async redeliver(wanted: z.input<typeof REDELIVER> = {}): Promise<DeliveryAttempt[]> {
		const { last, webhookId } = readInput(REDELIVER, wanted);
		const messages = this.#outbox
			.messages()
			.filter((message) => webhookId === undefined || message.webhookId === webhookId)
			.slice(-last);
		const attempts: DeliveryAttempt[] = [];
		for (const { id } of messages) attempts.push(...toList(await this.#outbox.repeat(id)));
		return attempts;
	}

	/**
	 * Something that the vendor never sent: a new event modelled on a message, by default on the last
	 * one. Throws `InvalidInput` or `NotFound`.
	 */
	async forge(forgery: Forgery, messageId?: string): Promise<DeliveryAttempt> {
		const { forgeries } = this.#parts.sender;
		if (!forgeries.includes(forgery)) {
			throw new InvalidInput(`Unknown forgery. Known: ${forgeries.join(', ')}`);
		}
		const pattern = messageId ?? this.#outbox.messages().at(-1)?.id;
		if (pattern === undefined) {
			throw new InvalidInput('There is no message yet to model a forgery on');
		}
		const attempt = await this.#outbox.forge(pattern, forgery);
		if (!attempt) throw new NotFound('The webhook of that message is gone');
		return attempt;
	}

	/**
	 * Makes all the changes, then delivers the resulting messages as fast as the receiver answers.
	 */
	async burst(
		changes: readonly unknown[],
		wanted: z.input<typeof BURST_TRAITS> = {},
	): Promise<BurstReport> {
		const traits = readInput(BURST_TRAITS, wanted);
		const ids = this.#collect(changes, traits.stepSeconds);
		const order = planBurst(ids, traits);
		const seen = new Set<string>();
		const attempts: DeliveryAttempt[] = [];
		await runBounded(order, traits.concurrency, async (id) => {
			const isRepeat = seen.has(id);
			seen.add(id);
			const sent = isRepeat ? this.#outbox.repeat(id) : this.#outbox.sendHeld(id);
			attempts.push(...toList(await sent));
		});
		const accepted = attempts.filter(isAccepted).length;
		return { messages: ids.length, deliveries: attempts.length, accepted, order };
	}

	reset(): void {
		this.#outbox.reset();
	}

	/** Stops for good. */
	stop(): void {
		this.#outbox.stop();
	}

	/** The messages of the changes, held. */
	#collect(changes: readonly unknown[], stepSeconds: number): string[] {
		const wasHolding = this.#outbox.isHolding;
		const collected: string[] = [];
		this.#outbox.hold();
		this.#collected = collected;
		try {
			for (const change of changes) {
				this.#parts.change(change);
				this.#parts.clock.advance(stepSeconds);
			}
		} finally {
			this.#collected = undefined;
			if (!wasHolding) this.#outbox.endHold();
		}
		return collected;
	}
}

const toList = (attempt: DeliveryAttempt | undefined): DeliveryAttempt[] =>
	attempt ? [attempt] : [];
