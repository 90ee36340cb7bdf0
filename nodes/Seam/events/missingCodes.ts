import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { mapBounded } from '../../shared/basics/concurrency';
import { HOUR_MS, isoOf, MINUTE_MS } from '../../shared/basics/times';
import { Failure } from '../../shared/model/failure';
import { toLockStatus, type Reading } from '../../shared/model/lockStatus';
import { toNoticeItem } from '../../shared/triggers/notice';
import { codeSentence, NOT_ON_LOCK } from '../api/seamCodeNotices';
import { wordOf } from '../api/seamWord';
import type { AccessCode } from '../codes/accessCode';
import { codeStateOf } from '../codes/codeState';
import type { CodeNames } from './codeNames';
import type { RememberedCodes } from './rememberedCodes';

/** Seam itself asks the makers as often. */
const LIST_AGAIN_AFTER_MS = 10 * MINUTE_MS;
const LOCKS_AT_ONCE = 5;
/** From when a code that Seam reports as late or failed is an event. */
const REPORTED_AHEAD_MS = HOUR_MS;
/** Locks without a schedule of their own are programmed an hour ahead, which takes some time. */
const SILENT_AHEAD_MS = HOUR_MS / 2;
/** A new code needs some time, however soon it begins. */
const NEW_CODE_MS = 10 * MINUTE_MS;

/**
 * Lists the codes of the locks from time to time, and says which of them begin soon and are not on
 * their lock. So their names are known when they are deleted, too.
 * @param nowMs The time on Seam's clock, Unix time in milliseconds.
 * @param isWanted Whether to say it; the names are learned anyway.
 * @returns An item for each such code and begin, once.
 */
export async function missingCodeItems(
	readings: readonly Reading[],
	names: Pick<CodeNames, 'listed'>,
	memory: RememberedCodes,
	nowMs: number,
	isWanted: boolean,
): Promise<IDataObject[]> {
	const due = readings.filter(({ deviceId }) => {
		const ageMs = nowMs - (memory.listedAtMs(deviceId) ?? 0);
		// a time in the future was written by a wrong clock
		return ageMs >= LIST_AGAIN_AFTER_MS || ageMs < 0;
	});
	const items = await mapBounded(due, LOCKS_AT_ONCE, async (reading) => {
		const { deviceId } = reading;
		const codes = await names.listed(deviceId);
		if (codes instanceof Failure) return [];
		const isFirst = memory.listedAtMs(deviceId) === undefined;
		memory.noteListed(deviceId, isFirst ? 0 : nowMs);
		// the poll at publishing starts nothing
		if (isFirst || !isWanted) return [];
		const missing = codes.filter((code) => isMissing(code, nowMs));
		const news = missing.filter((code) => {
			const wasUnread = memory.takeReported(deviceId, code.id);
			return !memory.isReported(deviceId, occasionOf(code)) && !wasUnread;
		});
		return news.map((code) => missingItem(code, reading, nowMs));
	});
	return items.flat();
}

/** A code that was reported as failed is not reported as missing for the same begin. */
export function occasionOf({ id, startsAtMs }: Pick<AccessCode, 'id' | 'startsAtMs'>): string {
	return `${id}:${isoOf(startsAtMs) ?? ''}`;
}

function isMissing(code: AccessCode, nowMs: number): boolean {
	const { startsAtMs, endsAtMs, createdAtMs } = code;
	if (startsAtMs === null || nowMs < startsAtMs - REPORTED_AHEAD_MS) return false;
	if (endsAtMs !== null && endsAtMs <= nowMs) return false;
	switch (codeStateOf(code, nowMs)) {
		case 'failed':
			return true;
		case 'late':
			return code.warnings.some(({ isOfCode }) => isOfCode) || !code.isStoredAhead;
		case 'programming':
		case 'scheduled':
		case 'unknown': {
			const dueMs = Math.max(startsAtMs - SILENT_AHEAD_MS, (createdAtMs ?? 0) + NEW_CODE_MS);
			return !mayBeOnLock(code) && nowMs >= dueMs;
		}
		default:
			return false;
	}
}

/**
 * What is on the lock is only being changed, and a stored code may start on a lock that does not
 * answer. Without an account Seam shows no status, but still lists what it has not done.
 */
function mayBeOnLock({ status, pending, isStoredAhead }: AccessCode): boolean {
	const isToBeMade = pending?.some(
		({ code }) => code === 'creating' || code === 'deferring_creation',
	);
	if (status === 'set' || isStoredAhead) return true;
	return pending === undefined ? status === undefined || status === 'unknown' : !isToBeMade;
}

function missingItem(code: AccessCode, reading: Reading, nowMs: number): IDataObject {
	const event = 'guestCodeFailed';
	const [error] = code.errors.flatMap((each) => (each.isOfCode && wordOf(each.code)) || []);
	const status = toLockStatus(reading, nowMs);
	const notice = {
		id: `${event}:${occasionOf(code)}`,
		event,
		observedAtMs: null,
		text: codeSentence(event, 'A guest code', status.name) ?? event,
		details: { reason: error ?? NOT_ON_LOCK, accessCodeId: code.id },
	};
	return toNoticeItem(notice, status, status, clock.now());
}
