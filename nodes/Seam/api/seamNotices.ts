import { recordOf, textOf } from '../../shared/basics/guards';
import type { NoticeContent } from '../../shared/model/lockLog';
import { lowBatteryOf } from './seamBattery';
import { CODE_NOTICE_TYPES, codeNoticeOf, codeUseOf, type CodeEventName } from './seamCodeNotices';
import { wordOf } from './seamWord';

/** Seam's names for the events of a lock. Source: Seam's OpenAPI description, `event`. */
const LOCK_NOTICE_TYPES = {
	accessDenied: 'lock.access_denied',
	deviceConnected: 'device.connected',
	deviceDisconnected: 'device.disconnected',
	lowBattery: 'device.low_battery',
} as const;

/** Seam's names for each event of the triggers that is no change of a lock. */
export const NOTICE_TYPES: Record<NoticeName, readonly string[]> = {
	...CODE_NOTICE_TYPES,
	accessDenied: [LOCK_NOTICE_TYPES.accessDenied],
	deviceConnected: [LOCK_NOTICE_TYPES.deviceConnected],
	deviceDisconnected: [LOCK_NOTICE_TYPES.deviceDisconnected],
	lowBattery: [LOCK_NOTICE_TYPES.lowBattery],
};

type NoticeName = CodeEventName | keyof typeof LOCK_NOTICE_TYPES;

/** What an event says, or nothing if it is of another kind. A PIN in it is not read. */
export function noticeOf(event: Record<string, unknown>): NoticeContent | undefined {
	switch (event.event_type) {
		case LOCK_NOTICE_TYPES.accessDenied: {
			const reason = wordOf(recordOf(event.reason).reason_code);
			return {
				event: 'accessDenied',
				details: { reason, accessCodeId: textOf(event.access_code_id) ?? null },
				describe: (name) => `Access was denied at ${name}${inWords(reason)}`,
			};
		}
		case LOCK_NOTICE_TYPES.deviceConnected:
			return { event: 'deviceConnected', details: {}, describe: (name) => `${name} is connected` };
		case LOCK_NOTICE_TYPES.deviceDisconnected:
			return {
				event: 'deviceDisconnected',
				details: { reason: wordOf(event.error_code) },
				describe: (name) => `${name} is no longer connected`,
			};
		case LOCK_NOTICE_TYPES.lowBattery: {
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

const SAMPLE = {
	access_code_id: '22222222-2222-4222-8222-222222222222',
	battery_level: 0.1,
	access_code_errors: [{ error_code: 'failed_to_set_on_device' }],
	reason: { reason_code: 'expired_code' },
};

/** An example of each notice. */
export const SAMPLE_NOTICES: ReadonlyMap<string, NoticeContent> = new Map(
	Object.values(NOTICE_TYPES).flatMap(([event_type]) => {
		const event = { ...SAMPLE, event_type };
		const sample = noticeOf(event) ?? codeNoticeOf(event) ?? codeUseOf(event);
		return sample === undefined ? [] : [[sample.event, sample]];
	}),
);
