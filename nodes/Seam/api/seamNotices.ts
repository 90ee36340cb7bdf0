import { recordOf, textOf } from '../../shared/basics/guards';
import type { NoticeContent } from '../../shared/model/lockLog';
import { lowBatteryOf } from './seamBattery';

/** Seam's names for the events of the triggers. Source: Seam's OpenAPI description, `event`. */
export const NOTICE_TYPES = {
	accessDenied: 'lock.access_denied',
	deviceConnected: 'device.connected',
	deviceDisconnected: 'device.disconnected',
	lowBattery: 'device.low_battery',
} as const;

const UNKNOWN_CODE = { reason_code: 'unknown_code' };

/** One of Seam's words. Its sentences are not shown, because a typed PIN may be in them. */
function wordOf(value: unknown): string | null {
	const text = textOf(value) ?? '';
	return /^[a-z][a-z_]{0,79}$/.test(text) ? text : null;
}

/** What an event says, or nothing if it is of another kind. A PIN in it is not read. */
export function noticeOf(event: Record<string, unknown>): NoticeContent | undefined {
	switch (event.event_type) {
		case NOTICE_TYPES.accessDenied: {
			const reason = wordOf(recordOf(event.reason).reason_code);
			return {
				event: 'accessDenied',
				details: { reason, accessCodeId: textOf(event.access_code_id) ?? null },
				describe: (name) => `Access was denied at ${name}${inWords(reason)}`,
			};
		}
		case NOTICE_TYPES.deviceConnected:
			return { event: 'deviceConnected', details: {}, describe: (name) => `${name} is connected` };
		case NOTICE_TYPES.deviceDisconnected:
			return {
				event: 'deviceDisconnected',
				details: { reason: wordOf(event.error_code) },
				describe: (name) => `${name} is no longer connected`,
			};
		case NOTICE_TYPES.lowBattery: {
			const { battery, level } = lowBatteryOf(event);
			const what = battery === 'keypad' ? 'keypad battery' : 'battery';
			const percent = level === null ? '' : ` (${Math.round(level * 100)} %)`;
			return {
				event: 'lowBattery',
				details: { battery, batteryLevel: level },
				describe: (name) => `The ${what} of ${name} is low${percent}`,
			};
		}
		default:
			return undefined;
	}
}

function inWords(reason: string | null): string {
	return reason === null ? '' : `: ${reason.replaceAll('_', ' ')}`;
}

/** An example of each notice. */
export const SAMPLE_NOTICES: ReadonlyMap<string, NoticeContent> = new Map(
	Object.values(NOTICE_TYPES).flatMap((type) => {
		const sample = noticeOf({ event_type: type, battery_level: 0.1, reason: UNKNOWN_CODE });
		return sample === undefined ? [] : [[sample.event, sample]];
	}),
);
