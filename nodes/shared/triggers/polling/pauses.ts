import type { FailureFacts } from '../../model/failure';
import { DAY_MS, MINUTE_MS } from '../../basics/times';
import type { DeviceRecord, TriggerState } from '../triggerState';

const PAUSE_WITHOUT_TIME_MS = MINUTE_MS;
/** The longest rate limit that is respected, whatever an answer says. A quota may be monthly. */
const LONGEST_PAUSE_MS = DAY_MS;
const LONGEST_QUOTA_MS = 31 * DAY_MS;

/** When a used-up quota resets, if the answer does not say. */
type Quota = { quotaEndsAt(nowMs: number): number };

type Paused = Pick<DeviceRecord, 'pausedAt' | 'pausedUntil'>;

/** Pauses calls until a limit or quota ends. A limit on one device pauses that device only. */
export function pause(
	state: TriggerState,
	quota: Quota | undefined,
	facts: FailureFacts,
	deviceId: string | null,
	nowMs: number,
): number {
	const untilMs = pauseEnd(facts, quota, nowMs);
	const record = deviceId === null ? undefined : state.devices.get(deviceId);
	const paused = facts.ofOneDevice && record !== undefined ? record : state;
	const isLonger = isPausedAt(paused, nowMs) && (paused.pausedUntil ?? 0) > untilMs;
	if (!isLonger) Object.assign(paused, { pausedAt: nowMs, pausedUntil: untilMs });
	return untilMs;
}

/**
 * Clears the pauses of all devices and of this one that are over. The next one is a new pause.
 */
export function forgetPauses(state: TriggerState, deviceId: string, nowMs: number): void {
	for (const paused of [state, state.devices.get(deviceId) ?? {}]) {
		if (isPausedAt(paused, nowMs)) continue;
		delete paused.pausedAt;
		delete paused.pausedUntil;
	}
}

/** A pause that starts in the future was set by a wrong clock. */
export function isPausedAt({ pausedAt = 0, pausedUntil = 0 }: Paused, nowMs: number): boolean {
	return pausedAt <= nowMs && nowMs < pausedUntil;
}

/** When a pause ends that the service asked for. */
export function pauseEnd(facts: FailureFacts, quota: Quota | undefined, nowMs: number): number {
	const isQuota = facts.reason === 'quotaExceeded';
	const longestMs = isQuota ? LONGEST_QUOTA_MS : LONGEST_PAUSE_MS;
	if (facts.retryAfterSeconds !== undefined) {
		return nowMs + Math.min(facts.retryAfterSeconds * 1000, longestMs);
	}
	return isQuota && quota !== undefined ? quota.quotaEndsAt(nowMs) : nowMs + PAUSE_WITHOUT_TIME_MS;
}
