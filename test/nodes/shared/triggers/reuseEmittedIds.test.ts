import type { Reading } from '../../../../nodes/shared/model/lockStatus';
import type { Change } from '../../../../nodes/shared/triggers/changes/change';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';
import { reuseEmittedIds } from '../../../../nodes/shared/triggers/reuseEmittedIds';

const PART = 'doors.frontLeft';
const T0 = Date.UTC(2026, 10, 21);

/** What was emitted is kept by device for the whole process. */
let count = 0;
let DEVICE: string;
beforeEach(() => {
	DEVICE = `emitted-ids-car-${count++}`;
});

function readingOf(state: 'open' | 'closed', atMs: number | null): Reading {
	const nothing = nothingRead({ service: 'smartcar', deviceType: 'vehicle' }, DEVICE, 'Car');
	const partTimes: Record<string, string> = {};
	if (atMs !== null) partTimes[PART] = new Date(atMs).toISOString();
	return { ...nothing, doors: { frontLeft: state }, partTimes };
}

function opened(id: string, atMs: number, previousObservedAtMs: number | null): Change {
	return {
		id,
		deviceId: DEVICE,
		event: 'doorOpened',
		part: PART,
		from: 'closed',
		to: 'open',
		observedAtMs: atMs,
		previousObservedAtMs,
		orderMs: atMs,
	};
}

const idsOf = (changes: Change[], ...readings: Reading[]) =>
	reuseEmittedIds(changes, readings).map(({ id }) => id);

it('an opening after a closing without a time is another one than the one before', () => {
	expect(idsOf([opened('a', T0, T0 - 1000)], readingOf('open', T0))).toEqual(['a']);
	// another trigger finds the same opening with a later time
	const again = opened('b', T0 + 5000, T0 - 9000);
	expect(idsOf([again], readingOf('open', T0 + 5000))).toEqual(['a']);
	// it is not emitted, because nobody chose it
	expect(idsOf([], readingOf('closed', null))).toEqual([]);
	expect(idsOf([opened('c', T0 + 9000, null)], readingOf('open', T0 + 9000))).toEqual(['c']);
});

it('an opening since the last emitted one is another one', () => {
	expect(idsOf([opened('a', T0, null)])).toEqual(['a']);
	expect(idsOf([opened('b', T0 + 9000, T0)])).toEqual(['b']);
	expect(idsOf([opened('c', T0 + 9500, T0 + 8999)])).toEqual(['b']);
});

it('a closing has no id of an opening', () => {
	expect(idsOf([opened('a', T0, null)])).toEqual(['a']);
	const closed: Change = { ...opened('b', T0 + 1, null), event: 'doorClosed', to: 'closed' };
	expect(idsOf([closed])).toEqual(['b']);
	expect(idsOf([opened('c', T0 + 2, null)])).toEqual(['c']);
});

it('what is open is open, ajar or not', () => {
	expect(idsOf([opened('a', T0, null)])).toEqual(['a']);
	expect(idsOf([{ ...opened('b', T0 + 5000, null), to: 'ajar' }])).toEqual(['a']);
});

it('a late reading ends nothing, and one of the same moment does', () => {
	expect(idsOf([opened('a', T0, null)])).toEqual(['a']);
	expect(idsOf([], readingOf('closed', T0 - 1))).toEqual([]);
	expect(idsOf([opened('b', T0 + 1, null)])).toEqual(['a']);
	expect(idsOf([], readingOf('closed', T0))).toEqual([]);
	expect(idsOf([opened('c', T0 + 2, null)])).toEqual(['c']);
});

it.each<[string, Partial<Change>]>([
	['an entry of a log', { logged: { method: null, accessCodeId: null } }],
	['a part that was left open', { from: null }],
	['a change without a time', { observedAtMs: null }],
])('%s keeps its own id', (_, change) => {
	expect(idsOf([opened('a', T0, null)])).toEqual(['a']);
	expect(idsOf([{ ...opened('b', T0 + 1, null), ...change }])).toEqual(['b']);
	expect(idsOf([opened('c', T0 + 2, null)])).toEqual(['a']);
});

it('parts and devices have ids of their own', () => {
	const other = `${DEVICE}-other`;
	const changes = [opened('a', T0, null), { ...opened('b', T0, null), deviceId: other }];
	expect(idsOf([...changes, { ...opened('c', T0, null), part: 'doors.rearLeft' }])).toEqual([
		'a',
		'b',
		'c',
	]);
	expect(idsOf([{ ...opened('d', T0 + 1, null), deviceId: other }])).toEqual(['b']);
	expect(idsOf([{ ...opened('e', T0 + 1, null), part: 'doors.rearLeft' }])).toEqual(['c']);
});

it('the ids of the last 10,000 devices are kept, and those of the oldest one forgotten', () => {
	const of = (device: string, change: Change): Change => ({
		...change,
		deviceId: `${DEVICE}-${device}`,
	});
	idsOf([of('first', opened('a', T0, null))]);
	idsOf([of('second', opened('b', T0, null))]);
	const closed: Change = { ...opened('c', T0 + 1, T0), event: 'doorClosed', to: 'closed' };
	// so the second one is the oldest
	idsOf([of('first', closed)]);
	const others = Array.from({ length: 9999 }, (_, n) => of(`${n}`, opened('d', T0, null)));
	idsOf(others.slice(1));
	const second = of('second', opened('e', T0 + 2, null));
	expect(idsOf([second])).toEqual(['b']);
	idsOf(others.slice(0, 1));
	expect(idsOf([of('first', { ...closed, id: 'f' })])).toEqual(['c']);
	expect(idsOf([second])).toEqual(['e']);
});
