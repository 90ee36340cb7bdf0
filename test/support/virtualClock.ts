import { clock } from '../../nodes/shared/clock';

/** When every test begins, for the nodes and for the simulators. */
export const START_MS = Date.parse('2026-11-21T22:30:00.000Z');

/**
 * Puts a clock into the nodes whose waits take no time: a sleep moves the clock on to its end. What the
 * nodes waited for is in `slept`.
 */
export class VirtualClock {
	private readonly real = { ...clock };
	private nowMs = START_MS;
	/** Seconds of every wait, in order. */
	readonly slept: number[] = [];

	/** @param onAdvance Told the seconds of every step, so that a simulator's clock can go along. */
	constructor(private readonly onAdvance: (seconds: number) => void = () => {}) {
		clock.now = () => this.nowMs;
		clock.sleep = async (milliseconds) => {
			this.slept.push(milliseconds / 1000);
			const end = this.nowMs + milliseconds;
			// lets answers that are on their way arrive before the time is over
			await new Promise((resolve) => setImmediate(resolve));
			if (end > this.nowMs) this.advance((end - this.nowMs) / 1000);
		};
	}

	advance(seconds: number): void {
		this.nowMs += seconds * 1000;
		this.onAdvance(seconds);
	}

	/** Sets our clock apart from the simulator's. */
	shift(seconds: number): void {
		this.nowMs += seconds * 1000;
	}

	get sleptSeconds(): number {
		return this.slept.reduce((sum, seconds) => sum + seconds, 0);
	}

	/** Gives the nodes their real clock back. */
	restore(): void {
		Object.assign(clock, this.real);
	}
}
