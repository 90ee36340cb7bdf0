import type { IDataObject } from 'n8n-workflow';

import type { GuestCode } from '../codes/guestCode';

/** `code of booking B-1042 (Ann)`; `undefined` if neither a booking nor a name is known. */
export function codeInWords({ name, bookingReference, guestName }: GuestCode): string | undefined {
	if (bookingReference === null) return name === null ? undefined : `code "${name}"`;
	return `code of booking ${bookingReference}${guestName === null ? '' : ` (${guestName})`}`;
}

/** The item with `guestCode` behind the id of the code. */
export function withGuestCode(item: IDataObject, guestCode: GuestCode | null): IDataObject {
	const entries = Object.entries(item).flatMap(([field, value]): Array<[string, unknown]> => {
		if (field === 'guestCode') return [];
		return field === 'accessCodeId'
			? [
					[field, value],
					['guestCode', guestCode],
				]
			: [[field, value]];
	});
	return Object.fromEntries(entries) as IDataObject;
}
