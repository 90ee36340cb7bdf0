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

/**
 * A time that a service tells; `null` when it cannot be one. Some write `0001-01-01T00:00:00Z` for none (Go, .NET), the
 * last time that they know, or nanoseconds where milliseconds belong.
 */
export function toldMsOf(ms: number): number | null {
	return isTime(ms) && ms > 0 ? ms : null;
}

/** The same as ISO 8601. */
export function toldIsoOf(ms: number): string | null {
	return isoOf(toldMsOf(ms));
}
