export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** How exactly a service's time is known. */
export const TIME_TOLERANCE_MS = 2000;

/** With one decimal, as people are shown it. */
export function secondsIn(milliseconds: number): number {
	return Math.round(milliseconds / 100) / 10;
}

export function secondsInWords(seconds: number): string {
	return seconds === 1 ? '1 second' : `${seconds} seconds`;
}

/** `6 minutes`, `5.2 hours`: as far as a person wants to know it of a time of minutes to days. */
export function durationInWords(seconds: number): string {
	const [unit, length] =
		seconds < 2 * 3600 ? ['minutes', 60] : seconds < 48 * 3600 ? ['hours', 3600] : ['days', 86_400];
	return `${Math.round((seconds / Number(length)) * 10) / 10} ${unit}`;
}

/** Later than any time that a trigger keeps; what is not below it is nonsense. */
const NO_TIME_MS = Date.UTC(2100, 0);

/** Whether something that was stored can be a Unix time in milliseconds. */
export function isTime(value: unknown): value is number {
	return typeof value === 'number' && value >= 0 && value < NO_TIME_MS;
}

export function isOptionalTime(value: unknown): boolean {
	return value === undefined || isTime(value);
}

/** Unix time in milliseconds as ISO 8601; `null` stays what it is. */
export function isoOf(ms: number): string;
export function isoOf(ms: number | null): string | null;
export function isoOf(ms: number | null): string | null {
	return ms === null ? null : new Date(ms).toISOString();
}

/** The last millisecond that ISO 8601 writes with four digits for the year. */
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** A time that a service tells, as ISO 8601; `null` when it cannot be one, as nanoseconds taken for milliseconds. */
export function toldIsoOf(ms: number): string | null {
	return Math.abs(ms) <= LAST_MS ? isoOf(ms) : null;
}
