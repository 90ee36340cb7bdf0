import { DAY_MS, isoOf } from '../../basics/times';
import type { DeviceRecord, TriggerState } from '../triggerState';
import { isPausedAt } from './pauses';

/** How many calls a trigger may make. All times are Unix time in milliseconds. */
export interface CallBudget {
	/** For all devices together. Resets at midnight UTC. */
	callsPerDay?: number;
	/** For each device. Resets on the first of the month, UTC. */
	callsPerDeviceAndMonth?: number;
	/** At most this many requests in any span of this length. */
	limit: { calls: number; spanMs: number };
	/** The shortest time between two readings of a device, for each call of a reading. */
	callSpacingMs(deviceCount: number): number;
	/** When a used-up quota resets, if the answer does not say. */
	quotaEndsAt(nowMs: number): number;
}

/** A call that was refused because of an expired token, and one more. */
const MOST_REPEATED_CALLS = 2;

/**
 * The devices that may be read now, the longest unread first.
 * @param callsPerReading What one reading normally costs.
 */
export function planReadings(
	state: TriggerState,
	budget: CallBudget,
	deviceIds: readonly string[],
	callsPerReading: number,
	nowMs: number,
): string[] {
	for (const id of deviceIds) {
		const record = state.devices.get(id);
		const spacingMs = spacingOf(record, budget, deviceIds.length, nowMs);
		// a later due time comes from a smaller budget or a wrong clock
		const latestMs = nowMs + (callsPerReading + MOST_REPEATED_CALLS) * spacingMs;
		if (record?.due !== undefined && record.due > latestMs) record.due = nowMs;
	}
	const dueOf = (id: string) => {
		const record = state.devices.get(id) ?? {};
		return Math.max(record.due ?? 0, isPausedAt(record, nowMs) ? (record.pausedUntil ?? 0) : 0);
	};
	const mayBeRead = (id: string) =>
		dueOf(id) <= nowMs && callsLeftOf(state.devices.get(id), budget, nowMs) >= callsPerReading;
	return deviceIds
		.filter(mayBeRead)
		.sort((a, b) => dueOf(a) - dueOf(b))
		.slice(0, Math.max(0, Math.floor(callsLeft(state, budget, nowMs) / callsPerReading)));
}

/** How many calls may be made now, by the daily budget and the service's limit. */
export function callsLeft(state: TriggerState, budget: CallBudget, nowMs: number): number {
	const { calls, spanMs } = budget.limit;
	const recent = recentCalls(state, spanMs, nowMs);
	const inSpan = calls - recent.reduce((sum, [, count]) => sum + count, 0);
	if (budget.callsPerDay === undefined) return inSpan;
	const today = state.day === dayOf(nowMs) ? (state.calls ?? 0) : 0;
	return Math.min(inSpan, budget.callsPerDay - today);
}

/** How many calls for one device are left this month. */
export function callsLeftOf(
	record: DeviceRecord | undefined,
	{ callsPerDeviceAndMonth = Infinity }: CallBudget,
	nowMs: number,
): number {
	return callsPerDeviceAndMonth - spentIn(monthOf(nowMs), record);
}

/**
 * Books calls, including refused ones.
 * @param deviceId The device that the calls were for. `undefined` for none, such as a list.
 */
export function bookCalls(
	state: TriggerState,
	budget: CallBudget,
	deviceId: string | undefined,
	calls: number,
	nowMs: number,
): void {
	const record = deviceId === undefined ? undefined : state.devices.get(deviceId);
	if (record !== undefined && budget.callsPerDeviceAndMonth !== undefined) {
		const month = monthOf(nowMs);
		record.spent = [month, spentIn(month, record) + calls];
	}
	if (budget.callsPerDay !== undefined) {
		state.calls = calls + (state.day === dayOf(nowMs) ? (state.calls ?? 0) : 0);
		state.day = dayOf(nowMs);
	}
	const recent = recentCalls(state, budget.limit.spanMs, nowMs);
	const last = recent.at(-1);
	if (last?.[0] === nowMs) last[1] += calls;
	else recent.push([nowMs, calls]);
	state.recent = recent;
}

/** Delays the next reading of a device until its share of the budget has grown back. */
export function bookReading(
	state: TriggerState,
	budget: CallBudget,
	deviceId: string,
	deviceCount: number,
	calls: number,
	nowMs: number,
): void {
	const record = state.devices.get(deviceId);
	if (record === undefined) return;
	const spacingMs = spacingOf(record, budget, deviceCount, nowMs);
	// polls run at fixed times, so the delay of a late poll may be made up once. The first reading
	// may also be followed by another, because people test a trigger right after publishing it
	const from = Math.max(record.due ?? 0, nowMs - spacingMs);
	record.due = Math.ceil(from + Math.max(1, calls) * spacingMs);
}

/** Spreads the remaining calls of a month over the rest of the month. */
function spacingOf(
	record: DeviceRecord | undefined,
	budget: CallBudget,
	deviceCount: number,
	nowMs: number,
): number {
	const left = Math.max(1, callsLeftOf(record, budget, nowMs));
	return Math.max(budget.callSpacingMs(deviceCount), (nextMonth(nowMs) - nowMs) / left);
}

/** Calls in the future were booked by a wrong clock. */
function recentCalls({ recent = [] }: TriggerState, spanMs: number, nowMs: number) {
	return recent.filter(([atMs]) => atMs > nowMs - spanMs && atMs <= nowMs);
}

export function nextMidnight(nowMs: number): number {
	return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
}

function dayOf(nowMs: number): string {
	return isoOf(nowMs).slice(0, 10);
}

function spentIn(month: number, record: DeviceRecord | undefined): number {
	const spent = record?.spent;
	return spent?.[0] === month ? spent[1] : 0;
}

/** Months since the year 0. */
function monthOf(nowMs: number): number {
	const date = new Date(nowMs);
	return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function nextMonth(nowMs: number): number {
	const date = new Date(nowMs);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
