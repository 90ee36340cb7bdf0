import type { Reading } from '../../../../nodes/shared/model/lockStatus';
import { toLockStatus } from '../../../../nodes/shared/model/lockStatus';
import { WATCH_EVENTS, type WatchEvent } from '../../../../nodes/shared/triggers/changes/change';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';
import {
	asSample,
	sampleNotices,
	samplesOf,
	withoutValues,
} from '../../../../nodes/shared/triggers/sampleEvents';
import { START_MS, VirtualClock } from '../../../support/virtualClock';

const NOW = '2026-11-21T22:30:00.000Z';
const READ_AT = '2026-11-21T22:00:00.000Z';
const CAR = nothingRead({ service: 'volvo', deviceType: 'vehicle' }, 'car', 'XC40');
const DOOR = nothingRead({ service: 'seam', deviceType: 'lock' }, 'door', 'Front door');
const LOCK_EVENTS: WatchEvent[] = ['leftUnlocked', 'locked', 'unlocked'];

let time: VirtualClock;
beforeEach(() => {
	time = new VirtualClock();
});
afterEach(() => time.restore());

function samples(
	reading: Reading,
	events: readonly WatchEvent[] = WATCH_EVENTS,
	{ leftMinutes = 10, hasLog = false } = {},
) {
	const rules = { events: new Set(events), leftMinutes };
	return samplesOf(reading, rules, hasLog).map(({ json }) => json);
}

it('a car of which nothing is known has a sample of each event, with its usual part', () => {
	const table = samples(CAR).map((item) => [item.event, item.part, item.from, item.to, item.text]);
	expect(table).toEqual([
		[
			'doorClosed',
			'doors.frontLeft',
			'open',
			'closed',
			'Sample: The front left door of XC40 was closed',
		],
		[
			'doorLeftOpen',
			'doors.frontLeft',
			null,
			'open',
			'Sample: The front left door of XC40 was left open for 10 minutes',
		],
		[
			'doorOpened',
			'doors.frontLeft',
			'closed',
			'open',
			'Sample: The front left door of XC40 was opened',
		],
		['leftUnlocked', 'lock', null, 'unlocked', 'Sample: XC40 was left unlocked for 10 minutes'],
		['locked', 'lock', 'unlocked', 'locked', 'Sample: XC40 was locked'],
		['unlocked', 'lock', 'locked', 'unlocked', 'Sample: XC40 was unlocked'],
		[
			'windowClosed',
			'windows.frontLeft',
			'open',
			'closed',
			'Sample: The front left window of XC40 was closed',
		],
		[
			'windowLeftOpen',
			'windows.frontLeft',
			null,
			'open',
			'Sample: The front left window of XC40 was left open for 10 minutes',
		],
		[
			'windowOpened',
			'windows.frontLeft',
			'closed',
			'open',
			'Sample: The front left window of XC40 was opened',
		],
	]);
});

it('a sample has the shape of an event, and the status as it was read', () => {
	const reading: Reading = { ...CAR, lock: 'locked', observedAt: READ_AT };
	expect(samples(reading, ['unlocked'])).toEqual([
		{
			id: 'sample:unlocked',
			event: 'unlocked',
			service: 'volvo',
			deviceId: 'car',
			name: 'XC40',
			part: 'lock',
			from: 'locked',
			to: 'unlocked',
			observedAt: READ_AT,
			previousObservedAt: READ_AT,
			detectedAt: NOW,
			text: 'Sample: XC40 was unlocked',
			status: toLockStatus(reading, START_MS),
		},
	]);
});

it('only chosen events have a sample', () => {
	expect(samples(CAR, ['doorOpened', 'locked']).map(({ event }) => event)).toEqual([
		'doorOpened',
		'locked',
	]);
	expect(samples(CAR, [])).toEqual([]);
});

it('the door of a lock has its own part', () => {
	expect(samples(DOOR, ['doorOpened'])).toMatchObject([
		{ part: 'doors.door', text: 'Sample: The door of Front door was opened' },
	]);
});

describe('of the parts that were read', () => {
	const reading: Reading = {
		...CAR,
		lock: 'locked',
		doors: { frontLeft: 'closed', frontRight: 'unknown', rearLeft: 'ajar' },
		windows: { rearRight: 'closed' },
	};

	it('the one in the right state is taken, with this state, else the first of its kind', () => {
		const table = samples(reading).map(({ event, part, to }) => [event, part, to]);
		expect(table).toEqual([
			['doorClosed', 'doors.frontLeft', 'closed'],
			['doorLeftOpen', 'doors.rearLeft', 'ajar'],
			['doorOpened', 'doors.rearLeft', 'ajar'],
			['leftUnlocked', 'lock', 'unlocked'],
			['locked', 'lock', 'locked'],
			['unlocked', 'lock', 'unlocked'],
			['windowClosed', 'windows.rearRight', 'closed'],
			['windowLeftOpen', 'windows.rearRight', 'open'],
			['windowOpened', 'windows.rearRight', 'open'],
		]);
	});
});

