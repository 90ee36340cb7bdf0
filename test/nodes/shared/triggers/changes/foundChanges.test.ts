import type { LockLogEntry } from '../../../../../nodes/shared/model/lockLog';
import type { Change, WatchEvent } from '../../../../../nodes/shared/triggers/changes/change';
import { WATCH_EVENTS } from '../../../../../nodes/shared/triggers/changes/change';
import { FoundChanges } from '../../../../../nodes/shared/triggers/changes/foundChanges';
import type { KnownDevice } from '../../../../../nodes/shared/triggers/changes/knownDevice';
import type { KnownState } from '../../../../../nodes/shared/triggers/changes/parts';
import { nothingRead } from '../../../../../nodes/shared/triggers/changes/parts';

const NOW = Date.parse('2026-11-21T22:30:00.000Z');
const EARLIER = NOW - 60_000;
const ALL = new Set<WatchEvent>(WATCH_EVENTS);
const READING = nothingRead({ service: 'volvo', deviceType: 'vehicle' }, 'car', 'XC40');

let known: KnownDevice;
let found: FoundChanges;
beforeEach(() => {
	known = { name: 'XC40', parts: '', changes: 7 };
	found = new FoundChanges(known, READING, NOW);
});
const only = (): Change => {
	const changes = found.of(ALL);
	expect(changes).toHaveLength(1);
	return changes[0]!;
};

describe('a change in a reading', () => {
	it('carries both states, both times, and an id with the time of the new value', () => {
		found.addRead('doors.rearLeft', { state: 'closed', at: EARLIER }, 'ajar', NOW - 1000);
		expect(only()).toEqual({
			id: 'volvo:car:doorOpened:doors.rearLeft:ajar:2026-11-21T22:29:59.000Z',
			deviceId: 'car',
			event: 'doorOpened',
			part: 'doors.rearLeft',
			from: 'closed',
			to: 'ajar',
			observedAtMs: NOW - 1000,
			previousObservedAtMs: EARLIER,
			orderMs: NOW - 1000,
		});
		expect(known.changes).toBe(7);
	});

	it('without a time of its own has a number in its id, and comes after those with a time', () => {
		found.addRead('lock', { state: 'locked' }, 'unlocked', null);
		expect(only()).toMatchObject({
			id: 'volvo:car:unlocked:lock:unlocked:#8',
			observedAtMs: null,
			previousObservedAtMs: null,
			orderMs: NOW + 2000,
		});
	});

	it('shares its number with the others of the same observation, not with those of the next', () => {
		found.addRead('lock', { state: 'locked' }, 'unlocked', null);
		found.addRead('openings.trunk', { state: 'closed' }, 'open', null);
		const next = new FoundChanges(known, READING, NOW + 1);
		next.addRead('lock', { state: 'unlocked' }, 'locked', null);
		const ids = [...found.of(ALL), ...next.of(ALL)].map(({ id }) => id);
		expect(ids).toEqual([
			'volvo:car:unlocked:lock:unlocked:#8',
			'volvo:car:doorOpened:openings.trunk:open:#8',
			'volvo:car:locked:lock:locked:#9',
		]);
	});

	it.each<[string, KnownState, WatchEvent]>([
		['lock', 'locked', 'locked'],
		['lock', 'unlocked', 'unlocked'],
		['doors.frontLeft', 'open', 'doorOpened'],
		['doors.frontLeft', 'ajar', 'doorOpened'],
		['openings.hood', 'closed', 'doorClosed'],
		['windows.frontLeft', 'ajar', 'windowOpened'],
		['openings.sunroof', 'closed', 'windowClosed'],
	])('of %s to %s is the event %s', (part, to, event) => {
		found.addRead(part, { state: 'closed' }, to, NOW);
		expect(only().event).toBe(event);
	});
});

describe('a change in the log of a lock', () => {
	const entry: LockLogEntry = {
		id: 'entry-1',
		deviceId: 'car',
		lock: 'unlocked',
		atMs: EARLIER,
		method: 'keycode',
		accessCodeId: 'code-1',
	};

	it("keeps the service's own id, its time, and who opened the lock", () => {
		found.addLogged(entry, { state: 'locked', at: EARLIER - 5 });
		expect(only()).toEqual({
			id: 'entry-1',
			deviceId: 'car',
			event: 'unlocked',
			part: 'lock',
			from: 'locked',
			to: 'unlocked',
			observedAtMs: EARLIER,
			previousObservedAtMs: EARLIER - 5,
			orderMs: EARLIER,
			logged: { method: 'keycode', accessCodeId: 'code-1' },
		});
	});

	it.each([
		['nothing was known before', undefined],
		['the lock was in that state already', { state: 'unlocked' } as const],
	])('names no state that it came from when %s', (_, before) => {
		found.addLogged(entry, before);
		expect(only()).toMatchObject({ from: null, to: 'unlocked', previousObservedAtMs: null });
	});

	it('from a clock that is ahead keeps its time, but is sorted as of now', () => {
		found.addLogged({ ...entry, atMs: NOW + 9 }, undefined);
		expect(only()).toMatchObject({ observedAtMs: NOW + 9, orderMs: NOW });
	});
});

it('what was left open is dated from its opening, and sorted by when its minutes were over', () => {
	const part = 'windows.rearLeft';
	const leftAtMs = EARLIER + 30_000;
	found.addLeft({ part, state: 'open', sinceMs: EARLIER, leftAtMs }, EARLIER - 5);
	expect(only()).toEqual({
		id: 'volvo:car:windowLeftOpen:windows.rearLeft:open:2026-11-21T22:29:00.000Z',
		deviceId: 'car',
		event: 'windowLeftOpen',
		part,
		from: null,
		to: 'open',
		observedAtMs: EARLIER,
		previousObservedAtMs: EARLIER - 5,
		orderMs: leftAtMs,
	});
});

it('only the chosen events come out', () => {
	found.addRead('lock', { state: 'locked' }, 'unlocked', NOW);
	found.addRead('doors.frontLeft', { state: 'closed' }, 'open', NOW);
	const chosen = found.of(new Set<WatchEvent>(['doorOpened', 'locked']));
	expect(chosen.map(({ event }) => event)).toEqual(['doorOpened']);
	expect(found.of(new Set())).toEqual([]);
});
