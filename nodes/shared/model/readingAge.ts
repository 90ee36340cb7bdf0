import { MINUTE_MS, TIME_TOLERANCE_MS } from '../basics/times';
import { timeOfPart, type Reading } from './reading';

/**
 * The age of a reading for `ageSeconds`; `null` if the service reports no time.
 * @param nowMs Unix time in milliseconds.
 */
export function ageSecondsOf(
	{ observedAt }: Pick<Reading, 'observedAt'>,
	nowMs: number,
): number | null {
	if (observedAt === null) return null;
	// the device's clock may run ahead of ours
	return Math.max(0, Math.round((nowMs - Date.parse(observedAt)) / 1000));
}

/**
 * Whether a reading is `stale`: older than the caller allows. `false` if the age is unknown.
 * @param maxAgeMinutes 0 = never.
 */
export function isStale(ageSeconds: number | null, maxAgeMinutes: number): boolean {
	return ageSeconds !== null && maxAgeMinutes > 0 && ageSeconds > maxAgeMinutes * 60;
}

/**
 * Whether a reading is recent enough to leave out a command.
 * @param serviceNowMs The time on the service's clock, Unix time in milliseconds.
 * @param readingsProve Whether the readings of this service have the device's own times.
 */
export function isFresh(
	reading: Pick<Reading, 'observedAt' | 'partTimes' | 'online'>,
	serviceNowMs: number,
	freshMinutes: number,
	readingsProve: boolean,
): boolean {
	const observedAtMs = timeOfPart(reading, 'lock');
	// readings of this service have no time; they show the current state while the device is online
	if (observedAtMs === null) return !readingsProve && reading.online === true;
	const ageMs = serviceNowMs - observedAtMs;
	return ageMs >= -TIME_TOLERANCE_MS && ageMs <= freshMinutes * MINUTE_MS;
}
