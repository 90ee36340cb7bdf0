import type { AccessCode } from './accessCode';

/**
 * Where a code's booking reference lives: in its name, where people see it, and in its common code
 * key, which nobody can change in a maker's app. Seam keeps no other data with a code, and cannot
 * search by either.
 */

/** The reference of a booking system. */
const REFERENCE = /^[\w.-]{1,40}$/;
const KEY_PREFIX = 'n8n:';
/** Names are cut to as few as 14 characters on some locks, so the reference comes first. */
const TAG_AT_BEGIN = /^\s*\[([\w.-]{1,40})\]/;
const TAG = /\[([\w.-]{1,40})\]/g;
const CUT_TAG = /\[([\w.-]{1,40})$/;
/** Seam shows a guest's name only if it stays readable on the lock. */
const MAX_GUEST_CHARACTERS = 60;

export function isReference(text: string): boolean {
	return REFERENCE.test(text);
}

/** The name of a new code: `[B-1042] Ann`. Brackets in the guest's name are made round. */
export function codeNameFor(reference: string, guestName: string): string {
	const guest = guestName.replaceAll('[', '(').replaceAll(']', ')');
	return `[${reference}] ${[...guest].slice(0, MAX_GUEST_CHARACTERS).join('')}`.trim();
}

export function commonCodeKeyFor(reference: string): string {
	return `${KEY_PREFIX}${reference}`;
}

/**
 * The one booking that a code belongs to, or `null`. The key decides. Without one it is the tag at
 * the begin of the name, and otherwise the last tag in it. A code without an end is no guest's: a
 * person may have written the tag into the name of another one.
 */
export function referenceOf({ commonCodeKey, name, endsAtMs }: Labels): string | null {
	const keyed = commonCodeKey?.startsWith(KEY_PREFIX) && commonCodeKey.slice(KEY_PREFIX.length);
	if (keyed && isReference(keyed)) return keyed;
	if (name === null || endsAtMs === null) return null;
	const first = TAG_AT_BEGIN.exec(name)?.[1];
	return first ?? [...name.matchAll(TAG)].at(-1)?.[1] ?? null;
}

type Labels = Pick<AccessCode, 'commonCodeKey' | 'name'> & Partial<Pick<AccessCode, 'endsAtMs'>>;

/** Whether the name is cut within a tag that may have been this reference. */
export function mayBeCutReference(code: Labels, reference: string): boolean {
	if (referenceOf(code) !== null) return false;
	const cut = code.name?.match(CUT_TAG)?.[1];
	return cut !== undefined && reference.startsWith(cut);
}

/** What is left of a code's name without the tag of its booking: the guest. */
export function guestNameOf(code: Labels): string | null {
	const reference = referenceOf(code);
	const rest = reference === null ? code.name : code.name?.replace(`[${reference}]`, () => '');
	return rest?.trim() || null;
}
