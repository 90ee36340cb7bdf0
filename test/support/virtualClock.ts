import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import { clock, type Clock } from '../../nodes/shared/basics/clock';

/** When every test begins, for the nodes and for the simulators. */
export const START_MS = Date.parse('2026-11-21T22:30:00.000Z');

const LEFT = 'http.client.request.start';
const ARRIVED = 'http.server.request.start';
/** Turns of the event loop. A request that nobody listens for never arrives. */
const LONGEST_WAY = 100;

/**
 * Gives the nodes a clock whose waits take no time: a sleep advances the clock to its end. `slept`
 * contains the nodes' waits.
 */
export class VirtualClock {
	private readonly real: Clock;
	private nowMs = START_MS;
	private onTheirWay = 0;
	/** Seconds of every wait, in order. */
	readonly slept: number[] = [];

	/**
	 * @param onAdvance Called with the seconds of every step, so that a simulator's clock can follow.
	 * @param nodesClock The clock of the nodes that run. The build has its own.
	 */
	constructor(
		private readonly onAdvance: (seconds: number) => void = () => {},
		private readonly nodesClock: Clock = clock,
	) {
		this.real = { ...nodesClock };
		subscribe(LEFT, this.onLeft);
		subscribe(ARRIVED, this.onArrived);
		nodesClock.now = () => this.nowMs;
		nodesClock.sleep = async (milliseconds) => {
			this.slept.push(milliseconds / 1000);
			const end = this.nowMs + milliseconds;
			await this.standStill();
			if (end > this.nowMs) this.advance((end - this.nowMs) / 1000);
		};
	}

	private readonly onLeft = () => void this.onTheirWay++;
	private readonly onArrived = () => void (this.onTheirWay = Math.max(0, this.onTheirWay - 1));

	/** Lets requests in flight arrive: minutes of this clock are no time on the wire. */
	private async standStill(): Promise<void> {
		let turns = 0;
		do {
			await new Promise((resolve) => setImmediate(resolve));
		} while (this.onTheirWay > 0 && ++turns < LONGEST_WAY);
		this.onTheirWay = 0;
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

	/** Restores the nodes' real clock. */
	restore(): void {
		unsubscribe(LEFT, this.onLeft);
		unsubscribe(ARRIVED, this.onArrived);
		Object.assign(this.nodesClock, this.real);
	}
}
