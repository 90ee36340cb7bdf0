import { randomUUID } from 'node:crypto';
import type { SimulatorClock } from '../shared/clock';
import { isoTime } from '../shared/clock';
import type { CommandPlan, FollowUpPlan } from './commandFaults';
import type { Commands, Order } from './commands';
import type { InvokeStatus, VolvoCommand } from './volvoTypes';

/** A car executes a command even when nobody reads the request: after this time. */
const SETTLES_UNREAD_AFTER_MS = 3000;
/** v1's page: "The invocation log is stored for one year." */
const KEPT_MS = 365 * 24 * 60 * 60 * 1000;

/** A v1 command, in progress or done. */
export interface Invocation {
	requestId: string;
	vin: string;
	command: VolvoCommand;
	invokeStatus: InvokeStatus;
	/** ISO 8601. */
	created: string;
	updated: string;
	expires: string;
}

interface Running {
	order: Order;
	plan: CommandPlan;
	followUp: FollowUpPlan;
	readsLeft: number;
	startedAtMs: number;
}

/** v1's log of commands, from `RUNNING` to their outcome. */
export class Invocations {
	readonly #clock: SimulatorClock;
	readonly #commands: Commands;
	#invocations = new Map<string, Invocation>();
	#running = new Map<string, Running>();

	constructor(clock: SimulatorClock, commands: Commands) {
		this.#clock = clock;
		this.#commands = commands;
	}

	list(): Invocation[] {
		this.settleUnread();
		return structuredClone([...this.#invocations.values()]);
	}

	/** A new request, as in the answer to the command. */
	start(order: Order, plan: CommandPlan): Invocation {
		const followUp = this.#commands.planFollowUp(order);
		const nowMs = this.#clock.now();
		const requestId = randomUUID();
		const invocation: Invocation = {
			requestId,
			vin: order.vin,
			command: order.command,
			invokeStatus: followUp.pendingStatus,
			created: isoTime(nowMs),
			updated: isoTime(nowMs),
			expires: isoTime(nowMs + KEPT_MS),
		};
		this.#invocations.set(requestId, invocation);
		const readsLeft = followUp.pendingReads;
		this.#running.set(requestId, { order, plan, followUp, readsLeft, startedAtMs: nowMs });
		if (followUp.settlesAtOnce) this.#settle(requestId);
		return structuredClone(this.#invocations.get(requestId) ?? invocation);
	}

	/** One read of a request. It may settle the request. */
	read(vin: string, requestId: string): Invocation | undefined {
		const known = this.#invocations.get(requestId);
		if (known?.vin !== vin || this.#clock.now() >= Date.parse(known.expires)) return undefined;
		const running = this.#running.get(requestId);
		if (running && running.readsLeft > 0) running.readsLeft -= 1;
		else this.#settle(requestId);
		return structuredClone(this.#invocations.get(requestId));
	}

	/** Settles requests that are due although nobody read them. Late and pending ones stay open. */
	settleUnread(): void {
		const latestStart = this.#clock.now() - SETTLES_UNREAD_AFTER_MS;
		const due = [...this.#running].filter(
			([, { readsLeft, startedAtMs }]) => readsLeft === 0 && startedAtMs <= latestStart,
		);
		due.forEach(([requestId]) => this.#settle(requestId));
	}

	reset(): void {
		this.#invocations.clear();
		this.#running.clear();
	}

	#settle(requestId: string): void {
		const running = this.#running.get(requestId);
		const invocation = this.#invocations.get(requestId);
		if (!running || !invocation) return;
		this.#running.delete(requestId);
		this.#commands.carryOut(running.order, running.plan);
		this.#invocations.set(requestId, {
			...invocation,
			invokeStatus: running.plan.status,
			updated: isoTime(this.#clock.now()),
		});
	}
}
