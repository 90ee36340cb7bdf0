import type { ListedEntry, ListedNotice } from '../../shared/service/lockLog';
import { toMsOrNull } from '../../shared/basics/times';
import { entryOf, recordOf, textOf } from '../../shared/basics/guards';
import type { LockLogEntry } from '../../shared/model/lockLog';
import { codeNoticeOf, codeUseOf, type CodeNotice } from './seamCodeNotices';
import { noticeOf } from './seamNotices';

interface Placed {
	/** The part of Seam's times beyond milliseconds. */
	atMicros: number;
}

type LockEvent = ListedEntry & Placed;
type Notice = ListedNotice & Placed;
/** With the id of Seam's event, because its own may become that of the code. */
type OfCode = Pick<CodeNotice, 'codeId'> & { eventId: string };
export type SeamNotice = Notice & Partial<OfCode>;
export type LogEvent = LockEvent | SeamNotice;

const LOCK_STATES: Record<string, LockLogEntry['lock']> = {
	'lock.locked': 'locked',
	'lock.unlocked': 'unlocked',
};

/**
 * A lock event of Seam, or nothing. One that names no lock is about an entrance of an access
 * system.
 */
export function lockEvent(value: unknown): LockEvent[] {
	const event = recordOf(value);
	const lock = entryOf(LOCK_STATES, event.event_type);
	if (lock === undefined) return [];
	return placed(event).map((common) => ({
		...common,
		lock,
		method: textOf(event.method) ?? null,
		accessCodeId: textOf(event.access_code_id) ?? null,
	}));
}

/**
 * What an event of Seam says, or nothing. One that is both a lock event and the use of a code is
 * two of them.
 */
export function logEvents(value: unknown, withUses: boolean): LogEvent[] {
	const event = recordOf(value);
	const notice = noticeOf(event);
	if (notice !== undefined) return placed(event).map((common) => ({ ...common, ...notice }));
	const ofCode = codeNoticeOf(event) ?? (withUses ? codeUseOf(event) : undefined);
	const notices = placed(event).flatMap((common) => {
		// the use is beside the lock event, which has this id
		const id = event.event_type === 'lock.unlocked' ? `${common.id}:use` : common.id;
		return ofCode === undefined ? [] : [{ ...common, ...ofCode, eventId: common.id, id }];
	});
	return [...lockEvent(event), ...notices];
}

/** What all events have in common, or nothing if one of it is missing. */
export function placed(event: Record<string, unknown>) {
	const id = textOf(event.event_id);
	const deviceId = textOf(event.device_id);
	const createdAtMs = toMsOrNull(event.created_at) ?? toMsOrNull(event.occurred_at);
	const occurredAtMs = toMsOrNull(event.occurred_at);
	if (id === undefined || deviceId === undefined || createdAtMs === null) return [];
	return [
		{
			id,
			deviceId,
			createdAtMs,
			atMs: occurredAtMs ?? createdAtMs,
			atMicros: microsOf(occurredAtMs === null ? event.created_at : event.occurred_at),
		},
	];
}

/** `456` of `…:08.531456Z`. */
function microsOf(time: unknown): number {
	return Number((/\.\d{3}(\d{1,3})/.exec(textOf(time) ?? '')?.[1] ?? '').padEnd(3, '0'));
}
