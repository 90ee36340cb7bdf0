import { createHash } from 'crypto';

import type { CallMeter } from '../http/request';
import type { ServiceClock } from '../http/serviceClock';
import type { LockLogEntry, LoggedNotice, LogCursor } from '../model/lockLog';

interface Listed {
	/** When the service made the entry, Unix time in milliseconds. It lists by this time. */
	createdAtMs: number;
}

export type ListedEntry = LockLogEntry & Listed;
export type ListedNotice = LoggedNotice & Listed;

export interface ListedLog {
	/** Each once, in the order in which they happened: lock events, and the notices asked for. */
	entries: Array<ListedEntry | ListedNotice>;
	/** Only if there was no time for all of them: the time up to which they are complete. */
	completeUntilMs?: number;
	/** Entries that were so close together that the service does not list all of them. */
	truncated?: ReadonlyArray<{ id: string }>;
}

/** A service's own log of lock events. */
export interface LockLog {
	/** How much later than its time an entry may be listed. So much is read again. */
	readonly overlapMs: number;
	/**
	 * The entries of all devices that the service made after `sinceMs`.
	 * @param timeoutMs Time for all calls together.
	 * @param notices Which notices to list, too.
	 */
	list(
		sinceMs: number,
		meter: CallMeter,
		timeoutMs: number,
		notices: ReadonlySet<string>,
	): Promise<ListedLog>;
}

interface ReadLog {
	entries: LockLogEntry[];
	notices: LoggedNotice[];
	cursor: LogCursor;
	/** Some entries were so close together that the service does not list all of them. */
	hasGap: boolean;
}

/**
 * Length of the key that stands for an entry in the state. Its id would take nine times as much.
 */
const KEY_LENGTH = 4;

/**
 * The entries after a cursor, each once. Without a cursor there are none, only a cursor to start
 * from.
 * @param deviceIds Whose entries; `null` = all devices.
 */
export async function readLog(
	log: LockLog,
	serviceClock: ServiceClock,
	cursor: LogCursor | undefined,
	deviceIds: readonly string[] | null,
	meter: CallMeter,
	timeoutMs: number,
	wantedNotices: ReadonlySet<string> = new Set(),
): Promise<ReadLog> {
	const { overlapMs } = log;
	const nowMs = serviceClock.now();
	// an entry may be dated ahead, and must not hide those made until then
	const beginMs = Math.min(cursor?.cursorMs ?? nowMs, nowMs);
	const listed = await log.list(beginMs - overlapMs, meter, timeoutMs, wantedNotices);
	const { entries, completeUntilMs, truncated = [] } = listed;
	const newestMs = entries.reduce((newest, entry) => Math.max(newest, entry.createdAtMs), 0);
	// what was left to the next poll has not been reported, so it is read without an overlap
	const completeMs = completeUntilMs === undefined ? newestMs : completeUntilMs + overlapMs;
	const cursorMs = Math.max(beginMs, Math.min(completeMs, nowMs));
	const watched = deviceIds && new Set(deviceIds.map((id) => id.toLowerCase()));
	const ofWatched = entries.filter(({ deviceId }) => watched?.has(deviceId.toLowerCase()) ?? true);
	// without a cursor everything in the log is older than the trigger
	const news = cursor === undefined ? [] : unseen(ofWatched, cursor);
	const newIds = new Set(news.map(({ id }) => id));
	const mayComeAgain = ofWatched.filter(({ createdAtMs }) => createdAtMs >= cursorMs - overlapMs);
	// a kind that was not asked for before begins here
	const before = new Set(cursor?.notices?.split(','));
	const isBehind = completeUntilMs !== undefined && completeUntilMs <= beginMs;
	const keys = mayComeAgain.map(keyOf);
	return {
		entries: news.filter(isOfLock).map(toEntry),
		notices: news.filter(isNotice).filter(({ event }) => before.has(event)),
		hasGap: truncated.some(({ id }) => newIds.has(id)),
		cursor: {
			cursorMs,
			seen: (isBehind ? [...new Set([...keysIn(cursor), ...keys])] : keys).sort().join(''),
			...kindsOf(wantedNotices),
		},
	};
}

/** A cursor from which the news begins. */
export function cursorAt(cursorMs: number, wantedNotices: ReadonlySet<string>): LogCursor {
	return { cursorMs, seen: '', ...kindsOf(wantedNotices) };
}

function kindsOf(notices: ReadonlySet<string>): Pick<LogCursor, 'notices'> {
	return notices.size > 0 ? { notices: [...notices].sort().join() } : {};
}

function keysIn(cursor: LogCursor | undefined): string[] {
	const { seen } = cursor ?? { seen: '' };
	return Array.from({ length: Math.floor(seen.length / KEY_LENGTH) }, (_, index) =>
		seen.slice(index * KEY_LENGTH, (index + 1) * KEY_LENGTH),
	);
}

/**
 * Counts occurrences, because two entries may share a key, and known entries are listed again
 * beside new ones.
 */
function unseen<Entry extends { id: string }>(
	entries: readonly Entry[],
	cursor: LogCursor,
): Entry[] {
	const counts = new Map<string, number>();
	for (const key of keysIn(cursor)) counts.set(key, (counts.get(key) ?? 0) + 1);
	return entries.filter((entry) => {
		const count = counts.get(keyOf(entry)) ?? 0;
		counts.set(keyOf(entry), count - 1);
		return count <= 0;
	});
}

function isOfLock(entry: ListedEntry | ListedNotice): entry is ListedEntry {
	return 'lock' in entry;
}

function isNotice(entry: ListedEntry | ListedNotice): entry is ListedNotice {
	return !isOfLock(entry);
}

function keyOf({ id }: { id: string }): string {
	return createHash('sha256').update(id).digest('base64url').slice(0, KEY_LENGTH);
}

/** Without what only the service needs, because entries are kept and emitted. */
function toEntry(entry: ListedEntry): LockLogEntry {
	const { id, deviceId, lock, atMs, method, accessCodeId } = entry;
	return { id, deviceId, lock, atMs, method, accessCodeId };
}
