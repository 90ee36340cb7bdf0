import fc from 'fast-check';

import type { LockState, Reading } from '../../../../../nodes/shared/model/lockStatus';
import type { LockLogEntry } from '../../../../../nodes/shared/model/lockLog';
import {
	encodeParts,
	type KnownDevice,
	type KnownPart,
} from '../../../../../nodes/shared/triggers/changes/knownDevice';
import { newestKnown } from '../../../../../nodes/shared/triggers/changes/newestKnown';
import type { Observation } from '../../../../../nodes/shared/triggers/changes/observation';
import { observe } from '../../../../../nodes/shared/triggers/changes/observe';
import { nothingRead } from '../../../../../nodes/shared/triggers/changes/parts';

const T0 = Date.UTC(2026, 10, 21);
const RULES = { events: new Set<never>(), leftMinutes: 10 };

function knownAfter(observations: readonly Observation[]): KnownDevice | undefined {
	let known: KnownDevice | undefined;
	for (const observation of observations) {
		known = observe(known, observation, RULES, T0 + 3_600_000).known;
	}
	return known;
}

const seconds = fc.integer({ min: 0, max: 60 });
const isoOf = (second: number) => new Date(T0 + second * 1000).toISOString();

/** Pushed readings of a car, which overtake each other. */
const pushed = fc
	.record({ lock: seconds, door: seconds, isLocked: fc.boolean(), isOpen: fc.boolean() })
	.map(({ lock, door, isLocked, isOpen }): Reading => {
		const nothing = nothingRead({ service: 'smartcar', deviceType: 'vehicle' }, 'car', 'Car');
		return {
			...nothing,
			lock: isLocked ? 'locked' : 'unlocked',
			doors: { frontLeft: isOpen ? 'open' : 'closed' },
			partTimes: { lock: isoOf(lock), 'doors.frontLeft': isoOf(door) },
		};
	});
const ofCar = fc
	.array(pushed, { minLength: 1, maxLength: 6 })
	.map((readings) => readings.map((reading, sequence): Observation => ({ reading, sequence })));

/** Entries of a lock's log, each of which comes alone. */
const logged = fc.record({ second: seconds, lock: fc.constantFrom('locked', 'unlocked') });
const ofLock = fc.array(logged, { minLength: 1, maxLength: 6 }).map((entries) => [
	observationOf('unlocked', []),
	...entries.map(({ second, lock }, index) => {
		const id = String(index);
		const atMs = T0 + second * 1000;
		return observationOf('unknown', [
			{ id, deviceId: 'door', lock, atMs, method: null, accessCodeId: null },
		]);
	}),
]);

function observationOf(lock: LockState, log: LockLogEntry[]): Observation {
	const nothing = nothingRead({ service: 'seam', deviceType: 'lock' }, 'door', 'Door');
	return { reading: { ...nothing, lock }, log };
}

const history = fc.oneof(ofCar, ofLock).chain((observations) =>
	fc.record({
		observations: fc.constant(observations),
		length: fc.integer({ min: 1, max: observations.length }),
	}),
);

it('an older state changes nothing in a newer one', () => {
	fc.assert(
		fc.property(history, ({ observations, length }) => {
			const now = knownAfter(observations)!;
			const once = knownAfter(observations.slice(0, length))!;
			expect(newestKnown(now, once, false)).toEqual(now);
		}),
	);
});

it('a process with an older state takes over the newer one', () => {
	fc.assert(
		fc.property(history, ({ observations, length }) => {
			const now = knownAfter(observations)!;
			const once = knownAfter(observations.slice(0, length))!;
			expect(newestKnown(once, now, true)).toEqual(now);
		}),
	);
});

it('of two states that changed separately, the newer value of each part counts', () => {
	const at = (isLocked: boolean, lockSecond: number, isOpen: boolean, doorSecond: number) => {
		const nothing = nothingRead({ service: 'smartcar', deviceType: 'vehicle' }, 'car', 'Car');
		const reading: Reading = {
			...nothing,
			lock: isLocked ? 'locked' : 'unlocked',
			doors: { frontLeft: isOpen ? 'open' : 'closed' },
			partTimes: { lock: isoOf(lockSecond), 'doors.frontLeft': isoOf(doorSecond) },
		};
		return knownAfter([{ reading, sequence: 1 }])!;
	};
	const { parts } = newestKnown(at(true, 9, false, 1), at(false, 2, true, 8), true);
	expect(parts).toBe(at(true, 9, true, 8).parts);
});

