export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** How exact a service's time is. */
export const TIME_TOLERANCE_MS = 2000;

/** With one decimal, for display. */
export function secondsIn(milliseconds: number): number {
	return Math.round(milliseconds / 100) / 10;
}

export function secondsInWords(seconds: number): string {
	return seconds === 1 ? '1 second' : `${seconds} seconds`;
}

/** `6 minutes`, `5.2 hours`: rounded for reading, for durations of minutes to days. */
export function durationInWords(seconds: number): string {
	const [unit, length] =
		seconds < 2 * 3600 ? ['minutes', 60] : seconds < 48 * 3600 ? ['hours', 3600] : ['days', 86_400];
	return `${Math.round((seconds / Number(length)) * 10) / 10} ${unit}`;
}

/** Later than any time that a trigger keeps. Larger values are invalid. */
const NO_TIME_MS = Date.UTC(2100, 0);

/** Whether a stored value can be a Unix time in milliseconds. */
export function isTime(value: unknown): value is number {
	return typeof value === 'number' && value >= 0 && value < NO_TIME_MS;
}

export function isOptionalTime(value: unknown): boolean {
	return value === undefined || isTime(value);
}

/** Unix time in milliseconds as ISO 8601. `null` stays `null`. */
export function isoOf(ms: number): string;
export function isoOf(ms: number | null): string | null;
export function isoOf(ms: number | null): string | null {
	return ms === null ? null : new Date(ms).toISOString();
}

/** No service reports an earlier time: `0001-01-01` (Go, .NET) and `1970-01-01` mean "none". */
const EARLIEST_REPORTED_MS = Date.UTC(2000, 0);

/**
 * A time that a service reports, as Unix time in milliseconds; `null` when it cannot be one.
 * @param time Unix time in milliseconds, or ISO 8601.
 */
export function toMsOrNull(time: unknown): number | null {
	const ms = typeof time === 'string' ? msOf(time) : time;
	return isTime(ms) && ms >= EARLIEST_REPORTED_MS ? ms : null;
}

/** The same as ISO 8601 in UTC. */
export function toIsoOrNull(time: unknown): string | null {
	return isoOf(toMsOrNull(time));
}

const LONGEST_TIME_CHARACTERS = 64;
const ISO_WITHOUT_ZONE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/i;

/**
 * Parses a time to Unix time in milliseconds, or `NaN`. A time without a zone is UTC, as in all of
 * these services, whatever the zone of this computer.
 */
export function msOf(time: string): number {
	if (time.length > LONGEST_TIME_CHARACTERS) return NaN;
	return Date.parse(time.trim().replace(ISO_WITHOUT_ZONE, '$1T$2Z'));
}
