import { toLockStatus } from '../../../../nodes/shared/model/lockStatus';
import type { Change } from '../../../../nodes/shared/triggers/changes/change';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';
import { toEventItems } from '../../../../nodes/shared/triggers/eventItems';
import { toNoticeItem } from '../../../../nodes/shared/triggers/notice';
import type { FoundNotice } from '../../../../nodes/shared/triggers/reduce';
import { START_MS, VirtualClock } from '../../../support/virtualClock';

const DOOR = { service: 'seam', deviceType: 'lock' } as const;
const reading = {
	...nothingRead(DOOR, 'event-items-door', 'Front door'),
	lock: 'locked' as const,
	observedAt: new Date(START_MS).toISOString(),
};
const changeAt = (id: string, atMs: number): Change => ({
	id,
	deviceId: reading.deviceId,
	event: 'locked',
	part: 'lock',
	from: 'unlocked',
	to: 'locked',
	observedAtMs: atMs,
	previousObservedAtMs: null,
	orderMs: atMs,
	logged: { method: null, accessCodeId: null },
});
const noticeAt = (id: string, atMs: number): FoundNotice => ({
	notice: {
		id,
		deviceId: reading.deviceId,
		event: 'deviceConnected',
		atMs,
		details: { reason: 'back' },
		describe: (name) => `${name} is connected`,
	},
	reading,
});

let time: VirtualClock;
beforeEach(() => {
	time = new VirtualClock();
});
afterEach(() => time.restore());

it('changes and notices are items in the order in which they happened', () => {
	const found = [2, 4].map((n) => ({ change: changeAt(`change ${n}`, START_MS + n), reading }));
	const notices = [1, 5, 3].map((n) => noticeAt(`notice ${n}`, START_MS + n));
	const items = toEventItems(found, [reading], START_MS, 10, notices);
	expect(items.map(({ id }) => id)).toEqual([
		'notice 1',
		'change 2',
		'notice 3',
		'change 4',
		'notice 5',
	]);
	expect(toEventItems(found, [reading], START_MS, 10)).toHaveLength(2);
});

it('a notice has its own time and words, ours for when it was found, and the status', () => {
	// the clock of the service is a minute ahead of ours
	const [item] = toEventItems([], [reading], START_MS + 60_000, 10, [noticeAt('n-1', START_MS)]);
	expect(item).toEqual({
		id: 'n-1',
		event: 'deviceConnected',
		service: 'seam',
		deviceId: 'event-items-door',
		name: 'Front door',
		part: null,
		from: null,
		to: null,
		observedAt: '2026-11-21T22:30:00.000Z',
		previousObservedAt: null,
		detectedAt: '2026-11-21T22:30:00.000Z',
		text: 'Front door is connected',
		reason: 'back',
		status: { ...toLockStatus(reading, START_MS), ageSeconds: 60 },
	});
});

it('a notice about a device that could not be read has no status', () => {
	const notice = { id: 'n-2', event: 'error', observedAtMs: null, text: 'No', details: {} };
	const device = { service: 'smartcar', deviceId: 'car', name: 'Car' };
	const item = toNoticeItem(notice, device, null, START_MS);
	expect(item).toMatchObject({ deviceId: 'car', observedAt: null, status: null });
});
