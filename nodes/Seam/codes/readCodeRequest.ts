import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import {
	maxWaitSecondsIn,
	optionsOf,
	parameter,
	readFields,
} from '../../shared/actions/parameters';
import {
	badRequest,
	booleanParameter,
	numberParameter,
	optionParameter,
	optionsParameter,
	shown,
	wordsParameter,
} from '../../shared/n8n/parameterValues';
import { isAiTool } from '../../shared/service/caller';
import type { Failure } from '../../shared/model/failure';
import { isSeamId } from '../api/seamId';
import { isReference } from './bookingReference';
import type {
	CodeChoice,
	WantedCode,
	WantedCodes,
	WantedLocks,
	WantedReading,
	WantedRemoval,
} from './codeParameters';
import { SIMPLE_CODE_FIELDS } from './codeFields';
import { CODE_STATES } from './codeState';
import { timeParameter } from './timeParameter';
import { isTimeZone } from './zonedTime';

const OPERATIONS = ['get', 'getMany', 'remove', 'set'] as const;
const MOST_WAIT_SECONDS = 600;

/** The checked parameters of one input item. */
export type CodeRequest = Common &
	(
		| { operation: 'get'; wanted: WantedReading }
		| { operation: 'getMany'; wanted: WantedCodes }
		| { operation: 'remove'; wanted: WantedRemoval }
		| { operation: 'set'; wanted: WantedCode }
	);

interface Common {
	itemIndex: number;
	maxWaitSeconds: number;
	/** The fields of an output item. `null` = all. */
	fields: readonly string[] | null;
}

/**
 * Reads and checks the parameters of one input item.
 * @throws Failure `badRequest` that names the parameter and its allowed values.
 */
export function readCodeRequest(context: IExecuteFunctions, itemIndex: number): CodeRequest {
	const read = readerOf(context, itemIndex);
	const options = optionsOf(read('options', {}));
	const common: Common = {
		itemIndex,
		maxWaitSeconds: maxWaitSecondsIn(options),
		fields: readFields(context, itemIndex, SIMPLE_CODE_FIELDS),
	};
	const operation = optionParameter('Operation', read('operation', ''), OPERATIONS);
	switch (operation) {
		case 'set':
			return { ...common, operation, wanted: wantedCode(context, itemIndex, read, options) };
		case 'remove': {
			const wanted = {
				itemIndex,
				code: readChoice(read),
				waitSeconds: waitSecondsIn(options),
				dryRun: booleanParameter('Dry Run', options.dryRun),
			};
			return { ...common, operation, wanted };
		}
		case 'get': {
			const includePin = readIncludePin(context, options);
			return { ...common, operation, wanted: { itemIndex, code: readChoice(read), includePin } };
		}
		case 'getMany':
			return { ...common, operation, wanted: wantedCodes(itemIndex, read, options) };
	}
}

/** The value of a parameter of the item. */
export type Read = (name: string, fallback: unknown, extractValue?: boolean) => unknown;

export function readerOf(context: IExecuteFunctions, itemIndex: number): Read {
	return (name, fallback, extractValue) =>
		parameter(context, name, itemIndex, fallback, extractValue);
}

function wantedCode(
	context: IExecuteFunctions,
	itemIndex: number,
	read: Read,
	options: IDataObject,
): WantedCode {
	return {
		itemIndex,
		deviceIds: readLocks(read),
		reference: readReference(read('bookingReference', '')),
		guestName: textParameter('Guest Name', read('guestName', '')) || null,
		from: timeParameter('From', read('from', '')),
		until: timeParameter('Until', read('until', '')),
		timeZone: readTimeZone(options.timeZone),
		workflowZone: context.getTimezone(),
		pin: readPin(read('pin', '')),
		includePin: readIncludePin(context, options),
		waitSeconds: waitSecondsIn(options),
		dryRun: booleanParameter('Dry Run', options.dryRun),
	};
}

function wantedCodes(itemIndex: number, read: Read, options: IDataObject): WantedCodes {
	// an expression without a result must not list the codes of all bookings
	const isFiltered = 'bookingReference' in options;
	const states = optionsParameter('States', options.states ?? [], CODE_STATES);
	return {
		itemIndex,
		deviceIds: readLocks(read),
		reference: isFiltered ? readReference(options.bookingReference) : null,
		states: states.length === 0 ? null : states,
	};
}

