import * as fc from 'fast-check';

import { observe } from '../../../../../nodes/shared/triggers/changes/observe';
import { WATCH_EVENTS, type Change } from '../../../../../nodes/shared/triggers/changes/change';
import type { KnownDevice } from '../../../../../nodes/shared/triggers/changes/knownDevice';
import type { WatchRules } from '../../../../../nodes/shared/triggers/changes/observation';
import { atMinute, PARTS, readingOf, stored, type Part, type Snapshot } from './watchModel';

const RULES: WatchRules = {
	events: new Set(WATCH_EVENTS.filter((event) => !/left/i.test(event))),
	leftMinutes: 10,
};
const DEVICES = ['first car', 'second car', 'third car'];
const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;

type Value = 'in' | 'out' | 'ajar';
/** What a part is like, and since when by a right clock. */
type State = Record<Part, { value: Value; changedAtMs: number }>;
type Seen = Partial<State>;

interface Told {
	part: Part;
	value: 'in' | 'out';
	changedAtMs: number;
}

/** The plain model: what a reading changes of what was seen before, which it brings up to date. */
function trueChanges(seen: Seen, reading: Seen): Told[] {
	return PARTS.flatMap((part): Told[] => {
		const [before, now] = [seen[part], reading[part]];
		if (now === undefined || (before !== undefined && now.changedAtMs < before.changedAtMs))
			return [];
		seen[part] = now;
		const isOut = now.value !== 'in';
		if (before === undefined || isOut === (before.value !== 'in')) return [];
		return [{ part, value: isOut ? 'out' : 'in', changedAtMs: now.changedAtMs }];
	});
}

const edits = fc.array(
	fc.record({
		device: fc.integer({ min: 0, max: DEVICES.length - 1 }),
		part: fc.constantFrom(...PARTS),
		value: fc.constantFrom<Value>('in', 'out', 'ajar'),
	}),
	{ maxLength: 5 },
);

const polls = fc.array(
	fc.record({
		edits,
		/** The devices that are chosen, and those that can be read. */
		isRead: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
		unknown: fc.subarray([...PARTS]),
		/** The answer is a copy of what was so many polls ago. */
		age: fc.constantFrom(0, 0, 0, 1, 2),
		/**
		 * n8n ends before it has stored the state, or another poll that began with the same one stores
		 * its own.
		 */
		isLost: fc.boolean(),
		/** How far our idea of the service's clock is off, in seconds. */
		offSeconds: fc.constantFrom(0, -2, 2),
	}),
	{ maxLength: 25 },
);

function edit(
	world: State[],
	changes: Array<{ device: number; part: Part; value: Value }>,
	atMs: number,
) {
	const next = world.map((state) => ({ ...state }));
	for (const { device, part, value } of changes) {
		if (part === 'lock' && value === 'ajar') continue;
		if (next[device]![part].value !== value) next[device]![part] = { value, changedAtMs: atMs };
	}
	return next;
}

const newWorld = (): State[] =>
	DEVICES.map(
		() =>
			Object.fromEntries(
				PARTS.map((part) => [part, { value: 'in', changedAtMs: atMinute(0) }]),
			) as State,
	);

function without(state: State, unknown: readonly Part[]): Seen {
	return Object.fromEntries(
		Object.entries(state).filter(([part]) => !unknown.includes(part as Part)),
	);
}

function readingFrom(deviceId: string, seen: Seen, timeOf: (ms: number) => string | undefined) {
	const snapshot: Snapshot = Object.fromEntries(
		PARTS.map((part) => [part, seen[part]?.value ?? 'unknown']),
	);
	const partTimes = Object.fromEntries(
		PARTS.flatMap((part) => {
			const state = seen[part];
			const time = state === undefined ? undefined : timeOf(state.changedAtMs);
			return time === undefined ? [] : [[part, time]];
		}),
	);
	return { ...readingOf(deviceId, snapshot, null), partTimes };
}

const told = ({ part, to }: Change) => [part, to === 'locked' || to === 'closed' ? 'in' : 'out'];
const expected = ({ part, value }: Told) => [part, value];

