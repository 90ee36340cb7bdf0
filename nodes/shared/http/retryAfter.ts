import { clock } from '../basics/clock';
import { DAY_MS, msOf, toMsOrNull } from '../basics/times';

/** Quotas last a day or a month. A longer wait is a mistake of the service. */
const LONGEST_DELAY_SECONDS = (31 * DAY_MS) / 1000;

/** The seconds to wait that a service reports, as a plausible whole number. */
export function boundedDelaySeconds(seconds: number): number {
	return Math.min(Math.max(0, Math.ceil(seconds)), LONGEST_DELAY_SECONDS);
}

/**
 * Seconds from the `Retry-After` header, which holds seconds or a date by the service's own clock.
 */
export function retryAfterSeconds(headers: Record<string, string>): number | undefined {
	const value = headers['retry-after']?.trim();
	if (!value) return undefined;
	if (/^\d+(\.\d+)?$/.test(value)) return boundedDelaySeconds(Number(value));
	const dateMs = msOf(value);
	if (Number.isNaN(dateMs)) return undefined;
	const nowMs = toMsOrNull(headers.date) ?? clock.now();
	return boundedDelaySeconds((dateMs - nowMs) / 1000);
}
