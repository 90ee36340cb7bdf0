import type { SimulatorClock } from '../shared/clock';

/** How often the clock, which tests may advance, is checked. */
const LOOK_EVERY_MS = 10;

/** Answers that are due at a time of the simulator's clock. They do not keep the process alive. */
export class LateAnswers {
	readonly #clock: SimulatorClock;
	/** Called when the wait is abandoned. */
	readonly #waiting = new Map<NodeJS.Timeout, () => void>();

	constructor(clock: SimulatorClock) {
		this.#clock = clock;
	}

	/** Runs `finish` after this many seconds, or `abandon` if `stop` is called first. */
	after(seconds: number, finish: () => void, abandon: () => void): void {
		const dueAt = this.#clock.now() + seconds * 1000;
		const timer = setInterval(() => {
			if (this.#clock.now() < dueAt) return;
			clearInterval(timer);
			this.#waiting.delete(timer);
			finish();
		}, LOOK_EVERY_MS);
		timer.unref();
		this.#waiting.set(timer, abandon);
	}

	stop(): void {
		for (const [timer, abandon] of this.#waiting) {
			clearInterval(timer);
			abandon();
		}
		this.#waiting.clear();
	}
}
