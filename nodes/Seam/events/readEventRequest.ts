import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { maxWaitSecondsIn, optionsOf, readFields } from '../../shared/actions/parameters';
import {
	badRequest,
	booleanParameter,
	numberParameter,
	optionParameter,
	optionsParameter,
	wordsParameter,
} from '../../shared/n8n/parameterValues';
import { isSeamId } from '../api/seamId';
import type { WantedLocks } from '../codes/codeParameters';
import type { WantedTime } from '../codes/codeWindow';
import { noCodeId, readerOf, readLocks, readTimeZone, type Read } from '../codes/readCodeRequest';
import { timeParameter } from '../codes/timeParameter';
import { SIMPLE_EVENT_FIELDS } from './eventFields';
import { referencesOf } from './onlyTheseCodes';

export const EVENT_KINDS = ['accessDenied', 'locked', 'unlocked'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

const DEFAULT_LIMIT = 50;
const MOST_EVENTS = 100_000;

/** Which codes events must be about. */
export interface WantedCodeUses {
	references: ReadonlySet<string> | undefined;
	codeIds: ReadonlySet<string> | undefined;
}

/** The checked parameters of one item of Get Many of events. */
export interface WantedEvents extends WantedCodeUses {
	itemIndex: number;
	deviceIds: WantedLocks;
	kinds: ReadonlySet<EventKind>;
	/** `null` = a day before `until`. */
	since: WantedTime | null;
	/** `null` = now. */
	until: WantedTime | null;
	timeZone: string | null;
	workflowZone: string;
	/** The latest ones are kept. `null` = all. */
	limit: number | null;
	/** The fields of an output item. `null` = all. */
	fields: readonly string[] | null;
	maxWaitSeconds: number;
}

/**
 * Reads and checks the parameters of one input item.
 * @throws Failure `badRequest` that names the parameter and its allowed values.
 */
export function readEventRequest(context: IExecuteFunctions, itemIndex: number): WantedEvents {
	const read = readerOf(context, itemIndex);
	const options = optionsOf(read('options', {}));
	optionParameter('Operation', read('operation', ''), ['getMany'] as const);
	const kinds = optionsParameter('Events', read('kinds', EVENT_KINDS), EVENT_KINDS);
	return {
		itemIndex,
		deviceIds: readLocks(read),
		kinds: new Set(kinds.length === 0 ? EVENT_KINDS : kinds),
		since: optionalTime('Since', read('since', '')),
		until: optionalTime('Until', read('until', '')),
		timeZone: readTimeZone(options.timeZone),
		workflowZone: context.getTimezone(),
		references: filterIn('Booking Reference', options, 'bookingReference', referencesOf),
		codeIds: filterIn('Access Code ID', options, 'accessCodeId', codeIdsIn),
		limit: readLimit(read),
		fields: readFields(context, itemIndex, SIMPLE_EVENT_FIELDS),
		maxWaitSeconds: maxWaitSecondsIn(options),
	};
}

/** An empty field is a choice; an expression without a result is none. */
function optionalTime(field: string, value: unknown): WantedTime | null {
	return value === '' ? null : timeParameter(field, value);
}

/** An option without a value is an expression without a result, which must never mean "all". */
function filterIn<Value>(
	field: string,
	options: IDataObject,
	name: string,
	read: (field: string, value: unknown) => Value,
): Value | undefined {
	if (!(name in options)) return undefined;
	const value = options[name];
	const isText = typeof value === 'string' && value.trim() !== '';
	const isOther = typeof value === 'number' || (Array.isArray(value) && value.length > 0);
	if (isText || isOther) return read(field, value);
	throw badRequest(`'${field}' is empty`, 'Fill it, or remove the option to list all events');
}

function codeIdsIn(field: string, value: unknown): ReadonlySet<string> {
	const ids = wordsParameter(field, value);
	const wrong = ids.find((id) => !isSeamId(id));
	if (wrong === undefined) return new Set(ids);
	throw noCodeId(wrong);
}

function readLimit(read: Read): number | null {
	if (booleanParameter('Return All', read('returnAll', false))) return null;
	const limit = numberParameter(
		'Limit',
		read('limit', DEFAULT_LIMIT),
		DEFAULT_LIMIT,
		1,
		MOST_EVENTS,
	);
	return Math.floor(limit);
}
