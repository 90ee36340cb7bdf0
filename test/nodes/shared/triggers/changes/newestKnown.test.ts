import fc from 'fast-check';

import type { LockState, Reading } from '../../../../../nodes/shared/model/lockStatus';
import type { LockLogEntry } from '../../../../../nodes/shared/model/lockLog';
import type { KnownDevice } from '../../../../../nodes/shared/triggers/changes/knownDevice';
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

it('of two states that went on apart, the newer value of each part counts', () => {
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
