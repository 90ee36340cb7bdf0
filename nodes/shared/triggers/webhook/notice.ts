import type { IDataObject } from 'n8n-workflow';

import type { LockStatus } from '../../model/lockStatus';
import { isoOf } from '../../basics/times';

/** Something that a service pushes and that is no change of a lock or a door. */
export interface Notice {
	id: string;
	event: string;
	service: string;
	deviceId: string;
	name: string;
	/** Unix time in milliseconds. */
	observedAtMs: number | null;
	text: string;
	/** What this kind of notice has besides. */
	details: IDataObject;
}

/** An item of the same shape as that of a change, where nothing went from one state to another. */
export function toNoticeItem(
	notice: Notice,
	status: LockStatus | null,
	nowMs: number,
): IDataObject {
	return {
		id: notice.id,
		event: notice.event,
		service: notice.service,
		deviceId: notice.deviceId,
		name: notice.name,
		part: null,
		from: null,
		to: null,
		observedAt: isoOf(notice.observedAtMs),
		previousObservedAt: null,
		detectedAt: isoOf(nowMs),
		text: notice.text,
		...notice.details,
		status: status === null ? null : { ...status },
	};
}
