import * as fc from 'fast-check';

import { observe } from '../../../../../nodes/shared/triggers/changes/observe';
import type { WatchRules } from '../../../../../nodes/shared/triggers/changes/observation';
import { WATCH_EVENTS, type Change } from '../../../../../nodes/shared/triggers/changes/change';
import {
	isKnownDevice,
	decodeParts,
	type KnownDevice,
} from '../../../../../nodes/shared/triggers/changes/knownDevice';
import {
	readingOf,
	snapshots,
	START_MS,
	stored,
	trueChanges,
	type Part,
	type Snapshot,
} from './watchModel';

const MINUTE_MS = 60_000;
const LEFT = new Set(['doorLeftOpen', 'leftUnlocked', 'windowLeftOpen']);
const EVERYTHING: WatchRules = {
	events: new Set(WATCH_EVENTS.filter((event) => !LEFT.has(event))),
	leftMinutes: 10,
};
const ONLY_LEFT: WatchRules = {
	events: new Set(['doorLeftOpen', 'leftUnlocked', 'windowLeftOpen']),
	leftMinutes: 10,
};

/** Polls a car whose service tells a new time with every reading, or none. */
function pollAll(
	states: readonly Snapshot[],
	{ tellsTime = true, rules = EVERYTHING }: { tellsTime?: boolean; rules?: WatchRules } = {},
) {
	let known: KnownDevice | undefined;
	return states.flatMap((snapshot, index) => {
		const nowMs = START_MS + index * MINUTE_MS;
		const reading = readingOf('car', snapshot, tellsTime ? nowMs - 5000 : null);
		const observed = observe(stored(known), { reading }, rules, nowMs);
		known = observed.known;
		return observed.changes.map((change) => ({ index, ...change }));
	});
}

const direction = ({ to }: Change) => (to === 'locked' || to === 'closed' ? 'in' : 'out');
const summary = (changes: ReadonlyArray<Change & { index: number }>) =>
	changes.map((change) => [change.index, change.part, direction(change)]);

describe('events are the true changes between known readings, in order, once', () => {
	it.each([true, false])('whether the service gives times or not: %s', (tellsTime) => {
		fc.assert(
			fc.property(fc.array(snapshots, { maxLength: 30 }), (states) => {
				expect(summary(pollAll(states, { tellsTime })).sort()).toEqual(trueChanges(states).sort());
			}),
			{ numRuns: 500 },
		);
	});

	it('and their ids are all different', () => {
		fc.assert(
			fc.property(fc.array(snapshots, { maxLength: 30 }), fc.boolean(), (states, tellsTime) => {
				const ids = pollAll(states, { tellsTime }).map(({ id }) => id);
				expect(new Set(ids).size).toBe(ids.length);
			}),
			{ numRuns: 300 },
		);
	});

	it('and each begins where the last one of its part ended', () => {
		fc.assert(
			fc.property(fc.array(snapshots, { maxLength: 30 }), (states) => {
				const last = new Map<string, string>();
				for (const { part, from, to } of pollAll(states)) {
					const isOut = (state: string) => state !== 'locked' && state !== 'closed';
					if (last.has(part)) expect(isOut(from!)).toBe(isOut(last.get(part)!));
					expect(isOut(from!)).not.toBe(isOut(to));
					last.set(part, to);
				}
			}),
		);
	});
});

/**
 * What n8n can do between polls: go on, repeat the poll with the state of before, or lose it by a
 * crash.
 */
const deliveries = fc.array(
	fc.record({ snapshot: snapshots, repeats: fc.integer({ min: 0, max: 2 }) }),
	{ maxLength: 25 },
);

it('a poll that is repeated with the same state gives the same events with the same ids', () => {
	fc.assert(
		fc.property(deliveries, fc.boolean(), (polls, tellsTime) => {
			let known: KnownDevice | undefined;
			polls.forEach(({ snapshot, repeats }, index) => {
				const nowMs = START_MS + index * MINUTE_MS;
				const reading = readingOf('car', snapshot, tellsTime ? nowMs : null);
				const first = observe(stored(known), { reading }, EVERYTHING, nowMs);
				for (let n = 0; n < repeats; n++) {
					const again = observe(stored(known), { reading }, EVERYTHING, nowMs + n * 1000);
					expect(again.changes.map(({ id }) => id)).toEqual(first.changes.map(({ id }) => id));
				}
				known = first.known;
			});
		}),
	);
});

it('an observation changes nothing of what it was given', () => {
	fc.assert(
		fc.property(snapshots, snapshots, (before, after) => {
			const { known } = observe(
				undefined,
				{ reading: readingOf('car', before, START_MS) },
				EVERYTHING,
				START_MS,
			);
			const copy = structuredClone(known);
			observe(known, { reading: readingOf('car', after, START_MS + 1) }, EVERYTHING, START_MS + 1);
			expect(known).toEqual(copy);
			expect(isKnownDevice(known)).toBe(true);
		}),
	);
});

