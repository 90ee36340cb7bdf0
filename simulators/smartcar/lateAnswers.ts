import type { SimulatorClock } from '../shared/clock';

/** How often the clock, which tests may move, is looked at. */
const LOOK_EVERY_MS = 10;

/** Answers that are due at a time of the simulator's clock. They keep no process alive. */
export class LateAnswers {
	readonly #clock: SimulatorClock;
	/** With what ends a wait that comes to nothing. */
	readonly #waiting = new Map<NodeJS.Timeout, () => void>();

	constructor(clock: SimulatorClock) {
		this.#clock = clock;
	}

	/** Runs `finish` once so many seconds have passed, or `abandon` if `stop` comes first. */
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
