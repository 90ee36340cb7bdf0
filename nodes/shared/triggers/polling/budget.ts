import type { FailureFacts } from '../../model/failure';
import { DAY_MS, isoOf, MINUTE_MS } from '../../basics/times';
import type { DeviceRecord, WatchState } from '../triggerState';

/** How many calls a trigger may make. All times are Unix time in milliseconds. */
export interface CallBudget {
	/** For all devices together; counted anew from midnight UTC. */
	callsPerDay?: number;
	/** For each device; counted anew from the first of the month UTC. */
	callsPerDeviceAndMonth?: number;
	/** No more than so many requests in any span of that length. */
	limit: { calls: number; spanMs: number };
	/** How long one call keeps its device from being read again, at least. */
	callSpacingMs(deviceCount: number): number;
	/** When a used-up quota is there again, for an answer that does not say. */
	quotaEndsAt(nowMs: number): number;
}

const PAUSE_WITHOUT_TIME_MS = MINUTE_MS;
/** No limit lasts longer, whatever an answer says; a quota may be that of a month. */
const LONGEST_PAUSE_MS = DAY_MS;
const LONGEST_QUOTA_MS = 31 * DAY_MS;
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
	for (const id of deviceIds) {
		const record = state.devices.get(id);
		const spacingMs = spacingOf(record, budget, deviceIds.length, nowMs);
		// what lies further ahead was booked with a smaller budget, or by a clock that was wrong
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

/** How many calls may be made now, by the day's budget and by the service's limit. */
export function callsLeft(state: WatchState, budget: CallBudget, nowMs: number): number {
	const { calls, spanMs } = budget.limit;
	const recent = recentCalls(state, spanMs, nowMs);
	const inSpan = calls - recent.reduce((sum, [, count]) => sum + count, 0);
	if (budget.callsPerDay === undefined) return inSpan;
	const today = state.day === dayOf(nowMs) ? (state.calls ?? 0) : 0;
	return Math.min(inSpan, budget.callsPerDay - today);
}

/** How many calls about one device may be made in this month. */
export function callsLeftOf(
	record: DeviceRecord | undefined,
	{ callsPerDeviceAndMonth = Infinity }: CallBudget,
	nowMs: number,
): number {
	return callsPerDeviceAndMonth - spentIn(monthOf(nowMs), record);
}

/**
 * Books calls, those that were refused included.
 * @param deviceId Whose calls they were; `undefined` = of none, such as a list.
 */
export function bookCalls(
	state: WatchState,
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
	const spacingMs = spacingOf(record, budget, deviceCount, nowMs);
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
	const paused = facts.ofOneDevice && record !== undefined ? record : state;
	const isLonger = isPausedAt(paused, nowMs) && (paused.pausedUntil ?? 0) > untilMs;
	if (!isLonger) Object.assign(paused, { pausedAt: nowMs, pausedUntil: untilMs });
	return untilMs;
}

/** A pause that begins ahead was set by a clock that was wrong. */
export function isPausedAt({ pausedAt = 0, pausedUntil = 0 }: Paused, nowMs: number): boolean {
	return pausedAt <= nowMs && nowMs < pausedUntil;
}

type Paused = Pick<DeviceRecord, 'pausedAt' | 'pausedUntil'>;

/** What is left of a month's calls is spread over the rest of the month. */
function spacingOf(
	record: DeviceRecord | undefined,
	budget: CallBudget,
	deviceCount: number,
	nowMs: number,
): number {
	const left = Math.max(1, callsLeftOf(record, budget, nowMs));
	return Math.max(budget.callSpacingMs(deviceCount), (nextMonth(nowMs) - nowMs) / left);
}

/** Calls that lie ahead were booked by a clock that was wrong. */
function recentCalls({ recent = [] }: WatchState, spanMs: number, nowMs: number) {
	return recent.filter(([atMs]) => atMs > nowMs - spanMs && atMs <= nowMs);
}

function pauseEnd(facts: FailureFacts, budget: CallBudget | undefined, nowMs: number): number {
	const isQuota = facts.reason === 'quotaExceeded';
	const longestMs = isQuota ? LONGEST_QUOTA_MS : LONGEST_PAUSE_MS;
	if (facts.retryAfterSeconds !== undefined) {
		return nowMs + Math.min(facts.retryAfterSeconds * 1000, longestMs);
	}
	return isQuota && budget !== undefined
		? budget.quotaEndsAt(nowMs)
		: nowMs + PAUSE_WITHOUT_TIME_MS;
}

export function nextMidnight(nowMs: number): number {
	return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
}

function dayOf(nowMs: number): string {
	return isoOf(nowMs).slice(0, 10);
}

function spentIn(month: number, record: DeviceRecord | undefined): number {
	const [spentMonth, calls] = record?.spent ?? [month, 0];
	return spentMonth === month ? calls : 0;
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
