import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { textOf } from '../../shared/basics/guards';
import { badRequest } from '../../shared/n8n/parameterValues';
import { parameter } from '../../shared/triggers/triggerParameters';
import { isReference } from '../codes/bookingReference';
import type { KnownCode } from './codeNames';

export const onlyTheseCodesField: INodeProperties = {
	displayName: 'Only These Codes',
	name: 'onlyTheseCodes',
	type: 'string',
	default: '',
	placeholder: 'e.g. B-1042, B-1043',
	description:
		'Booking references, separated by commas. Events of locks and codes then come only for guest codes of these bookings. An event also comes if it cannot be found out whose code was used. Empty: all.',
};

/**
 * The booking references to which events are limited; `undefined` = no limit.
 * @throws Failure `badRequest` if the parameter is none of a list, a text or empty.
 */
export function onlyTheseCodes(
	context: Parameters<typeof parameter>[0],
): ReadonlySet<string> | undefined {
	return referencesOf('Only These Codes', parameter(context, 'onlyTheseCodes', ''));
}

/** A text with commas, a list or one number of booking references; `undefined` if it is empty. */
export function referencesOf(field: string, value: unknown): ReadonlySet<string> | undefined {
	if (value === '') return undefined;
	const listed: unknown = typeof value === 'string' ? value.split(',') : value;
	const parts: unknown[] = Array.isArray(listed) ? listed : [listed];
	const texts = parts.map((part) => (Number.isSafeInteger(part) ? String(part) : textOf(part)));
	const references = texts.map((text = '') => text.trim()).filter((text) => text !== '');
	if (references.length > 0 && references.every(isReference)) return new Set(references);
	throw badRequest(
		`'${field}' holds something that is no booking reference`,
		'Use references of 1 to 40 letters, digits, dots, underscores and hyphens, separated by commas; to get all events leave it empty',
	);
}

/** How a lock can be opened without a code. All other ways may be one that Seam does not name. */
const WITHOUT_CODE = new Set(['automatic', 'bluetooth', 'card', 'manual', 'remote']);

/**
 * Whether an event belongs to one of these bookings, or to a code of which nobody knows whose it
 * is: such an event would be missed.
 * @param code `null` if the event names no code.
 */
export function isOfThese(
	references: ReadonlySet<string>,
	item: IDataObject,
	code: KnownCode | null,
): boolean {
	if (code === null) return !WITHOUT_CODE.has(textOf(item.method) ?? '');
	const { bookingReference } = code.guestCode;
	return !code.isKnown || (bookingReference !== null && references.has(bookingReference));
}
