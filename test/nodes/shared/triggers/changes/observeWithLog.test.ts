import * as fc from 'fast-check';

import { observe } from '../../../../../nodes/shared/triggers/changes/observe';
import { WATCH_EVENTS } from '../../../../../nodes/shared/triggers/changes/change';
import {
	isKnownDevice,
	lockOf,
	type KnownDevice,
} from '../../../../../nodes/shared/triggers/changes/knownDevice';
import type { WatchRules } from '../../../../../nodes/shared/triggers/changes/observation';
import { atMinute, readingOf, stored } from './watchModel';
import type { LockLogEntry } from '../../../../../nodes/shared/model/lockLog';

const LOCK_EVENTS: WatchRules = { events: new Set(['locked', 'unlocked']), leftMinutes: 10 };
const EVERYTHING: WatchRules = { events: new Set(WATCH_EVENTS), leftMinutes: 10 };

const entryAt = (id: string, lock: 'locked' | 'unlocked', minute: number): LockLogEntry => ({
	id,
	deviceId: 'door',
	lock,
	atMs: atMinute(minute),
	method: null,
	accessCodeId: null,
});

/** A door that is polled with its log; `emitted` has each event with the end of its ID. */
function doorWithLog(rules = LOCK_EVENTS) {
	let known: KnownDevice | undefined;
	const emitted: string[] = [];
	return {
		emitted,
		lock: () => lockOf(known!),
		poll(minute: number, state: 'in' | 'out' | 'unknown', log: LockLogEntry[] = []): void {
			const reading = readingOf('door', { lock: state }, null);
			const observed = observe(stored(known), { reading, log }, rules, atMinute(minute));
			known = observed.known;
			expect(isKnownDevice(stored(known))).toBe(true);
			emitted.push(...observed.changes.map(({ event, id }) => `${event} ${id.split(':').at(-1)}`));
		},
		pollWithoutLog(minute: number, state: 'in' | 'out'): void {
			const reading = readingOf('door', { lock: state }, null);
			const observation = { reading, log: [], isLogMissing: true };
			const observed = observe(stored(known), observation, rules, atMinute(minute));
			known = observed.known;
			emitted.push(...observed.changes.map(({ event, id }) => `${event} ${id.split(':').at(-1)}`));
		},
		pollOn(fromMinute: number, toMinute: number, state: 'in' | 'out'): void {
			for (let minute = fromMinute; minute < toMinute; minute++) this.poll(minute, state);
		},
	};
}

