import { randomUUID } from 'node:crypto';
import type { Alarms } from '../shared/alarms';
import type { SimulatorClock } from '../shared/clock';
import type { FaultSource } from '../shared/faults';
import { InvalidInput, NotFound } from '../shared/input';
import type { AttemptFault, AttemptFaultName, AttemptOutcome, AttemptPlan } from './attemptFaults';
import { ATTEMPT_FAULTS } from './attemptFaults';
import type { EventLog } from './eventLog';
import type { SeamStore } from './seamStore';
import type { SeamActionAttempt, SeamActionType, SeamDevice } from './seamTypes';
import { UNCONFIRMING_DEVICE_TYPES } from './seed';

/** A lock executes a command even when nobody reads the attempt: after this time. */
const SETTLES_UNREAD_AFTER_MS = 3000;

interface RunningAttempt {
	attemptId: string;
	device: SeamDevice;
	plan: AttemptPlan;
	startedAtMs: number;
}

/** The device's own error if it has one, as an offline lock does. */
function errorOfUnreachable(device: SeamDevice): { type: string; message: string } {
	const [error] = device.errors;
	return error
		? { type: error.error_code, message: error.message }
		: { type: 'device_disconnected', message: 'Device is disconnected' };
}

function usualOutcome(device: SeamDevice, isReachable: boolean): AttemptOutcome {
	if (!isReachable) return { status: 'error', error: errorOfUnreachable(device) };
	const isConfirmed = !UNCONFIRMING_DEVICE_TYPES.has(device.device_type);
	return { status: 'success', result: { was_confirmed_by_device: isConfirmed }, moves: true };
}

/** How an attempt that moves no bolt ends. The result is read at that moment. */
export type OtherEnding =
	{ result: () => SeamActionAttempt['result'] } | { error: { type: string; message: string } };

/** Lock and unlock commands in progress, from `pending` to their outcome. */
export class ActionAttempts {
	readonly #store: SeamStore;
	readonly #clock: SimulatorClock;
	readonly #alarms: Alarms;
	readonly #events: EventLog;
	readonly #faults: FaultSource<AttemptFaultName>;
	#workspaces = new Map<string, string>();
	#running = new Map<string, RunningAttempt>();

	constructor(
		store: SeamStore,
		clock: SimulatorClock,
		alarms: Alarms,
		events: EventLog,
		faults: FaultSource<AttemptFaultName>,
	) {
		this.#store = store;
		this.#clock = clock;
		this.#alarms = alarms;
		this.#events = events;
		this.#faults = faults;
	}

	list(): readonly SeamActionAttempt[] {
		this.settleUnread();
		return structuredClone(this.#store.attempts);
	}

	/** A new attempt, as in the answer to the command. */
	start(device: SeamDevice, action: SeamActionType, isReachable: boolean): SeamActionAttempt {
		const plan = this.#plan(device, isReachable);
		const attempt = this.startOther(device.workspace_id, action);
		const attemptId = attempt.action_attempt_id;
		const startedAtMs = this.#clock.now();
		this.#running.set(attemptId, { attemptId, device, plan, startedAtMs });
		this.#alarms.at(startedAtMs + SETTLES_UNREAD_AFTER_MS, () => this.settleUnread());
		return plan.settlesAtOnce ? this.settle(attemptId, plan.outcome) : attempt;
	}

	/** An attempt that `endOther` ends. */
	startOther(
		workspaceId: string,
		action_type: SeamActionAttempt['action_type'],
	): SeamActionAttempt {
		const attempt: SeamActionAttempt = {
			action_attempt_id: randomUUID(),
			action_type,
			status: 'pending',
			result: null,
			error: null,
		};
		this.#store.addAttempt(attempt);
		this.#workspaces.set(attempt.action_attempt_id, workspaceId);
		return attempt;
	}

	endOther(attemptId: string, ending: OtherEnding): void {
		const attempt = this.#store.attempts.find((each) => each.action_attempt_id === attemptId);
		if (!attempt) return;
		const ended: SeamActionAttempt =
			'error' in ending
				? { ...attempt, status: 'error', error: ending.error }
				: { ...attempt, status: 'success', result: ending.result() };
		this.#store.replaceAttempt(ended);
	}

	isIn(workspaceId: string, attemptId: string): boolean {
		return this.#workspaces.get(attemptId) === workspaceId;
	}

	/** One read of an attempt. It may settle the attempt. */
	read(attemptId: string): void {
		const running = this.#running.get(attemptId);
		if (!running) return;
		if (running.plan.pendingReads > 0) running.plan.pendingReads -= 1;
		else this.settle(attemptId, running.plan.outcome);
	}

	/** Settles a pending attempt now. Throws `NotFound` or `InvalidInput`. */
	settle(attemptId: string, outcome: AttemptOutcome): SeamActionAttempt {
		const attempt = this.#store.attempts.find((each) => each.action_attempt_id === attemptId);
		if (!attempt) throw new NotFound(`There is no action attempt ${attemptId}`);
		const running = this.#running.get(attemptId);
		if (!running) throw new InvalidInput(`Action attempt ${attemptId} is settled already`);
		this.#running.delete(attemptId);
		const { status, result, error } = { result: null, error: null, ...outcome };
		const settled: SeamActionAttempt = { ...attempt, status, result, error };
		this.#store.replaceAttempt(settled);
		this.#logEvents(settled, running.device, outcome);
		return settled;
	}

	/**
	 * Settles attempts that are due although nobody read them. Late and pending attempts stay open.
	 */
	settleUnread(): void {
		const latestStart = this.#clock.now() - SETTLES_UNREAD_AFTER_MS;
		const due = [...this.#running.values()].filter(
			({ plan, startedAtMs }) => plan.pendingReads === 0 && startedAtMs <= latestStart,
		);
		due.forEach(({ attemptId, plan }) => this.settle(attemptId, plan.outcome));
	}

	reset(): void {
		this.#workspaces.clear();
		this.#running.clear();
	}

	#plan(device: SeamDevice, isReachable: boolean): AttemptPlan {
		const usual: AttemptPlan = {
			settlesAtOnce: false,
			pendingReads: 0,
			outcome: usualOutcome(device, isReachable),
		};
		const fault = this.#faults.take(
			ATTEMPT_FAULTS,
			({ deviceId }) => deviceId === undefined || deviceId === device.device_id,
		);
		if (!fault) return usual;
		const definition: AttemptFault = ATTEMPT_FAULTS[fault.name];
		return definition.alter(usual, fault.parameters);
	}

	#logEvents(attempt: SeamActionAttempt, { device_id }: SeamDevice, outcome: AttemptOutcome): void {
		if (!this.#store.findDevice(device_id)) return;
		const { action_attempt_id, action_type, status } = attempt;
		if (outcome.moves) {
			const event_type = action_type === 'LOCK_DOOR' ? 'lock.locked' : 'lock.unlocked';
			this.#events.add({ event_type, device_id, method: 'remote', action_attempt_id });
		}
		const ending = status === 'success' ? 'succeeded' : 'failed';
		this.#events.add({
			event_type: `action_attempt.${action_type.toLowerCase()}.${ending}`,
			device_id,
			action_attempt_id,
			action_type,
			status,
		});
	}
}
