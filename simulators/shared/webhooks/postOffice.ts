import type { SimulatorClock } from '../clock';
import { isoTime } from '../clock';
import type { OutgoingDelivery } from './post';
import { post } from './post';
import type { DeliveryAttempt } from './webhookMessage';

/** Both vendors wait this long for an answer. */
const TIME_OUT_MS = 15_000;
const ATTEMPTS_KEPT = 20_000;

export type AttemptHead = Pick<
	DeliveryAttempt,
	'messageId' | 'webhookId' | 'eventType' | 'kind' | 'number'
>;

function reasonOf(error: unknown, signal: AbortSignal): string {
	if (signal.aborted) return String(signal.reason);
	const { code, message } = Object(error) as { code?: string; message?: string };
	return code ?? message ?? String(error);
}

/** Sends deliveries, and logs the outcome of each. */
export class PostOffice {
	readonly #clock: SimulatorClock;
	readonly #underWay = new Map<AbortController, Promise<unknown>>();
	#attempts: DeliveryAttempt[] = [];

	constructor(clock: SimulatorClock) {
		this.#clock = clock;
	}

	/** Never throws: an attempt without an answer contains the reason. */
	async send(url: string, delivery: OutgoingDelivery, head: AttemptHead): Promise<DeliveryAttempt> {
		const attempt: DeliveryAttempt = {
			...head,
			url,
			at: isoTime(this.#clock.now()),
			status: null,
			responseBody: '',
			error: null,
		};
		this.#keep(attempt);
		const canceller = new AbortController();
		const timer = setTimeout(() => canceller.abort('Timed out'), TIME_OUT_MS).unref();
		const answered = post(url, delivery, canceller.signal)
			.then(({ status, body }) => Object.assign(attempt, { status, responseBody: body }))
			.catch((error: unknown) => (attempt.error = reasonOf(error, canceller.signal)));
		this.#underWay.set(canceller, answered);
		await answered;
		this.#underWay.delete(canceller);
		clearTimeout(timer);
		return attempt;
	}

	/** Ends the wait for all outstanding answers. Returns how many there were. */
	timeOut(reason = 'Timed out'): number {
		const cancellers = [...this.#underWay.keys()];
		cancellers.forEach((canceller) => canceller.abort(reason));
		return cancellers.length;
	}

	/** The latest, at most so many, in the order of sending. */
	attempts(count = ATTEMPTS_KEPT): readonly DeliveryAttempt[] {
		return structuredClone(this.#attempts.slice(-count));
	}

	forget(): void {
		this.#attempts = [];
	}

	#keep(attempt: DeliveryAttempt): void {
		this.#attempts.push(attempt);
		if (this.#attempts.length > ATTEMPTS_KEPT) this.#attempts.shift();
	}
}
