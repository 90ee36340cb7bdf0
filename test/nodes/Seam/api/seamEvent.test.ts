import { lockEvent, logEvents } from '../../../../nodes/Seam/api/seamEvent';

const CREATED = '2026-11-21T22:31:00.123456Z';
const OCCURRED = '2026-11-21T22:30:00.123789Z';
const EVENT = {
	event_id: 'e1',
	device_id: 'd1',
	event_type: 'lock.unlocked',
	created_at: CREATED,
	occurred_at: OCCURRED,
	method: 'keycode',
	access_code_id: 'c1',
	code: '4321',
};

it('an entry has the time at which it happened, and keeps no PIN', () => {
	expect(lockEvent(EVENT)).toEqual([
		{
			id: 'e1',
			deviceId: 'd1',
			lock: 'unlocked',
			createdAtMs: Date.parse('2026-11-21T22:31:00.123Z'),
			atMs: Date.parse('2026-11-21T22:30:00.123Z'),
			atMicros: 789,
			method: 'keycode',
			accessCodeId: 'c1',
		},
	]);
});

it('one time stands in for the other', () => {
	const created = { atMs: Date.parse(CREATED), createdAtMs: Date.parse(CREATED), atMicros: 456 };
	expect(lockEvent({ ...EVENT, occurred_at: null })).toMatchObject([created]);
	const occurred = { atMs: Date.parse(OCCURRED), createdAtMs: Date.parse(OCCURRED), atMicros: 789 };
	expect(lockEvent({ ...EVENT, created_at: undefined })).toMatchObject([occurred]);
	expect(lockEvent({ ...EVENT, created_at: null, occurred_at: 'soon' })).toEqual([]);
});

it.each([
	['2026-11-21T22:30:00Z', 0],
	['2026-11-21T22:30:00.123Z', 0],
	['2026-11-21T22:30:00.1235Z', 500],
	['2026-11-21T22:30:00.123050Z', 50],
])('the microseconds of %s are %d', (occurred_at, atMicros) => {
	expect(lockEvent({ ...EVENT, occurred_at })).toMatchObject([{ atMicros }]);
});

it('who did it may be unknown', () => {
	const { method, access_code_id, ...event } = EVENT;
	expect([method, access_code_id]).toEqual(['keycode', 'c1']);
	expect(lockEvent(event)).toMatchObject([{ method: null, accessCodeId: null }]);
});

it.each([
	['no ID', { event_id: null }],
	['no lock', { device_id: undefined }],
	['another type', { event_type: 'lock.access_denied' }],
	['an inherited word as its type', { event_type: 'constructor' }],
])('an event with %s is none of a lock', (_, change) => {
	expect(lockEvent({ ...EVENT, ...change })).toEqual([]);
	expect(lockEvent({ ...EVENT, event_type: 'lock.locked' })).toMatchObject([{ lock: 'locked' }]);
});

describe('an event that is about a code', () => {
	it('is two where it is also an opening, each with an ID of its own', () => {
		expect(logEvents(EVENT, true).map(({ id }) => id)).toEqual(['e1', 'e1:use']);
		expect(logEvents(EVENT, false).map(({ id }) => id)).toEqual(['e1']);
	});

	it('keeps the ID of Seam where it is nothing else', () => {
		const set = { ...EVENT, event_type: 'access_code.set_on_device' };
		expect(logEvents(set, true)).toMatchObject([{ id: 'e1' }]);
	});
});