it('a part that only one of them knows is kept', () => {
	const known = (paths: Array<'lock' | 'doors.frontLeft'>): KnownDevice => ({
		name: 'Car',
		parts: encodeParts(
			new Map(paths.map((path) => [path, { state: path === 'lock' ? 'locked' : 'open', at: T0 }])),
		),
		changes: 1,
	});
	const [lock, both] = [known(['lock']), known(['lock', 'doors.frontLeft'])];
	for (const isOtherNewer of [false, true]) {
		expect(newestKnown(lock, both, isOtherNewer)).toEqual(both);
		expect(newestKnown(both, lock, isOtherNewer)).toEqual(both);
	}
});

describe('of two states of a lock', () => {
	const state = (lock: KnownPart, change: Partial<KnownDevice> = {}): KnownDevice => ({
		name: 'Door',
		parts: encodeParts(new Map([['lock', lock]])),
		changes: 1,
		...change,
	});
	const OLD = { state: 'locked', at: T0 } as const;
	const NEW = { state: 'unlocked', at: T0 + 5000 } as const;
	const [oldLog, newLog] = [{ leads: true } as const, { unsure: true } as const];

	it.each([
		['both followed the log', state(OLD, { log: oldLog }), state(NEW, { log: newLog }), newLog],
		['only the newer one followed the log', state(OLD), state(NEW, { log: newLog }), newLog],
		['only the older one followed the log', state(OLD, { log: oldLog }), state(NEW), oldLog],
		['neither followed the log', state(OLD), state(NEW), undefined],
	])('the place in the log is that of the newer one, if it has any: %s', (_, older, newer, log) => {
		expect(newestKnown(older, newer, false).log).toEqual(log);
		expect(newestKnown(newer, older, false).log).toEqual(log);
		expect(newestKnown(older, newer, true).log).toEqual(log);
		expect(newestKnown(newer, older, true).log).toEqual(log);
	});

	it('the lock comes from the one with the later log entry', () => {
		const further = state(OLD, { log: { at: T0 + 9000 } });
		const merged = state(OLD, { log: { at: T0 + 9000 } });
		expect(newestKnown(further, state(NEW, { log: {} }), false)).toEqual(merged);
		expect(newestKnown(state(NEW, { log: {} }), further, false)).toEqual(merged);
	});

	it('without times, the higher number counts, whichever was stored last', () => {
		const own = state({ state: 'locked', sequence: 5 });
		const other = state({ state: 'unlocked', sequence: 2 });
		for (const isOtherNewer of [false, true]) {
			expect(newestKnown(own, other, isOtherNewer).parts).toBe(own.parts);
			expect(newestKnown(other, own, isOtherNewer).parts).toBe(own.parts);
		}
	});

	it('without a time or a number for both, the one that was stored last counts', () => {
		const [own, other] = [state({ state: 'locked', sequence: 5 }), state({ state: 'unlocked' })];
		for (const [one, two] of [
			[own, other],
			[other, own],
			[state({ state: 'locked' }), other],
		] as const) {
			expect(newestKnown(one, two, true).parts).toBe(two.parts);
			expect(newestKnown(one, two, false).parts).toBe(one.parts);
		}
	});

	it('a place in the log counts although no state of the lock is known with it', () => {
		const own = state(OLD);
		const other = { ...own, parts: '', log: { at: T0 + 9000 } };
		expect(newestKnown(own, other, true)).toEqual({ ...own, log: other.log });
		expect(newestKnown(other, own, false)).toEqual({ ...own, log: other.log });
	});

	it('of the same moment, the one that was stored last counts, with its name', () => {
		const own = state(OLD, { name: 'Door', log: oldLog });
		const other = state({ ...NEW, at: T0 }, { name: 'Front door', log: newLog });
		expect(newestKnown(own, other, true)).toEqual(other);
		expect(newestKnown(own, other, false)).toEqual(own);
	});

	it('the higher counter continues, so that no event id is used twice', () => {
		const [own, other] = [state(OLD, { changes: 9 }), state(NEW, { changes: 4 })];
		expect(newestKnown(own, other, true).changes).toBe(9);
		expect(newestKnown(other, own, true).changes).toBe(9);
	});
});
