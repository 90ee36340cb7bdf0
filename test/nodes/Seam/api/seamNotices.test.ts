import { codeNoticeOf, codeUseOf, onceId } from '../../../../nodes/Seam/api/seamCodeNotices';
import { isSeamId } from '../../../../nodes/Seam/api/seamId';
import { noticeOf, SAMPLE_NOTICES } from '../../../../nodes/Seam/api/seamNotices';
import { wordOf } from '../../../../nodes/Seam/api/seamWord';

/** What events of Seam say, in words. */

it.each<[object, object, string]>([
	[
		{ event_type: 'lock.access_denied' },
		{ reason: null, accessCodeId: null },
		'Access was denied at Front door',
	],
	[
		{
			event_type: 'lock.access_denied',
			access_code_id: 'c1',
			reason: { reason_code: 'code_not_yet_valid' },
		},
		{ reason: 'code_not_yet_valid', accessCodeId: 'c1' },
		'Access was denied at Front door: code not yet valid',
	],
	[{ event_type: 'device.connected' }, {}, 'Front door is connected'],
	[{ event_type: 'device.disconnected' }, { reason: null }, 'Front door is no longer connected'],
	[
		{ event_type: 'device.low_battery' },
		{ battery: null, batteryLevel: null },
		'The battery of Front door is low',
	],
	[
		{ event_type: 'device.low_battery', battery_level: 0.125, battery_source: 'accessory_keypad' },
		{ battery: 'keypad', batteryLevel: 0.125 },
		'The keypad battery of Front door is low (13 %)',
	],
])('%j is put into words', (event, details, text) => {
	const notice = noticeOf({ ...event });
	expect(notice!.details).toEqual(details);
	expect(notice!.describe('Front door')).toBe(text);
});

it.each<[string, string, string]>([
	[
		'access_code.failed_to_set_on_device',
		'guestCodeFailed',
		'A guest code could not be put on Front door',
	],
	['access_code.scheduled_on_device', 'guestCodeReady', 'A guest code is ready on Front door'],
	['access_code.set_on_device', 'guestCodeReady', 'A guest code is ready on Front door'],
	['access_code.deleted', 'guestCodeRemoved', 'A guest code was removed from Front door'],
	[
		'access_code.removed_from_device',
		'guestCodeRemoved',
		'A guest code was removed from Front door',
	],
])('%s is %s', (event_type, event, text) => {
	const notice = codeNoticeOf({ event_type, access_code_id: 'c1' })!;
	expect(notice).toMatchObject({ event, codeId: 'c1', details: { accessCodeId: 'c1' } });
	expect(notice.describe('Front door')).toBe(text);
	expect(codeNoticeOf({ event_type })).toBeUndefined();
});

it.each<[unknown, string]>([
	[undefined, 'not_on_lock'],
	[[], 'not_on_lock'],
	[[{ error_code: 'The code 4711' }], 'not_on_lock'],
	[
		[{}, { error_code: 'duplicate_code_on_device' }, { error_code: 'x' }],
		'duplicate_code_on_device',
	],
])('a code failed because of %j: %s', (access_code_errors, reason) => {
	const event_type = 'access_code.failed_to_set_on_device';
	const notice = codeNoticeOf({ event_type, access_code_id: 'c1', access_code_errors })!;
	expect(notice.details).toEqual({ reason, accessCodeId: 'c1' });
});

it('only what opens with a code that Seam manages is a use of it', () => {
	const use = { event_type: 'lock.unlocked', access_code_id: 'c1' };
	const notice = codeUseOf(use)!;
	expect(notice.details).toEqual({ accessCodeId: 'c1' });
	expect(notice.describe('Front door')).toBe(
		'A guest code was used for the first time at Front door',
	);
	expect(codeUseOf({ ...use, access_code_is_managed: true })).toBeDefined();
	expect(codeUseOf({ ...use, access_code_is_managed: false })).toBeUndefined();
	expect(codeUseOf({ ...use, event_type: 'lock.locked' })).toBeUndefined();
	expect(codeUseOf({ ...use, access_code_id: undefined })).toBeUndefined();
});

it('each code has one ID for each kind of event', () => {
	const ids = [onceId('guestCodeReady', 'c1'), onceId('guestCodeReady', 'c2')];
	expect(new Set([...ids, onceId('guestCodeRemoved', 'c1')]).size).toBe(3);
});

it('the samples show what the events show', () => {
	expect([...SAMPLE_NOTICES.keys()].sort()).toEqual([
		'accessDenied',
		'deviceConnected',
		'deviceDisconnected',
		'guestCodeFailed',
		'guestCodeFirstUse',
		'guestCodeReady',
		'guestCodeRemoved',
		'lowBattery',
	]);
	const details = (event: string) => SAMPLE_NOTICES.get(event)!.details;
	const accessCodeId = expect.stringMatching(/^[\da-f-]{36}$/) as string;
	expect(details('accessDenied')).toEqual({ reason: 'expired_code', accessCodeId });
	expect(details('guestCodeFailed')).toEqual({ reason: 'failed_to_set_on_device', accessCodeId });
	expect(details('lowBattery')).toMatchObject({ batteryLevel: 0.1 });
});

it.each<[unknown, string | null]>([
	['expired_code', 'expired_code'],
	[`a${'b'.repeat(79)}`, `a${'b'.repeat(79)}`],
	[`a${'b'.repeat(80)}`, null],
	['expired code', null],
	['4711_code', null],
	['_code', null],
	['code4711', null],
	['Code', null],
	['', null],
	[7, null],
])('the word of %j is %j, because a sentence may hold a PIN', (value, word) => {
	expect(wordOf(value)).toBe(word);
});

it.each<[string, boolean]>([
	['11111111-1111-4111-8111-111111111111', true],
	['a'.repeat(100), true],
	['a'.repeat(101), false],
	['', false],
	['a b', false],
	['/a', false],
	['a/', false],
])('%j can be an ID in Seam: %s', (text, isId) => {
	expect(isSeamId(text)).toBe(isId);
});
