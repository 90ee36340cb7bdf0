import { DAY_MS } from '../../shared/basics/times';

/** A wall clock's time without a zone. Months count from 1. */
export interface WallTime {
	year: number;
	month: number;
	day: number;
	hour: number;
	minute: number;
	second: number;
}

/** Which of two instants is meant when clocks are set back and show a time twice. */
export type Twice = 'earlier' | 'later';

/** Whether this computer knows the IANA time zone, such as `Europe/Paris`. */
export function isTimeZone(zone: string): boolean {
	try {
		formatFor(zone);
		return true;
	} catch {
		return false;
	}
}

/**
 * The instant at which clocks in a zone show a time, Unix time in milliseconds. A time that clocks
 * skip is moved forward by the length of the gap: 02:30 becomes 03:30.
 * @param zone A zone that {@link isTimeZone} accepts.
 */
export function instantOf(wall: WallTime, zone: string, twice: Twice): number {
	const asUtcMs = utcOf(wall);
	// no zone changes its offset twice within two days
	const offsets = [asUtcMs - DAY_MS, asUtcMs + DAY_MS].map((ms) => offsetMs(ms, zone));
	const instants = offsets.map((offset) => asUtcMs - offset);
	const shown = instants.filter((instant) => instant + offsetMs(instant, zone) === asUtcMs);
	// before the gap the smaller offset held, and with it the time lies behind the gap
	if (shown.length === 0) return Math.max(...instants);
	return twice === 'earlier' ? Math.min(...shown) : Math.max(...shown);
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetMs(instantMs: number, zone: string): number {
	const shown: Record<string, number> = {};
	for (const { type, value } of formatFor(zone).formatToParts(instantMs)) {
		shown[type] = Number(value);
	}
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
	return utcOf({ year, month, day, hour, minute, second }) - Math.floor(instantMs / 1000) * 1000;
}

function utcOf({ year, month, day, hour, minute, second }: WallTime): number {
	return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Making one takes longer than all the rest. There are some hundred zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
	const format = formats.get(zone) ?? newFormat(zone);
	formats.set(zone, format);
	return format;
}

/** @throws RangeError when there is no such zone. */
function newFormat(zone: string): Intl.DateTimeFormat {
	return new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		calendar: 'gregory',
		numberingSystem: 'latn',
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	});
}