describe('clocks that differ', () => {
	it('an entry that seems older than the last one is emitted once, and counts', () => {
		const door = doorWithLog();
		door.poll(0, 'out');
		door.poll(10, 'in', [entryAt('remote', 'locked', 9.5)]);
		// by hand, by the clock of the lock
		door.poll(11, 'out', [entryAt('by hand', 'unlocked', 9.2)]);
		door.pollOn(12, 40, 'out');
		expect(door.emitted).toEqual(['locked remote', 'unlocked by hand']);
		expect(door.lock()).toBe('unlocked');
	});

	it('a reading from before the entry that seems older does not settle which is right', () => {
		const door = doorWithLog();
		door.poll(0, 'out');
		door.poll(10, 'in', [entryAt('remote', 'locked', 9.5)]);
		// the lock was read before the log
		door.poll(11, 'in', [entryAt('by hand', 'unlocked', 9.2)]);
		door.pollOn(12, 40, 'out');
		expect(door.emitted).toEqual(['locked remote', 'unlocked by hand']);
		expect(door.lock()).toBe('unlocked');
	});

	it('a really older entry does not count, and hides nothing that comes later', () => {
		const door = doorWithLog();
		door.poll(0, 'out');
		door.poll(10, 'in', [entryAt('remote', 'locked', 9.5)]);
		door.poll(11, 'in', [entryAt('before', 'unlocked', 9.2)]);
		door.pollOn(12, 14, 'in');
		expect(door.lock()).toBe('locked');
		// which this lock does not log
		door.pollOn(14, 40, 'out');
		expect(door.emitted).toEqual([
			'locked remote',
			'unlocked before',
			expect.stringMatching(/^unlocked #/),
		]);
	});

	it('when two entries close in time contradict, the next readings decide without an event', () => {
		const door = doorWithLog();
		door.poll(0, 'in');
		door.poll(10, 'out', [entryAt('hand', 'unlocked', 9.2), entryAt('remote', 'locked', 9.6)]);
		expect(door.emitted).toEqual(['unlocked hand', 'locked remote']);
		expect(door.lock()).toBe('locked');
		door.pollOn(11, 40, 'out');
		expect(door.lock()).toBe('unlocked');
		expect(door.emitted).toHaveLength(2);
	});

	it('if they are further apart, readings that keep contradicting are an event', () => {
		const door = doorWithLog();
		door.poll(0, 'in');
		door.poll(10, 'out', [entryAt('hand', 'unlocked', 7), entryAt('remote', 'locked', 9.6)]);
		door.pollOn(11, 40, 'out');
		expect(door.emitted).toHaveLength(3);
		expect(door.emitted[2]).toMatch(/^unlocked /);
	});

	it('readings that keep contradicting an entry right after the baseline are an event', () => {
		const door = doorWithLog();
		door.poll(0, 'out');
		door.poll(1, 'out', [entryAt('first', 'locked', 0.1)]);
		door.pollOn(2, 30, 'out');
		expect(door.emitted).toEqual(['locked first', expect.stringMatching(/^unlocked #/)]);
	});

	it('an entry of the future does not cause repeats of later ones', () => {
		const door = doorWithLog();
		door.poll(0, 'in');
		door.poll(10, 'out', [entryAt('ahead', 'unlocked', 70)]);
		door.poll(11, 'in', [entryAt('right', 'locked', 10.9)]);
		door.pollOn(12, 40, 'in');
		expect(door.emitted).toEqual(['unlocked ahead', 'locked right']);
	});

	it.each([2 / 60, 5 / 60, 55 / 60])(
		'a change emitted from a reading is not repeated by an entry %s minutes ahead',
		(minutesAhead) => {
			const door = doorWithLog();
			door.poll(0, 'in');
			door.pollOn(1, 4, 'out');
			door.poll(4, 'out', [entryAt('unlocked', 'unlocked', 1 + minutesAhead)]);
			door.pollOn(5, 30, 'out');
			expect(door.emitted).toEqual([expect.stringMatching(/^unlocked #/)]);
		},
	);

	it('nor is a locking that was emitted from a reading', () => {
		const door = doorWithLog();
		door.poll(0, 'out');
		door.pollOn(1, 4, 'in');
		door.poll(4, 'in', [entryAt('locked', 'locked', 1)]);
		expect(door.emitted).toEqual([expect.stringMatching(/^locked #/)]);
	});

	it('but the next entry of that state is', () => {
		const door = doorWithLog();
		door.poll(0, 'in');
		door.pollOn(1, 4, 'out');
		const entries = [
			entryAt('first', 'unlocked', 0.9),
			entryAt('between', 'locked', 1.2),
			entryAt('second', 'unlocked', 1.4),
		];
		door.poll(4, 'out', entries);
		expect(door.emitted.slice(1)).toEqual(['locked between', 'unlocked second']);
	});
});

describe('the first poll', () => {
	it('is where the news begins, as far as our idea of the clock goes', () => {
		const door = doorWithLog();
		door.poll(0, 'in');
		door.poll(1, 'in', [entryAt('before', 'locked', -2 / 60)]);
		expect(door.emitted).toEqual([]);
		door.poll(2, 'out', [entryAt('just then', 'unlocked', -1 / 60)]);
		expect(door.emitted).toEqual(['unlocked just then']);
	});
});

describe('readings that contradict the log are an event', () => {
	it('after a minute and a half where the log may be behind', () => {
		const door = doorWithLog();
		door.poll(0, 'in');
		for (const minute of [1, 2, 2.49]) door.poll(minute, 'out');
		expect(door.emitted).toEqual([]);
		door.poll(2.5, 'out');
		expect(door.emitted).toEqual([expect.stringMatching(/^unlocked #/)]);
	});

	it('after a quarter of an hour where the readings may be behind', () => {
		const door = doorWithLog();
		door.poll(0, 'in');
		for (const minute of [1, 2, 15.99]) {
			door.poll(minute, 'in', minute === 1 ? [entryAt('code', 'unlocked', 0.9)] : []);
		}
		expect(door.emitted).toEqual(['unlocked code']);
		door.poll(16, 'in');
		expect(door.emitted.slice(1)).toEqual([expect.stringMatching(/^locked #/)]);
	});
});

describe('a lock that does not log all it does', () => {
	it('was not left unlocked when it locks automatically', () => {
		const door = doorWithLog(EVERYTHING);
		door.poll(0, 'in');
		door.poll(1, 'out', [entryAt('code', 'unlocked', 0.9)]);
		door.poll(2, 'out');
		door.pollOn(3, 30, 'in');
		expect(door.emitted).toEqual(['unlocked code', expect.stringMatching(/^locked #/)]);
	});

	it('was not left unlocked while every reading shows it locked, whatever the log has', () => {
		const door = doorWithLog(EVERYTHING);
		door.poll(0, 'in');
		door.poll(1, 'in', [entryAt('code', 'unlocked', 0.9)]);
		door.pollOn(2, 14, 'in');
		expect(door.emitted).toEqual(['unlocked code']);
	});

	it('was not left unlocked because it was opened again before the readings count', () => {
		const door = doorWithLog(EVERYTHING);
		door.poll(0, 'in');
		door.poll(1, 'out', [entryAt('first', 'unlocked', 0.9)]);
		door.pollOn(2, 12, 'in');
		// its entry comes with the next poll
		door.poll(12, 'out');
		door.poll(13, 'in', [entryAt('second', 'unlocked', 11.9)]);
		expect(door.emitted).toEqual([
			'unlocked first',
			expect.stringMatching(/^locked #/),
			'unlocked second',
		]);
	});

	it('was not left unlocked between two entries that are read together', () => {
		const door = doorWithLog(EVERYTHING);
		door.poll(0, 'in');
		const entries = [entryAt('first', 'unlocked', 2), entryAt('second', 'unlocked', 14)];
		door.poll(15, 'out', entries);
		expect(door.emitted).toEqual(['unlocked first', 'unlocked second']);
		door.poll(24, 'out');
		expect(door.emitted.slice(2)).toEqual([expect.stringMatching(/^leftUnlocked/)]);
	});

	it('was not left unlocked when its locking entry comes late', () => {
		const door = doorWithLog(EVERYTHING);
		door.poll(0, 'in');
		const entries = [entryAt('out', 'unlocked', 1), entryAt('in', 'locked', 29)];
		door.poll(30, 'in', entries);
		expect(door.emitted).toEqual(['unlocked out', 'locked in']);
	});

	it('was left unlocked, counted from the reading that agrees, when the readings are behind', () => {
		const door = doorWithLog(EVERYTHING);
		door.poll(0, 'in');
		door.poll(1, 'in', [entryAt('code', 'unlocked', 0.9)]);
		door.pollOn(2, 9, 'in');
		door.pollOn(9, 19, 'out');
		expect(door.emitted).toEqual(['unlocked code']);
		door.poll(19, 'out');
		expect(door.emitted.slice(1)).toEqual([expect.stringMatching(/^leftUnlocked/)]);
	});

	it('is called left unlocked only by a reading that shows it unlocked', () => {
		const door = doorWithLog(EVERYTHING);
		door.poll(0, 'in');
		door.poll(1, 'out', [entryAt('code', 'unlocked', 0.9)]);
		for (let minute = 2; minute < 20; minute++) door.poll(minute, 'unknown');
		expect(door.emitted).toEqual(['unlocked code']);
		door.poll(20, 'out');
		expect(door.emitted.slice(1)).toEqual([expect.stringMatching(/^leftUnlocked/)]);
	});

	it('is called left unlocked again after a reading has shown it locked', () => {
		const door = doorWithLog(EVERYTHING);
		door.poll(0, 'in');
		door.poll(1, 'out', [entryAt('code', 'unlocked', 0.9)]);
		door.pollOn(2, 12, 'out');
		door.poll(12, 'in');
		door.pollOn(13, 30, 'out');
		const left = expect.stringMatching(/^leftUnlocked/) as string;
		expect(door.emitted).toEqual(['unlocked code', left, left]);
	});
});

describe('while the log cannot be read', () => {
	it('a reading that shows the lock locked ends what would have been left unlocked', () => {
		const door = doorWithLog(EVERYTHING);
		door.poll(0, 'in');
		door.poll(1, 'out', [entryAt('code', 'unlocked', 0.9)]);
		door.pollWithoutLog(2, 'in');
		door.pollWithoutLog(3, 'out');
		door.poll(12, 'out');
		expect(door.emitted).toEqual(['unlocked code']);
		door.poll(13, 'out');
		expect(door.emitted.slice(1)).toEqual([expect.stringMatching(/^leftUnlocked/)]);
	});

	it('no lock event is emitted', () => {
		const door = doorWithLog(EVERYTHING);
		door.poll(0, 'in');
		for (let minute = 1; minute < 30; minute++) door.pollWithoutLog(minute, 'out');
		expect(door.emitted).toEqual([]);
	});
});

/**
 * A lock whose entries tell only of unlocking, late or early, and whose readings are right where
 * there are any.
 */
const strikes = fc.record({
	minutes: fc.array(
		fc.record({
			isUnlocked: fc.boolean(),
			isPolled: fc.boolean(),
			isKnown: fc.boolean(),
			hasLog: fc.boolean(),
			/** In minutes, until its entry is listed. */
			lag: fc.integer({ min: 0, max: 3 }),
		}),
		{ minLength: 5, maxLength: 60 },
	),
	leftMinutes: fc.integer({ min: 1, max: 12 }),
});

it('a lock that a later reading has shown locked is never called left unlocked', () => {
	let count = 0;
	fc.assert(
		fc.property(strikes, ({ minutes, leftMinutes }) => {
			const rules: WatchRules = { events: new Set(['leftUnlocked']), leftMinutes };
			let known: KnownDevice | undefined;
			let waiting: Array<LockLogEntry & { listedAt: number }> = [];
			let locked: number[] = [];
			minutes.forEach(({ isUnlocked, isPolled, isKnown, hasLog, lag }, minute) => {
				if (isUnlocked && minutes[minute - 1]?.isUnlocked === false) {
					const entry = entryAt(`event-${minute}`, 'unlocked', minute);
					waiting.push({ ...entry, listedAt: minute + lag });
				}
				if (!isPolled) return;
				const nowMs = atMinute(minute) + 30_000;
				const state = isUnlocked ? 'out' : 'in';
				const reading = readingOf('door', { lock: isKnown ? state : 'unknown' }, null);
				const isListed = ({ listedAt }: { listedAt: number }) => hasLog && listedAt <= minute;
				const log = waiting.filter(isListed);
				waiting = waiting.filter((entry) => !isListed(entry));
				// a reading from before that may just be behind
				if (log.length > 0) locked = [];
				if (isKnown && !isUnlocked) locked.push(nowMs);
				const observation = { reading, log, isLogMissing: !hasLog };
				const observed = observe(stored(known), observation, rules, nowMs);
				known = observed.known;
				for (const { observedAtMs } of observed.changes) {
					count++;
					expect([isKnown, isUnlocked]).toEqual([true, true]);
					expect(nowMs - observedAtMs!).toBeGreaterThanOrEqual(leftMinutes * 60_000);
					expect(locked.filter((atMs) => atMs > observedAtMs!)).toEqual([]);
				}
			});
		}),
		{ numRuns: 1000 },
	);
	expect(count).toBeGreaterThan(20);
});

/** A door that is locked and unlocked; the log tells all of it, the readings what they can. */
const days = fc.record({
	steps: fc.array(
		fc.record({
			isPoll: fc.boolean(),
			/** How long after it happened Seam lists it, in polls. */
			delay: fc.integer({ min: 0, max: 2 }),
			readingKnown: fc.boolean(),
			/** Then the clock of the lock tells the time, and else that of Seam. */
			isByHand: fc.boolean(),
		}),
		{ maxLength: 40 },
	),
	/** How far the clock of the lock is ahead of Seam's, in seconds. */
	lockAhead: fc.constantFrom(0, -55, -20, 20, 55),
	/** How far our idea of Seam's clock is ahead of it, in seconds. */
	ourAhead: fc.constantFrom(0, -2, 2),
});

it('every entry is emitted once, with its own id, whatever readings and clocks say', () => {
	fc.assert(
		fc.property(days, ({ steps, lockAhead, ourAhead }) => {
			let lock: 'locked' | 'unlocked' = 'locked';
			let known: KnownDevice | undefined;
			let poll = 0;
			let waiting: Array<LockLogEntry & { inPoll: number }> = [];
			const happened: string[] = [];
			const emitted: string[] = [];
			const doPoll = (minute: number, isKnown: boolean) => {
				poll++;
				const listed = waiting.filter(({ inPoll }) => inPoll <= poll);
				waiting = waiting.filter(({ inPoll }) => inPoll > poll);
				const state = isKnown ? (lock === 'locked' ? 'in' : 'out') : 'unknown';
				const reading = readingOf('door', { lock: state }, null);
				const log = listed.sort((a, b) => a.atMs - b.atMs);
				const nowMs = atMinute(minute) + ourAhead * 1000;
				const observed = observe(stored(known), { reading, log }, LOCK_EVENTS, nowMs);
				const again = observe(stored(known), { reading, log }, LOCK_EVENTS, nowMs + 1000);
				expect(again.changes.map(({ id }) => id)).toEqual(observed.changes.map(({ id }) => id));
				known = observed.known;
				emitted.push(...observed.changes.map(({ id }) => id));
			};
			doPoll(0, true);
			steps.forEach(({ isPoll, delay, readingKnown, isByHand }, index) => {
				const minute = 1 + index;
				if (isPoll) {
					doPoll(minute, readingKnown);
					return;
				}
				lock = lock === 'locked' ? 'unlocked' : 'locked';
				const id = `event-${index}`;
				happened.push(id);
				const entry = entryAt(id, lock, minute + (isByHand ? lockAhead / 60 : 0));
				waiting.push({ ...entry, inPoll: poll + 1 + delay });
			});
			// long enough for every doubt to be over
			for (let n = 1; n <= 20; n++) doPoll(steps.length + n, true);
			// what readings show for two polls before the log does is emitted in place of its entry
			expect(emitted).toHaveLength(happened.length);
			expect(new Set(emitted).size).toBe(emitted.length);
			expect(happened).toEqual(
				expect.arrayContaining(emitted.filter((id) => id.startsWith('event-'))),
			);
			expect(lockOf(known!)).toBe(lock);
			const isInTime = steps.every(({ delay }) => delay === 0);
			if (isInTime && lockAhead === 0) expect(emitted).toEqual(happened);
		}),
		{ numRuns: 1000 },
	);
});
