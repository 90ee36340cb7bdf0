import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { Rig } from '../support/rig';
import { Poller } from '../support/poller';
import type { Chance } from './chance';
import { Journal, ShownStates, type Counts, type PartStates } from './journal';

const MINUTES_A_DAY = 24 * 60;

/** A fault, and whether an answer with status 200 under it is not a reading. */
export interface SoakFault {
	name: string;
	isGarbage?: boolean;
	/** Its probability relative to the others. */
	isRare?: boolean;
}

/** Faults on the way to every service. Requests that hang would take real time. */
export const ON_THE_WAY: SoakFault[] = [
	{ name: 'internalError' },
	{ name: 'badGateway' },
	{ name: 'unavailable' },
	{ name: 'gatewayTimeout' },
	{ name: 'rateLimited' },
	{ name: 'dropBeforeRead' },
	{ name: 'dropAfterRead' },
	{ name: 'executeThen503' },
	{ name: 'notJson', isGarbage: true },
	{ name: 'emptyBody', isGarbage: true },
	{ name: 'jsonArray', isGarbage: true },
	{ name: 'truncated', isGarbage: true },
];

/** The common part of the services' homes. */
interface SoakRig extends Pick<Rig<SoakSimulator>, 'engine' | 'time' | 'simulator' | 'close'> {
	signIn?(): void;
}

interface SoakSimulator {
	url: string;
	clock: { advance(seconds: number): void; now(): number };
	requests: {
		all(): ReadonlyArray<{ method: string; path: string; status: number | null }>;
		clear(): void;
	};
	faults: { set(fault: { name: string; times?: number }): void; clear(): void };
	reset(): void;
	close(): Promise<void>;
}

/** Devices of one service under one polling trigger. */
export interface PolledWorld {
	name: string;
	rig: SoakRig;
	trigger: string;
	parameters: IDataObject;
	minutesBetweenPolls: number;
	faults: SoakFault[];
	/** A change at a device. If the service logs it, it is expected at once. */
	happen(chance: Chance, journal: Journal): void;
	/** What a request with status 200 showed of which devices. */
	shownBy(path: string): Array<[deviceId: string, states: PartStates]>;
	/** Calls so far against the service's limit. */
	budget?: Budget;
}

export interface Budget {
	/** Of what, as `Volvo, calls a day`. */
	name: string;
	limit: number;
	/** The most so far. */
	most: number;
	note(paths: readonly string[], nowMs: number): void;
}

export interface SoakReport {
	name: string;
	polls: number;
	faults: number;
	restarts: number;
	crashes: number;
	jumps: number;
	counts: Counts;
	complaints: string[];
	budget?: Pick<Budget, 'name' | 'limit' | 'most'>;
}

/**
 * Polls a world for days under every kind of fault, and compares what is emitted with what was
 * shown.
 */
export class PolledSoak {
	private readonly journal = new Journal();
	private readonly shown = new ShownStates(this.journal);
	private readonly rig: SoakRig;
	private readonly poller: Poller;
	private shiftedSeconds = 0;
	private readonly report = { polls: 0, faults: 0, restarts: 0, crashes: 0, jumps: 0 };

	constructor(
		private readonly world: PolledWorld,
		private readonly chance: Chance,
	) {
		this.rig = world.rig;
		const node = this.rig.engine.node(world.trigger, world.parameters);
		this.poller = new Poller(this.rig.engine, node);
	}

	async run(days: number): Promise<SoakReport> {
		await this.poll('well');
		const beats = Math.ceil((days * MINUTES_A_DAY) / this.world.minutesBetweenPolls);
		for (let beat = 0; beat < beats; beat++) {
			this.live();
			await this.pollByChance();
		}
		this.shiftBack();
		// long enough to read every device again, whatever was paused
		for (let beat = 0; beat < 12; beat++) {
			this.rig.time.advance((MINUTES_A_DAY * 60) / 4);
			await this.poll('well');
		}
		const { name, budget } = this.world;
		return {
			name,
			...this.report,
			counts: this.journal.close(),
			complaints: this.journal.complaints,
			budget,
		};
	}

