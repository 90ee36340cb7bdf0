import { seamEventOf } from '../../../../nodes/Seam/webhook/seamWebhookEvents';

/** What a delivery says. */

const CREATED = '2026-11-21T22:31:00.000Z';
const OCCURRED = '2026-11-21T22:30:00.000Z';
const ALL = new Set(['guestCodeFirstUse', 'locked', 'unlocked']);
const body = (event_type: string, more: object = {}) => ({
	event_id: 'e1',
	device_id: 'd1',
	access_code_id: 'c1',
	event_type,
	created_at: CREATED,
	occurred_at: OCCURRED,
	...more,
});
const IDENTIFIED = { eventId: 'e1', deviceId: 'd1' };

it.each(['lock.locked', 'device.low_battery', 'access_code.created', 'access_code.deleted'])(
	'%s is nothing without a lock or an ID',
	(type) => {
		expect(seamEventOf(body(type), ALL)).toMatchObject(IDENTIFIED);
		expect(seamEventOf(body(type, { device_id: undefined }), ALL)).toBeUndefined();
		expect(seamEventOf(body(type, { event_id: undefined }), ALL)).toBeUndefined();
	},
);

it.each(['access_code.created', 'access_code.name_changed'])('%s only names a code', (type) => {
	expect(seamEventOf(body(type), ALL)).toEqual({ ...IDENTIFIED, isNaming: true });
});

it.each<[object, string | null]>([
	[{}, OCCURRED],
	[{ occurred_at: undefined }, CREATED],
	[{ occurred_at: 'soon', created_at: 'soon' }, null],
])('a notice with %j happened at %j', (more, at) => {
	const { notice, once, entry } = seamEventOf(body('device.connected', more), ALL)!;
	expect(notice).toMatchObject({ id: 'e1', event: 'deviceConnected' });
	expect(notice!.atMs).toBe(at === null ? null : Date.parse(at));
	expect([once, entry]).toEqual([undefined, undefined]);
});

it('an opening with a code is both, each if it is wanted', () => {
	const opened = body('lock.unlocked', { method: 'keycode' });
	const both = seamEventOf(opened, ALL)!;
	expect(both).toMatchObject({
		entry: { lock: 'unlocked', accessCodeId: 'c1' },
		notice: { id: 'guestCodeFirstUse:c1' },
		once: { event: 'guestCodeFirstUse', codeId: 'c1', id: 'e1' },
	});
	expect(seamEventOf(opened, new Set(['guestCodeFirstUse']))!.entry).toBeUndefined();
	expect(seamEventOf(opened, new Set(['unlocked']))!.notice).toBeUndefined();
});

it('a code that failed may fail again, so it keeps the ID of the event', () => {
	const event = seamEventOf(body('access_code.failed_to_set_on_device'), ALL)!;
	expect(event.notice).toMatchObject({ id: 'e1', event: 'guestCodeFailed' });
	expect(event.once).toBeUndefined();
	const ready = seamEventOf(body('access_code.set_on_device'), ALL)!;
	expect(ready.notice).toMatchObject({ id: 'guestCodeReady:c1' });
});

it('an event of another kind is nothing', () => {
	expect(seamEventOf(body('thermostat.temperature_changed'), ALL)).toBeUndefined();
});
