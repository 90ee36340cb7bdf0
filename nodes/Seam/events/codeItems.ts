import type { IDataObject } from 'n8n-workflow';

import { capitalized } from '../../shared/basics/sentences';
import { textOf } from '../../shared/basics/guards';
import { codeSentence } from '../api/seamCodeNotices';
import type { KnownCode } from './codeNames';
import { codeInWords, withGuestCode } from './guestCode';
import { isOfThese } from './onlyTheseCodes';

/** Says whose code it is. */
export interface NamesOfCodes {
	of(deviceId: string, codeId: string): Promise<KnownCode>;
}

/** The end of a lock event's text, if a code was used. */
const WITH_A_CODE = ' with a code';

/**
 * The items with whose code they are about, without those that are not of these bookings. What
 * cannot be found out stays `null`. Items without a code stay as they are.
 */
export async function namedItems(
	items: readonly IDataObject[],
	names: NamesOfCodes,
	references: ReadonlySet<string> | undefined,
): Promise<IDataObject[]> {
	const named = await Promise.all(
		items.map(async (item) => await namedItem(item, names, references)),
	);
	return named.filter((item) => item !== undefined);
}

async function namedItem(
	item: IDataObject,
	names: NamesOfCodes,
	references: ReadonlySet<string> | undefined,
): Promise<IDataObject | undefined> {
	if (!('accessCodeId' in item)) return item;
	const [codeId, deviceId] = [textOf(item.accessCodeId), textOf(item.deviceId) ?? ''];
	const code = codeId === undefined ? null : await names.of(deviceId, codeId);
	if (references !== undefined && !isOfThese(references, item, code)) return undefined;
	const guestCode = code?.guestCode ?? null;
	const words = guestCode === null ? undefined : codeInWords(guestCode);
	return {
		...withGuestCode(item, guestCode === null ? null : { ...guestCode }),
		text: words === undefined ? item.text : textWith(item, words),
	};
}

/** The text of an item that also says whose code it was. */
export function textWith(item: IDataObject, words: string): string {
	const [text, lock] = [textOf(item.text) ?? '', textOf(item.name) ?? ''];
	if (text.endsWith(WITH_A_CODE)) return `${text.slice(0, -WITH_A_CODE.length)} with the ${words}`;
	const subject = capitalized(`the ${words}`);
	return codeSentence(item.event, subject, lock) ?? text;
}