	/** The time until the next poll, during which events happen. */
	private live(): void {
		const { chance, rig, world } = this;
		let secondsLeft = world.minutesBetweenPolls * 60;
		while (chance.is(0.4) && secondsLeft > 20) {
			const seconds = 5 + chance.number(secondsLeft - 10);
			rig.time.advance(seconds);
			secondsLeft -= seconds;
			world.happen(chance, this.journal);
		}
		rig.time.advance(secondsLeft);
		this.moveClock();
	}

	/** Our clock is set wrong or right, or the machine sleeps for hours. */
	private moveClock(): void {
		const { chance, rig, report } = this;
		if (chance.is(0.02)) {
			report.jumps++;
			if (this.shiftedSeconds !== 0) return this.shiftBack();
			this.shiftedSeconds = chance.number(4 * 3600) - 2 * 3600;
			rig.time.shift(this.shiftedSeconds);
		}
		if (chance.is(0.003)) {
			report.jumps++;
			rig.time.advance(3600 + chance.number(9 * 3600));
		}
	}

	private shiftBack(): void {
		this.rig.time.shift(-this.shiftedSeconds);
		this.shiftedSeconds = 0;
	}

	private async pollByChance(): Promise<void> {
		const { chance, report } = this;
		const isGarbage = this.setFault();
		if (chance.is(0.02)) return await this.poll('endsBeforeSaving', isGarbage);
		if (chance.is(0.01)) return await this.poll('endsAfterSaving', isGarbage);
		await this.poll('well', isGarbage);
		if (chance.is(0.02)) {
			report.restarts++;
			this.restart();
		}
	}

	/** @returns Whether every 200 is garbage while the fault is set. */
	private setFault(): boolean {
		const { chance, rig, world, report } = this;
		if (!chance.is(0.1)) return false;
		const { name, isGarbage = false, isRare } = chance.oneOf(world.faults);
		if (isRare && !chance.is(0.1)) return false;
		report.faults++;
		const isLong = isGarbage || chance.is(0.5);
		rig.simulator.faults.set({ name, ...(isLong ? {} : { times: 1 + chance.number(4) }) });
		return isGarbage;
	}

	private async poll(
		fate: 'well' | 'endsBeforeSaving' | 'endsAfterSaving',
		isGarbage = false,
	): Promise<void> {
		const { rig, journal, poller, report } = this;
		// tokens of a test's clock expire soon
		rig.signIn?.();
		rig.simulator.requests.clear();
		const before = poller.state;
		const items = await this.itemsOf();
		rig.simulator.faults.clear();
		report.polls++;
		const requests = rig.simulator.requests.all();
		this.world.budget?.note(
			requests.map(({ path }) => path),
			rig.simulator.clock.now(),
		);
		if (fate !== 'well') report.crashes++;
		if (fate === 'endsBeforeSaving') return this.restart(before);
		// n8n stores nothing when a poll throws, so nothing was shown
		if (items !== undefined && !isGarbage) this.look(requests);
		if (fate === 'well') return journal.emit(items ?? []);
		journal.miss(items ?? []);
		this.restart();
	}

	private async itemsOf(): Promise<IDataObject[] | undefined> {
		try {
			return (await this.poller.poll()) ?? [];
		} catch {
			return undefined;
		}
	}

	private look(requests: ReturnType<SoakSimulator['requests']['all']>): void {
		for (const { path, status } of requests) {
			if (status !== 200) continue;
			for (const [deviceId, states] of this.world.shownBy(path)) this.shown.look(deviceId, states);
		}
	}

	/** A new process remembers nothing of the previous one. */
	private restart(state = this.poller.state): void {
		this.poller.node.id = randomUUID();
		this.poller.restart(state);
	}
}