function readChoice(read: Read): CodeChoice {
	const by = optionParameter('Find By', read('codeBy', 'bookingReference'), [
		'accessCodeId',
		'bookingReference',
	] as const);
	if (by === 'bookingReference') {
		const reference = readReference(read('bookingReference', ''));
		return { by, reference, deviceIds: readLocks(read) };
	}
	const accessCodeId = textParameter('Access Code ID', read('accessCodeId', ''));
	if (isSeamId(accessCodeId)) return { by, accessCodeId };
	throw noCodeId(accessCodeId);
}

export function noCodeId(value: unknown): Failure {
	return badRequest(
		`'Access Code ID' cannot be ${shown(value)}`,
		"Take it from 'accessCodeId' of another item, or from the Seam Console",
	);
}

/**
 * The chosen locks. An expression over a missing field gives nothing, which must never mean "all".
 * @throws Failure `badRequest` if none is chosen.
 */
export function readLocks(read: Read): WantedLocks {
	const targets = ['all', 'several', 'single'] as const;
	const target = optionParameter('Target', read('target', 'single'), targets);
	if (target === 'all') return null;
	const isSingle = target === 'single';
	const field = isSingle ? 'Lock' : 'Lock Names or IDs';
	const value = isSingle ? read('deviceId', '', true) : read('deviceIds', []);
	const ids =
		isSingle || typeof value === 'number'
			? [`${textParameter(field, value)}`]
			: idsIn(field, value);
	if (ids.length > 0 && !ids.includes('')) return ids;
	throw badRequest(
		'No lock is chosen',
		"Choose from the list, or give IDs; to take all locks set 'Target'",
	);
}

function idsIn(field: string, value: unknown): string[] {
	if (value === null || value === undefined) return [];
	const isEmpty = typeof value === 'string' && value.trim() === '';
	return isEmpty ? [] : wordsParameter(field, value);
}

function readReference(value: unknown): string {
	if (typeof value === 'number' && !Number.isSafeInteger(value)) {
		throw badRequest("'Booking Reference' is a number that has lost digits", 'Give it as a text');
	}
	const reference = textParameter('Booking Reference', value);
	if (isReference(reference)) return reference;
	throw badRequest(
		reference === ''
			? "'Booking Reference' is empty"
			: `'Booking Reference' cannot be ${shown(reference)}`,
		'Use 1 to 40 letters from A to Z, digits, dots, hyphens and underscores',
	);
}

/** A number counts as its digits. */
function textParameter(field: string, value: unknown): string {
	if (typeof value === 'string') return value.replace(/\s+/g, ' ').trim();
	if (typeof value === 'number') return `${value}`;
	if (value === undefined || value === null) return '';
	throw badRequest(`'${field}' cannot be ${shown(value)}`, 'Use a text');
}

export function readTimeZone(value: unknown): string | null {
	const zone = textParameter('Time Zone', value);
	if (zone === '' || isTimeZone(zone)) return zone || null;
	throw badRequest(
		`'Time Zone' cannot be ${shown(zone)}`,
		'Use a name of the IANA list, like Europe/Paris, or leave it empty for the time zone of the lock',
	);
}

/** Its value is in no message. */
function readPin(value: unknown): string | null {
	if (typeof value === 'number') {
		throw badRequest(
			"'PIN' is a number, which has lost the zeros at its beginning",
			'Give it as a text',
		);
	}
	const pin = typeof value === 'string' ? value.trim() : value;
	if (pin === undefined || pin === null || pin === '') return null;
	if (typeof pin === 'string' && /^\d{4,12}$/.test(pin)) return pin;
	throw badRequest("'PIN' is not a text of 4 to 12 digits", 'Correct it, or leave it empty');
}

function readIncludePin(context: IExecuteFunctions, options: IDataObject): boolean {
	const includePin = booleanParameter('Include PIN', options.includePin);
	if (!includePin || !isAiTool(context.getNode().type)) return includePin;
	throw badRequest("An AI agent gets no PIN, so 'Include PIN' must be off", 'Remove this option');
}

function waitSecondsIn({ waitSeconds }: IDataObject): number {
	return numberParameter('Wait (Seconds)', waitSeconds, 0, 0, MOST_WAIT_SECONDS);
}