describe('the times of a sample', () => {
	const timesOf = (reading: Reading, hasLog: boolean) =>
		samples(reading, ['doorOpened', 'doorLeftOpen', 'unlocked', 'leftUnlocked'], { hasLog }).map(
			({ event, observedAt, previousObservedAt }) => [event, observedAt, previousObservedAt],
		);

	it('are those of the reading', () => {
		for (const hasLog of [false, true]) {
			expect(timesOf({ ...DOOR, observedAt: READ_AT }, hasLog)).toEqual([
				['doorLeftOpen', READ_AT, READ_AT],
				['doorOpened', READ_AT, READ_AT],
				['leftUnlocked', READ_AT, READ_AT],
				['unlocked', READ_AT, READ_AT],
			]);
		}
	});

	it('are missing where the reading has none, except when something began', () => {
		expect(timesOf(DOOR, false)).toEqual([
			['doorLeftOpen', NOW, null],
			['doorOpened', null, null],
			['leftUnlocked', NOW, null],
			['unlocked', null, null],
		]);
	});

	it('are those of now where they would come from the log of the lock', () => {
		expect(timesOf(DOOR, true)).toEqual([
			['doorLeftOpen', NOW, null],
			['doorOpened', null, null],
			['leftUnlocked', NOW, NOW],
			['unlocked', NOW, NOW],
		]);
	});
});

it('with a log, locking and unlocking have a method, and nothing else has', () => {
	const items = samples(DOOR, [...LOCK_EVENTS, 'doorOpened'], { hasLog: true });
	const logged = { method: 'manual', accessCodeId: null };
	expect(items.map(({ event, text }) => [event, text])).toEqual([
		['doorOpened', 'Sample: The door of Front door was opened'],
		['leftUnlocked', 'Sample: Front door was left unlocked for 10 minutes'],
		['locked', 'Sample: Front door was locked by hand'],
		['unlocked', 'Sample: Front door was unlocked by hand'],
	]);
	expect(items.map(({ part }) => part)).toEqual(['doors.door', 'lock', 'lock', 'lock']);
	for (const item of items.slice(0, 2)) expect(item).not.toHaveProperty('method');
	for (const item of items.slice(2)) expect(item).toMatchObject(logged);
	for (const item of samples(DOOR, LOCK_EVENTS)) expect(item).not.toHaveProperty('method');
});

it('a notice has a sample with its own fields, as of now', () => {
	const notice = {
		event: 'lowBattery',
		details: { batteryLevel: 0.12 },
		describe: (name: string) => `The battery of ${name} is low`,
	};
	const items = sampleNotices(DOOR, [notice]).map(({ json }) => json);
	expect(items).toEqual([
		{
			id: 'sample:lowBattery',
			event: 'lowBattery',
			service: 'seam',
			deviceId: 'door',
			name: 'Front door',
			part: null,
			from: null,
			to: null,
			observedAt: NOW,
			previousObservedAt: null,
			detectedAt: NOW,
			text: 'Sample: The battery of Front door is low',
			batteryLevel: 0.12,
			status: toLockStatus(DOOR, START_MS),
		},
	]);
});

it('an item that is marked as a sample is otherwise as it was', () => {
	const item = { id: 'e-1', text: 'XC40 was locked' };
	expect(asSample(item)).toEqual({ id: 'e-1', text: 'Sample: XC40 was locked' });
	expect(item.text).toBe('XC40 was locked');
	expect(asSample({ id: 'e-2' })).toEqual({ id: 'e-2', text: 'Sample: ' });
});

it('a reading without its values still has its parts, but nothing is known of them', () => {
	const reading: Reading = {
		...CAR,
		lock: 'locked',
		doors: { frontLeft: 'open' },
		windows: { rearLeft: 'closed' },
		openings: { trunk: 'ajar' },
		partTimes: { lock: READ_AT },
		notes: ['A note'],
		online: true,
		batteryLevel: 0.5,
		observedAt: READ_AT,
		raw: { a: 1 },
	};
	const emptied = {
		...CAR,
		lock: 'unknown',
		doors: { frontLeft: 'unknown' },
		windows: { rearLeft: 'unknown' },
		openings: { trunk: 'unknown' },
		raw: { a: 1 },
	};
	expect(withoutValues(reading)).toEqual(emptied);
	expect(withoutValues({ ...reading, windows: null })).toEqual({ ...emptied, windows: null });
});
