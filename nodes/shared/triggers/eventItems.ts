import type { IDataObject } from 'n8n-workflow';

import { clock } from '../basics/clock';
import { toLockStatus, type Reading } from '../model/lockStatus';
import { toEventItem } from './changes/change';
import { reuseEmittedIds } from './reuseEmittedIds';
import type { FoundChange } from './reduce';

/**
 * The items of changes, in their order.
 * @param readings All that were compared, also those without a change.
 * @param serviceNowMs The time on the service's clock, Unix time in milliseconds.
 */
export function toEventItems(
	found: readonly FoundChange[],
	readings: readonly Reading[],
	serviceNowMs: number,
	leftMinutes: number,
): IDataObject[] {
	const nowMs = clock.now();
	const changes = found.map(({ change }) => change);
	return reuseEmittedIds(changes, readings).map((change, index) => {
		const status = toLockStatus(found[index]!.reading, serviceNowMs);
		return toEventItem(change, status, nowMs, leftMinutes);
	});
}
