import type { FailureFacts } from '../failure';
import { DAY_MS, isoOf, MINUTE_MS } from '../times';
import type { WatchState } from './watchState';

/** How many calls a trigger may make. All times are Unix time in milliseconds. */
export interface CallBudget {
	/** For all devices together; counted anew from midnight UTC. */
	callsPerDay?: number;
	/** No more than so many requests in any span of that length. */
	limit: { calls: number; spanMs: number };
	/** How long one call keeps its device from being read again. */
	callSpacingMs(deviceCount: number): number;
	/** When a used-up quota is there again, for an answer that does not say. */
	quotaEndsAt(nowMs: number): number;
}

const PAUSE_WITHOUT_TIME_MS = MINUTE_MS;
/** A call that was refused for an old token, and one more. */
const MOST_REPEATED_CALLS = 2;

/**
 * The devices that may be read now, the longest-unread first.
 * @param callsPerReading What one reading costs as a rule.
 */
export function planReadings(
	state: WatchState,
	budget: CallBudget,
	deviceIds: readonly string[],
	callsPerReading: number,
	nowMs: number,
): string[] {
	const spacingMs = budget.callSpacingMs(deviceIds.length);
	// what lies further ahead was booked with a smaller budget, or by a clock that was wrong
	const latestMs = nowMs + (callsPerReading + MOST_REPEATED_CALLS) * spacingMs;
	for (const id of deviceIds) {
		const record = state.devices.get(id);
		if (record?.due !== undefined && record.due > latestMs) record.due = nowMs;
	}
	const dueOf = (id: string) => {
		const { due = 0, pausedUntil = 0 } = state.devices.get(id) ?? {};
		return Math.max(due, pausedUntil);
	};
	return deviceIds
		.filter((id) => dueOf(id) <= nowMs)
		.sort((a, b) => dueOf(a) - dueOf(b))
		.slice(0, Math.max(0, Math.floor(callsLeft(state, budget, nowMs) / callsPerReading)));
}

/** How many calls may be made now, by the day's budget and by the service's limit. */
export function callsLeft(state: WatchState, budget: CallBudget, nowMs: number): number {
	const { calls, spanMs } = budget.limit;
	const recent = recentCalls(state, spanMs, nowMs);
	const inSpan = calls - recent.reduce((sum, [, count]) => sum + count, 0);
	if (budget.callsPerDay === undefined) return inSpan;
	const today = state.day === dayOf(nowMs) ? (state.calls ?? 0) : 0;
	return Math.min(inSpan, budget.callsPerDay - today);
}

/** Books calls, those that were refused included. */
export function bookCalls(
	state: WatchState,
	budget: CallBudget,
	calls: number,
	nowMs: number,
): void {
	if (calls === 0) return;
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

/** Keeps a device from being read again before its share of the budget has grown back. */
export function bookReading(
	state: WatchState,
	budget: CallBudget,
	deviceId: string,
	deviceCount: number,
	calls: number,
	nowMs: number,
): void {
	const record = state.devices.get(deviceId);
	if (record === undefined) return;
	const spacingMs = budget.callSpacingMs(deviceCount);
	// polls come at fixed times: what they lose by coming late may be made good, once. So may the first reading,
	// because people try a trigger right after publishing it
	const from = Math.max(record.due ?? 0, nowMs - spacingMs);
	record.due = Math.ceil(from + Math.max(1, calls) * spacingMs);
}

/** Stops asking until a limit or a quota has passed; that of one device stops this device only. */
export function pause(
	state: WatchState,
	budget: CallBudget | undefined,
	facts: FailureFacts,
	deviceId: string | null,
	nowMs: number,
): number {
	const untilMs = pauseEnd(facts, budget, nowMs);
	const record = deviceId === null ? undefined : state.devices.get(deviceId);
	if (facts.ofOneDevice && record !== undefined) record.pausedUntil = untilMs;
	else state.pausedUntil = Math.max(state.pausedUntil ?? 0, untilMs);
	return untilMs;
}

/** Calls that lie ahead were booked by a clock that was wrong. */
function recentCalls({ recent = [] }: WatchState, spanMs: number, nowMs: number) {
	return recent.filter(([atMs]) => atMs > nowMs - spanMs && atMs <= nowMs);
}

function pauseEnd(facts: FailureFacts, budget: CallBudget | undefined, nowMs: number): number {
	if (facts.retryAfterSeconds !== undefined) return nowMs + facts.retryAfterSeconds * 1000;
	if (facts.reason === 'quotaExceeded' && budget !== undefined) return budget.quotaEndsAt(nowMs);
	return nowMs + PAUSE_WITHOUT_TIME_MS;
}

export function nextMidnight(nowMs: number): number {
	return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
}

function dayOf(nowMs: number): string {
	return isoOf(nowMs).slice(0, 10);
}
