import type { JsonRecord } from '../shared/json';
import { isRecord } from '../shared/json';
import type { VolvoSettings } from './settings';

const ISO_MILLISECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const mapValues = (record: JsonRecord, change: (value: unknown) => unknown): JsonRecord =>
	Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

/** Since about 20 August 2026: names in alphabetical order, nulls, microseconds. */
function writeAsIn2026(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(writeAsIn2026);
	if (isRecord(value)) {
		const sorted = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
		return mapValues(Object.fromEntries(sorted), writeAsIn2026);
	}
	const isTime = typeof value === 'string' && ISO_MILLISECONDS.test(value);
	return isTime ? value.replace('Z', '000Z') : value;
}

/** Before that, members without a value were omitted. */
function writeAsIn2024(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(writeAsIn2024);
	if (!isRecord(value)) return value;
	const members = Object.entries(value).filter(([, member]) => member !== null);
	return mapValues(Object.fromEntries(members), writeAsIn2024);
}

const WRITERS: Record<VolvoSettings['serialisation'], (value: unknown) => unknown> = {
	'2024': writeAsIn2024,
	'2026': writeAsIn2026,
};

/**
 * The body of v2 for that data, with its members in the order of 2024 and nulls for missing values.
 */
export const writeV2 = (data: unknown, serialisation: VolvoSettings['serialisation']): unknown =>
	WRITERS[serialisation]({ data });