it("each device's true changes are emitted once, whatever is repeated, lost, stale or wrong", () => {
	fc.assert(
		fc.property(
			polls,
			fc.constantFrom(0, -48 * HOUR_MS, 48 * HOUR_MS),
			fc.constantFrom(0, 24 * HOUR_MS, -HOUR_MS),
			(steps, serviceAheadMs, oursAheadMs) => {
				const history = [newWorld()];
				const known = new Map<number, KnownDevice>();
				const seen = DEVICES.map((): Seen => ({}));
				const ids = new Map<string, string>();
				const kept: string[] = [];
				steps.forEach((step, index) => {
					const pollAtMs = atMinute(10 * (index + 1));
					history.push(edit(history.at(-1)!, step.edits, pollAtMs - 10 * SECOND_MS));
					// with a clock of ours that is behind, nothing can tell a copy from what is new
					const age = oursAheadMs < 0 ? 0 : step.age;
					const world = history[Math.max(0, history.length - 1 - age)]!;
					const nowMs = pollAtMs + serviceAheadMs + oursAheadMs + step.offSeconds * SECOND_MS;
					DEVICES.forEach((deviceId, device) => {
						if (!step.isRead[device]) return;
						const answer = without(world[device]!, step.unknown);
						const reading = readingFrom(deviceId, answer, (ms) =>
							new Date(ms + serviceAheadMs).toISOString(),
						);
						const observed = observe(stored(known.get(device)), { reading }, RULES, nowMs);
						const after = { ...seen[device] };
						const changes = trueChanges(after, answer).sort(
							(a, b) => a.changedAtMs - b.changedAtMs || (a.part < b.part ? -1 : 1),
						);
						// as a poll puts them in order
						const inOrder = observed.changes.sort(
							(a, b) => a.orderMs - b.orderMs || (a.part < b.part ? -1 : 1),
						);
						expect(inOrder.map(told)).toEqual(changes.map(expected));
						inOrder.forEach(({ id }, n) => {
							const key = JSON.stringify([device, changes[n]]);
							expect(ids.get(key) ?? id).toBe(id);
							ids.set(key, id);
							if (!step.isLost) kept.push(key);
						});
						if (step.isLost) return;
						known.set(device, observed.known);
						seen[device] = after;
					});
				});
				expect(new Set(kept).size).toBe(kept.length);
				expect(new Set(ids.values()).size).toBe(ids.size);
			},
		),
		{ numRuns: 500 },
	);
});

it('without times, a repeated poll that finds more gives the same changes the same ids', () => {
	fc.assert(
		fc.property(polls, (steps) => {
			let world = newWorld();
			const known = new Map<number, KnownDevice>();
			const ids: string[] = [];
			const observeOne = (device: number, unknown: readonly Part[], minute: number) => {
				const answer = without(world[device]!, unknown);
				const reading = readingFrom(DEVICES[device]!, answer, () => undefined);
				return observe(stored(known.get(device)), { reading }, RULES, atMinute(minute));
			};
			steps.forEach((step, index) => {
				const half = Math.floor(step.edits.length / 2);
				world = edit(world, step.edits.slice(0, half), 0);
				const lost = DEVICES.map((_, device) => observeOne(device, step.unknown, index));
				const wasTold = (device: number, part: Part) =>
					lost[device]!.changes.some((change) => change.part === part);
				const more = step.edits.slice(half).filter(({ device, part }) => !wasTold(device, part));
				world = edit(world, more, 0);
				DEVICES.forEach((_, device) => {
					if (!step.isRead[device]) return;
					const { known: after, changes } = observeOne(device, step.unknown, index + 0.5);
					const isRepeat = known.has(device);
					known.set(device, after);
					ids.push(...changes.map(({ id }) => id));
					const idsOfLost = lost[device]!.changes.map(({ id }) => id);
					if (isRepeat)
						expect(changes.map(({ id }) => id)).toEqual(expect.arrayContaining(idsOfLost));
				});
			});
			expect(new Set(ids).size).toBe(ids.length);
		}),
		{ numRuns: 500 },
	);
});
