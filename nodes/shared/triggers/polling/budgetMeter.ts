import { clock } from '../../basics/clock';
import { bookCalls, callsLeft, callsLeftOf, type CallBudget } from './budget';
import type { TriggerState } from '../triggerState';
import type { CallMeter } from '../../http/request';

/** Books each call as it is made. So readings that run in parallel share the budget. */
export class BudgetMeter implements CallMeter {
	lastSentAtMs?: number;
	private made = 0;

	/** @param deviceId The device that the calls are for. `undefined` for none, such as a list. */
	constructor(
		private readonly state: TriggerState,
		private readonly budget: CallBudget,
		private readonly deviceId?: string,
	) {}

	get calls(): number {
		return this.made;
	}

	set calls(calls: number) {
		bookCalls(this.state, this.budget, this.deviceId, calls - this.made, clock.now());
		this.made = calls;
	}

	get isSpent(): boolean {
		const nowMs = clock.now();
		const record = this.deviceId === undefined ? undefined : this.state.devices.get(this.deviceId);
		return (
			callsLeft(this.state, this.budget, nowMs) <= 0 || callsLeftOf(record, this.budget, nowMs) <= 0
		);
	}
}
