import type { IDataObject } from 'n8n-workflow';

import { clock } from '../basics/clock';
import { toLockStatus, type Reading } from '../model/lockStatus';
import { toEventItem } from './changes/change';
import { reuseEmittedIds } from './reuseEmittedIds';
import { toNoticeItem } from './notice';
import type { FoundChange, FoundNotice } from './reduce';

/**
 * The items of changes and notices, in the order in which they happened. The changes are in their
 * order.
 * @param readings All that were compared, also those without a change.
 * @param serviceNowMs The time on the service's clock, Unix time in milliseconds.
 */
export function toEventItems(
	found: readonly FoundChange[],
	readings: readonly Reading[],
	serviceNowMs: number,
	leftMinutes: number,
	notices: readonly FoundNotice[] = [],
): IDataObject[] {
	const nowMs = clock.now();
	const changes = found.map(({ change }) => change);
	const ofChanges = reuseEmittedIds(changes, readings).map((change, index) => {
		const status = toLockStatus(found[index]!.reading, serviceNowMs);
		const json = toEventItem(change, status, nowMs, leftMinutes);
		return { orderMs: change.orderMs, json };
	});
	const ofNotices = notices.map(({ notice, reading }) => {
		const status = toLockStatus(reading, serviceNowMs);
		const content = { ...notice, text: notice.describe(status.name), observedAtMs: notice.atMs };
		return { orderMs: notice.atMs, json: toNoticeItem(content, status, status, nowMs) };
	});
	return [...ofChanges, ...ofNotices].sort((a, b) => a.orderMs - b.orderMs).map(({ json }) => json);
}
