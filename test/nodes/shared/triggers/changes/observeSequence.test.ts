import type { LockState } from '../../../../../nodes/shared/model/lockStatus';
import { WATCH_EVENTS } from '../../../../../nodes/shared/triggers/changes/change';
import {
	decodeParts,
	type KnownDevice,
} from '../../../../../nodes/shared/triggers/changes/knownDevice';
import { observe } from '../../../../../nodes/shared/triggers/changes/observe';
import { nothingRead } from '../../../../../nodes/shared/triggers/changes/parts';

const NOW = Date.parse('2026-11-21T22:30:00.000Z');
const RULES = { events: new Set(WATCH_EVENTS), leftMinutes: 10 };
const CAR = nothingRead({ service: 'smartcar', deviceType: 'vehicle' }, 'car', 'Car');

/** A delivery without a time of its own, or with one. */
function deliver(
	known: KnownDevice | undefined,
	lock: LockState,
	sequence: number | undefined,
	atMs?: number,
) {
	const partTimes: Record<string, string> = {};
	if (atMs !== undefined) partTimes.lock = new Date(atMs).toISOString();
	const observed = observe(known, { reading: { ...CAR, lock, partTimes }, sequence }, RULES, NOW);
	return {
		known: observed.known,
		isLate: observed.isLate,
		events: observed.changes.map(({ event }) => event),
		lock: decodeParts(observed.known).get('lock')?.state,
	};
}

const locked = deliver(undefined, 'locked', 3).known;

it.each<[string, LockState, number, object]>([
	['a copy of a delivery is not late, and no news', 'locked', 3, { isLate: false, events: [] }],
	[
		'another value with the same sequence number is late, and does not count',
		'unlocked',
		3,
		{ isLate: true, events: [], lock: 'locked' },
	],
	[
		'a delivery with a lower number is late, and does not count',
		'unlocked',
		2,
		{ isLate: true, events: [], lock: 'locked' },
	],
	[
		'a delivery with a higher number counts',
		'unlocked',
		4,
		{ isLate: false, events: ['unlocked'], lock: 'unlocked' },
	],
])('%s', (_, lock, sequence, outcome) => {
	expect(deliver(locked, lock, sequence)).toMatchObject(outcome);
});

it('where the car gives times, they decide before the sequence number does', () => {
	const dated = deliver(undefined, 'locked', 3, NOW - 5000).known;
	expect(deliver(dated, 'unlocked', 9, NOW - 5001)).toMatchObject({ isLate: true, events: [] });
	expect(deliver(dated, 'unlocked', 2, NOW - 4999)).toMatchObject({
		isLate: false,
		events: ['unlocked'],
	});
});

it('readings without times and numbers count in the order in which they come', () => {
	const read = deliver(undefined, 'locked', undefined).known;
	expect(deliver(read, 'unlocked', undefined)).toMatchObject({
		isLate: false,
		events: ['unlocked'],
	});
});

describe('a value without a time that follows one with a time', () => {
	it('is newer by its number, so the earlier time no longer counts', () => {
		const dated = deliver(undefined, 'locked', 3, NOW - 5000).known;
		const undated = deliver(dated, 'locked', 4).known;
		expect(deliver(undated, 'unlocked', 5, NOW - 6000)).toMatchObject({
			isLate: false,
			events: ['unlocked'],
		});
	});

	it('leaves the time of the value where there are no numbers', () => {
		const dated = deliver(undefined, 'locked', undefined, NOW - 5000).known;
		const undated = deliver(dated, 'locked', undefined).known;
		expect(deliver(undated, 'unlocked', undefined, NOW - 6000)).toMatchObject({
			isLate: true,
			events: [],
		});
	});
});
