export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

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