it('what is older than the last reading changes nothing', () => {
	fc.assert(
		fc.property(snapshots, snapshots, (newer, older) => {
			const now = START_MS + MINUTE_MS;
			const { known } = observe(
				undefined,
				{ reading: readingOf('car', newer, START_MS) },
				EVERYTHING,
				now,
			);
			const late = { reading: readingOf('car', older, START_MS - 1) };
			const observed = observe(known, late, EVERYTHING, now);
			expect(observed.changes).toEqual([]);
			// a part of which nothing was known is no exception to what is known of the others
			const parts = decodeParts(known);
			expect([...decodeParts(observed.known)]).toEqual(expect.arrayContaining([...parts]));
		}),
	);
});

it("a car's clock that was ahead once does not stop later events", () => {
	const inYears = START_MS + 10 * 365 * 24 * 60 * MINUTE_MS;
	const ahead = readingOf('car', { lock: 'in' }, inYears);
	const { known } = observe(undefined, { reading: ahead }, EVERYTHING, START_MS);
	const right = readingOf('car', { lock: 'out' }, START_MS + MINUTE_MS);
	const { changes } = observe(known, { reading: right }, EVERYTHING, START_MS + 2 * MINUTE_MS);
	expect(changes).toMatchObject([{ event: 'unlocked' }]);
});

it('a change right after the baseline is found, though the clock of the service is known to a second only', () => {
	const baseline = readingOf('car', { lock: 'in' }, START_MS);
	const { known } = observe(undefined, { reading: baseline }, EVERYTHING, START_MS + 200);
	const changed = readingOf('car', { lock: 'out' }, START_MS + 600);
	const { changes } = observe(stored(known), { reading: changed }, EVERYTHING, START_MS - 300);
	expect(changes.map(({ event }) => event)).toEqual(['unlocked']);
});

describe('left open and left unlocked', () => {
	/** Minute by minute, an episode fires when it has lasted for ten minutes, and not again. */
	it('come once for each episode that lasts', () => {
		const lengths = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(lengths, fc.boolean(), (minutes, tellsTime) => {
				const states = minutes.flatMap((length, index) =>
					Array.from({ length }, (): Snapshot => ({ lock: index % 2 === 0 ? 'in' : 'out' })),
				);
				const told = pollAll(states, { rules: ONLY_LEFT, tellsTime });
				const isTold = (length: number, index: number) => {
					// the reading of minute 0 counts as the start, so eleven readings are ten minutes
					return index % 2 === 1 && length >= 11;
				};
				expect(told).toHaveLength(minutes.filter(isTold).length);
			}),
		);
	});

	it('keep counting while the state is unknown, but come only with a reading that shows it', () => {
		const states: Snapshot[] = [
			{ lock: 'in' },
			{ lock: 'out' },
			...Array.from({ length: 20 }, (): Snapshot => ({ lock: 'unknown' })),
			{ lock: 'out' },
		];
		const told = pollAll(states, { rules: ONLY_LEFT });
		expect(told).toMatchObject([{ index: 22, event: 'leftUnlocked', from: null, to: 'unlocked' }]);
	});

	it('come only with a reading that shows the part so, and none since has shown it otherwise', () => {
		let count = 0;
		const rules = { ...ONLY_LEFT, leftMinutes: 2 };
		fc.assert(
			fc.property(fc.array(snapshots, { maxLength: 30 }), fc.boolean(), (states, tellsTime) => {
				for (const change of pollAll(states, { rules, tellsTime })) {
					count++;
					const part = change.part as Part;
					const ageMs = tellsTime ? 5000 : 0;
					const start = (change.observedAtMs! + ageMs - START_MS) / MINUTE_MS;
					const since = states.slice(start, change.index + 1).map((state) => state[part]);
					expect(['out', 'ajar']).toContain(since.at(-1));
					expect(since).not.toContain('in');
					expect(since.length).toBeGreaterThan(2);
				}
			}),
			{ numRuns: 500 },
		);
		expect(count).toBeGreaterThan(100);
	});

	it('do not come with the first reading, however long it has been so', () => {
		const reading = readingOf('car', { lock: 'out' }, START_MS - 60 * MINUTE_MS);
		const first = observe(undefined, { reading }, ONLY_LEFT, START_MS);
		expect(first.changes).toEqual([]);
		const second = observe(first.known, { reading }, ONLY_LEFT, START_MS + MINUTE_MS);
		expect(second.changes.map(({ event }) => event)).toEqual(['leftUnlocked']);
	});

	it('do not come with a copy that is older than what is known', () => {
		let known: KnownDevice | undefined;
		const poll = (minute: number, readAtMinute: number) => {
			const reading = readingOf('car', { lock: 'out' }, START_MS + readAtMinute * MINUTE_MS);
			const observed = observe(known, { reading }, ONLY_LEFT, START_MS + minute * MINUTE_MS);
			known = observed.known;
			return observed.changes.map(({ event }) => event);
		};
		expect([poll(0, 0), poll(5, 5), poll(12, 3), poll(13, 13)]).toEqual([
			[],
			[],
			[],
			['leftUnlocked'],
		]);
	});

	it('count a door that goes from ajar to open as one opening', () => {
		const states: Snapshot[] = [
			{ lock: 'in', 'doors.frontLeft': 'in' },
			...Array.from({ length: 30 }, (_, n): Snapshot => ({
				lock: 'in',
				'doors.frontLeft': n % 2 === 0 ? 'ajar' : 'out',
			})),
		];
		expect(pollAll(states, { rules: ONLY_LEFT })).toHaveLength(1);
		expect(pollAll(states)).toHaveLength(1);
	});
});
