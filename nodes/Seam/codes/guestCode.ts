import type { IDataObject } from 'n8n-workflow';

import { guestNameOf, referenceOf } from './bookingReference';

/** Whose code it is, as outputs show it. Never the PIN. */
export interface GuestCode extends IDataObject {
	accessCodeId: string;
	/** The name in Seam; `null` if it is not known. */
	name: string | null;
	bookingReference: string | null;
	guestName: string | null;
}

/** What Seam tells of a code. */
export interface CodeLabels {
	name: string | null;
	commonCodeKey: string | null;
	/** Only of a code that was just read. */
	pin?: string | null;
	/** `null` for a code without an end, which is no guest's. */
	endsAtMs?: number | null;
}

/**
 * The name as it may be kept and shown: people write PINs into names. The tag of the booking stays
 * whole, because a short PIN may be a part of it.
 */
export function shownNameOf(code: CodeLabels): string | null {
	const { name, pin } = code;
	if (name === null || !pin) return name;
	const tag = `[${referenceOf(code)}]`;
	return name
		.split(tag)
		.map((text) => text.replaceAll(pin, '…'))
		.join(tag);
}

/** @param labels `undefined` if nothing is known about the code but its id. */
export function guestCodeOf(accessCodeId: string, labels: CodeLabels | undefined): GuestCode {
	if (labels === undefined) {
		return { accessCodeId, name: null, bookingReference: null, guestName: null };
	}
	const name = shownNameOf(labels);
	return {
		accessCodeId,
		name,
		bookingReference: referenceOf(labels),
		guestName: guestNameOf({ ...labels, name }),
	};
}
