import { nextMidnight, type CallBudget } from '../../nodes/shared/triggers/polling/budget';
import type { DeviceRecord, TriggerState } from '../../nodes/shared/triggers/triggerState';

export const NOON = Date.parse('2026-11-21T12:00:00.000Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A budget of ten calls a minute. */
export const budgetOf = (change: Partial<CallBudget> = {}): CallBudget => ({
	limit: { calls: 10, spanMs: MINUTE },
	callSpacingMs: (deviceCount) => deviceCount * MINUTE,
	quotaEndsAt: nextMidnight,
	...change,
});

/** A trigger's state with these devices. */
export const watching = (
	devices: Record<string, DeviceRecord>,
	more: Partial<TriggerState> = {},
): TriggerState => ({ ...more, devices: new Map(Object.entries(devices)) });
