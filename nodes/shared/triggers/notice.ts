import type { IDataObject } from 'n8n-workflow';

import type { LockStatus } from '../model/lockStatus';
import { isoOf } from '../basics/times';

/** An event that is not a change of a lock or a door. */
interface Notice {
	id: string;
	event: string;
	/** Unix time in milliseconds. */
	observedAtMs: number | null;
	text: string;
	/** Extra fields of this kind of notice. */
	details: IDataObject;
}

/** An item in the shape of a change, without a `from` and a `to` state. */
export function toNoticeItem(
	notice: Notice,
	device: Pick<LockStatus, 'service' | 'deviceId' | 'name'>,
	status: LockStatus | null,
	nowMs: number,
): IDataObject {
	return {
		id: notice.id,
		event: notice.event,
		service: device.service,
		deviceId: device.deviceId,
		name: device.name,
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
