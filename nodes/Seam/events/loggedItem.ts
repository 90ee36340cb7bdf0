import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../../shared/basics/guards';
import { isoOf } from '../../shared/basics/times';
import { sentenceOf } from '../../shared/triggers/changes/change';
import type { LogEvent } from '../api/seamEvent';
import { textWith, type NamesOfCodes } from './codeItems';
import { codeInWords } from './guestCode';
import type { WantedCodeUses } from './readEventRequest';

/** An event of the log as an item; `undefined` if it is not of the wanted codes. */
export async function loggedItem(
	service: string,
	entry: LogEvent,
	name: string,
	names: NamesOfCodes,
	{ references, codeIds }: WantedCodeUses,
): Promise<IDataObject | undefined> {
	const { id, deviceId, atMs } = entry;
	const said = whatOf(entry, name);
	const { accessCodeId } = said;
	if (codeIds !== undefined && (accessCodeId === null || !codeIds.has(accessCodeId))) {
		return undefined;
	}
	const guestCode =
		accessCodeId === null ? null : (await names.of(deviceId, accessCodeId)).guestCode;
	const reference = guestCode?.bookingReference ?? null;
	if (references !== undefined && (reference === null || !references.has(reference))) {
		return undefined;
	}
	const words = guestCode === null ? undefined : codeInWords(guestCode);
	const { text, ...fields } = said;
	return {
		service,
		deviceId,
		name,
		event: fields.event,
		at: isoOf(atMs),
		method: fields.method,
		reason: fields.reason,
		accessCodeId,
		guestCode: guestCode === null ? null : { ...guestCode },
		id,
		text: words === undefined ? text : textWith({ event: fields.event, name, text }, words),
	};
}

interface Said {
	event: string;
	method: string | null;
	reason: string | null;
	accessCodeId: string | null;
	text: string;
}

function whatOf(entry: LogEvent, name: string): Said {
	if ('event' in entry) {
		const { event, details } = entry;
		return {
			event,
			method: null,
			reason: textOf(details.reason) ?? null,
			accessCodeId: textOf(details.accessCodeId) ?? null,
			text: entry.describe(name),
		};
	}
	const { lock: event, method, accessCodeId } = entry;
	const text = sentenceOf({ event, part: 'lock', logged: { method, accessCodeId } }, name, 0);
	return { event, method, reason: null, accessCodeId, text };
}
