import { entriesOf, entryOf, recordOf, textOf } from '../../shared/basics/guards';
import type { NoticeContent } from '../../shared/model/lockLog';
import { wordOf } from './seamWord';

/** The reason of a failure for which Seam has no word. */
export const NOT_ON_LOCK = 'not_on_lock';

/**
 * Seam's events of codes that each event of the triggers comes from. Source: Seam's OpenAPI
 * description, `event` (August 2026).
 */
export const CODE_NOTICE_TYPES = {
	guestCodeFailed: ['access_code.failed_to_set_on_device'],
	guestCodeFirstUse: ['lock.unlocked'],
	guestCodeReady: ['access_code.scheduled_on_device', 'access_code.set_on_device'],
	guestCodeRemoved: ['access_code.deleted', 'access_code.removed_from_device'],
} as const;

export type CodeEventName = keyof typeof CODE_NOTICE_TYPES;

/** Only the first of Seam's events counts: it may report the same in two steps. */
export type OnceEventName = Exclude<CodeEventName, 'guestCodeFailed'>;

const SENTENCES: Record<CodeEventName, (code: string, lock: string) => string> = {
	guestCodeFailed: (code, lock) => `${code} could not be put on ${lock}`,
	guestCodeFirstUse: (code, lock) => `${code} was used for the first time at ${lock}`,
	guestCodeReady: (code, lock) => `${code} is ready on ${lock}`,
	guestCodeRemoved: (code, lock) => `${code} was removed from ${lock}`,
};

/** @param code What the sentence begins with: `The code of booking B-1042`. */
export function codeSentence(event: unknown, code: string, lock: string): string | undefined {
	return entryOf(SENTENCES, event)?.(code, lock);
}

/** A notice of a code, and what it takes to tell whether it is the first of its code. */
export interface CodeNotice extends NoticeContent {
	event: CodeEventName;
	codeId: string;
}

/** What an event of a code says; `undefined` for one of another kind. A PIN in it is not read. */
export function codeNoticeOf(event: Record<string, unknown>): CodeNotice | undefined {
	const type = textOf(event.event_type);
	const name = EVENT_NAMES.find((each) => CODE_NOTICE_TYPES[each].some((known) => known === type));
	if (name === undefined) return undefined;
	return noticeOf(name, event, name === 'guestCodeFailed' ? { reason: reasonOf(event) } : {});
}

/** The use of a code that Seam manages, if this is one. */
export function codeUseOf(event: Record<string, unknown>): CodeNotice | undefined {
	const isUse = event.event_type === 'lock.unlocked' && event.access_code_is_managed !== false;
	return isUse ? noticeOf('guestCodeFirstUse', event, {}) : undefined;
}

/** Those with types of their own. */
const EVENT_NAMES = ['guestCodeFailed', 'guestCodeReady', 'guestCodeRemoved'] as const;

function noticeOf(
	event: CodeEventName,
	{ access_code_id }: Record<string, unknown>,
	details: NoticeContent['details'],
): CodeNotice | undefined {
	const codeId = textOf(access_code_id);
	if (codeId === undefined) return undefined;
	return {
		event,
		codeId,
		details: { ...details, accessCodeId: codeId },
		describe: (lock) => SENTENCES[event]('A guest code', lock),
	};
}

/** The first error of the code itself, in Seam's word. */
function reasonOf({ access_code_errors: errors }: Record<string, unknown>): string {
	const words = entriesOf(errors, (error) => wordOf(recordOf(error).error_code) ?? undefined);
	return words?.[0] ?? NOT_ON_LOCK;
}

export function isOnce(event: string): event is OnceEventName {
	return event !== 'guestCodeFailed' && Object.hasOwn(CODE_NOTICE_TYPES, event);
}

/** The id of an event that each code has once, whichever of Seam's events reports it. */
export function onceId(event: OnceEventName, codeId: string): string {
	return `${event}:${codeId}`;
}
