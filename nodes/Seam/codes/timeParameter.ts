import { toMsOrNull } from '../../shared/basics/times';
import { badRequest, shown } from '../../shared/n8n/parameterValues';
import type { WantedTime } from './codeWindow';
import type { WallTime } from './zonedTime';

const TIME =
	/^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)? ?(Z|[+-]\d\d(?::?\d\d)?)?$/i;
const BARE_DATE = /^\d{4}-\d\d-\d\d$/;
const NUMBER = /^\d{12,14}$/;

/**
 * A time as n8n's date field, an expression or a booking system gives it: ISO 8601 with or without
 * a zone, Unix time in milliseconds, a Date, or n8n's own DateTime.
 * @throws Failure `badRequest` that names the field. A date without a time of day is one: midnight
 * would be a guess.
 */
export function timeParameter(field: string, value: unknown): WantedTime {
	const text = typeof value === 'string' ? value.trim() : undefined;
	if (value === undefined || value === null || text === '') {
		throw badRequest(`'${field}' is empty`, EXAMPLE);
	}
	const time =
		text === undefined || NUMBER.test(text) ? instantFrom(Number(value)) : fromText(text);
	if (time !== undefined) return time;
	const isDate = BARE_DATE.test(String(text));
	const problem = isDate ? 'has no time of day' : 'is not a date with a time of day';
	throw badRequest(`'${field}' ${problem}: ${shown(value)}`, EXAMPLE);
}

const EXAMPLE =
	"Give a date with a time of day, like 2026-12-24T15:00 (in the time zone of the lock, or that of 'Time Zone') or 2026-12-24T15:00+01:00";

/** A Date and a DateTime count as the number of their milliseconds. */
function instantFrom(number: number): WantedTime | undefined {
	const ms = toMsOrNull(number);
	return ms === null ? undefined : { ms };
}

function fromText(text: string): WantedTime | undefined {
	const parts = TIME.exec(text);
	if (parts === null) return undefined;
	const [, year, month, day, hour, minute, second = '0', zone] = parts;
	const wall: WallTime = {
		year: Number(year),
		month: Number(month),
		day: Number(day),
		hour: Number(hour),
		minute: Number(minute),
		second: Number(second),
	};
	const ms = toMsOrNull(utcOf(wall));
	if (ms === null) return undefined;
	return zone === undefined ? { wall } : { ms: ms - offsetMsOf(zone) };
}

/** `undefined` for a time that no calendar has, such as 30 February or 24:00. */
function utcOf({ year, month, day, hour, minute, second }: WallTime): number | undefined {
	const ms = Date.UTC(year, month - 1, day, hour, minute, second);
	const date = new Date(ms);
	// hours and seconds that are too many change the day and the minute
	const isReal =
		date.getUTCDate() === day &&
		date.getUTCMonth() === month - 1 &&
		date.getUTCMinutes() === minute;
	return isReal ? ms : undefined;
}

/** `+01:00`, `+0100`, `+01`, `Z` → milliseconds ahead of UTC. Missing digits count as 0. */
function offsetMsOf(zone: string): number {
	const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', ''));
	return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
