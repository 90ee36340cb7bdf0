import { clock } from '../../basics/clock';
import { CallMeter } from '../../http/request';
import { bookCalls, callsLeft, callsLeftOf, type CallBudget } from './budget';
import type { TriggerState } from '../triggerState';

/**
 * A meter that books each call as it is made. So readings that run in parallel share the budget.
 * @param deviceId The device that the calls are for. `undefined` for none, such as a list.
 */
export function budgetMeter(state: TriggerState, budget: CallBudget, deviceId?: string): CallMeter {
	return new CallMeter({
		onCall: (atMs) => bookCalls(state, budget, deviceId, 1, atMs),
		isSpent: () => {
			const nowMs = clock.now();
			const record = deviceId === undefined ? undefined : state.devices.get(deviceId);
			return callsLeft(state, budget, nowMs) <= 0 || callsLeftOf(record, budget, nowMs) <= 0;
		},
	});
}
