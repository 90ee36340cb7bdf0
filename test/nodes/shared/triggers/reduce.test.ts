import fc from 'fast-check';

import type { Reading } from '../../../../nodes/shared/model/lockStatus';
import type { KnownDevice } from '../../../../nodes/shared/triggers/changes/knownDevice';
import type { Observation } from '../../../../nodes/shared/triggers/changes/observation';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';
import { noticesOf, reduce } from '../../../../nodes/shared/triggers/reduce';
import type { DeviceRecord } from '../../../../nodes/shared/triggers/triggerState';

const NOW_MS = Date.parse('2026-11-21T22:30:00Z');
const RULES = {
	events: new Set(['locked', 'unlocked', 'doorOpened', 'doorClosed', 'leftUnlocked'] as const),
	leftMinutes: 5,
};

const readingOf = (deviceId: string, lock: Reading['lock'], door: 'open' | 'closed'): Reading => ({
	...nothingRead({ service: 'seam', deviceType: 'lock' }, deviceId, `Door ${deviceId}`),
	lock,
	doors: { door },
});

const observation = fc
	.record({
		deviceId: fc.constantFrom('a', 'b'),
		lock: fc.constantFrom('locked' as const, 'unlocked' as const, 'unknown' as const),
		door: fc.constantFrom('open' as const, 'closed' as const),
		logged: fc.array(
			fc.record({
				id: fc.uuid(),
				lock: fc.constantFrom('locked' as const, 'unlocked' as const),
				atMs: fc.integer({ min: NOW_MS - 600_000, max: NOW_MS }),
			}),
			{ maxLength: 2 },
		),
	})
	.map(({ deviceId, lock, door, logged }): Observation => ({
		reading: readingOf(deviceId, lock, door),
		log: logged.map((entry) => ({ ...entry, deviceId, method: null, accessCodeId: null })),
	}));

const observations = fc.array(observation, { maxLength: 8 });
type Records = Map<string, DeviceRecord>;
const baseline = (): Records =>
	new Map(
		[
			...reduce(
				new Map(),
				[
					{ reading: readingOf('a', 'locked', 'closed'), log: [] },
					{ reading: readingOf('b', 'unlocked', 'open'), log: [] },
				],
				RULES,
				NOW_MS - 3_600_000,
			).known,
		].map(([id, known]) => [id, { known, due: 7 }]),
	);
const asText = (records: Records) => JSON.stringify([...records]);

it('gives the same for the same, and changes nothing that it was given', () => {
	fc.assert(
		fc.property(observations, (seen) => {
			const devices = baseline();
			const [before, seenBefore] = [asText(devices), JSON.stringify(seen)];
			const first = reduce(devices, seen, RULES, NOW_MS);
			expect(reduce(devices, seen, RULES, NOW_MS)).toEqual(first);
			expect([asText(devices), JSON.stringify(seen)]).toEqual([before, seenBefore]);
		}),
	);
});

it('finds the same in one poll as in a delivery for each observation', () => {
	fc.assert(
		fc.property(observations, (seen) => {
			const together = reduce(baseline(), seen, RULES, NOW_MS);
			const devices = baseline();
			const idsOfEach: string[] = [];
			let lateCount = 0;
			for (const each of seen) {
				const reduced = reduce(devices, [each], RULES, NOW_MS);
				for (const [id, known] of reduced.known) devices.set(id, { known });
				idsOfEach.push(...reduced.found.map(({ change }) => change.id));
				lateCount += reduced.lateCount;
			}
			const ids = together.found.map(({ change }) => change.id);
			expect([...ids].sort()).toEqual(idsOfEach.sort());
			expect(together.lateCount).toBe(lateCount);
			for (const [id, known] of together.known) expect(devices.get(id)?.known).toEqual(known);
		}),
	);
});

it('sorts the changes of all devices by their time', () => {
	const entry = (deviceId: string, minutesAgo: number) => ({
		id: `${deviceId} ${minutesAgo}`,
		deviceId,
		lock: 'unlocked' as const,
		atMs: NOW_MS - minutesAgo * 60_000,
		method: null,
		accessCodeId: null,
	});
	const { found } = reduce(
		baseline(),
		[
			{ reading: readingOf('a', 'unlocked', 'closed'), log: [entry('a', 9), entry('a', 3)] },
			{ reading: readingOf('b', 'unlocked', 'open'), log: [entry('b', 6)] },
		],
		{ ...RULES, events: new Set(['unlocked']) },
		NOW_MS,
	);
	expect(found.map(({ change }) => change.id)).toEqual(['a 9', 'b 6', 'a 3']);
});

it('counts observations that are late', () => {
	const at = (minutesAgo: number, lock: Reading['lock']): Observation => {
		const time = new Date(NOW_MS - minutesAgo * 60_000).toISOString();
		return { reading: { ...readingOf('c', lock, 'closed'), partTimes: { lock: time } } };
	};
	const seen = [at(5, 'locked'), at(9, 'unlocked'), at(4, 'locked'), at(6, 'unlocked')];
	expect(reduce(new Map(), seen, RULES, NOW_MS).lateCount).toBe(2);
	expect(reduce(new Map(), seen.slice(0, 1), RULES, NOW_MS).lateCount).toBe(0);
});

describe('the status of an event has the lock', () => {
	const known = (log?: KnownDevice['log']): Records =>
		new Map([['a', { known: { name: 'Door a', parts: ':dc,ll', changes: 1, log } }]]);
	const notice = {
		id: 'n-1',
		deviceId: 'a',
		event: 'lowBattery',
		atMs: NOW_MS,
		details: {},
		describe: () => 'The battery is low',
	};
	const LEADS = { leads: true } as const;

	it.each<[string, KnownDevice['log'], Reading['lock'], boolean, Reading['lock']]>([
		['of the log, while readings are behind it', LEADS, 'unlocked', false, 'locked'],
		['of the reading, when a reading has shown the log', {}, 'unlocked', false, 'unlocked'],
		['of the reading, without a log', undefined, 'unlocked', false, 'unlocked'],
		['of the reading, while the log is missing', LEADS, 'unlocked', true, 'unlocked'],
		['of the reading, when that is unknown', LEADS, 'unknown', false, 'unknown'],
	])('%s', (_, log, read, isLogMissing, expected) => {
		const devices = known(log);
		const entries = log === undefined ? undefined : [];
		const observation: Observation = {
			reading: readingOf('a', read, 'open'),
			log: entries,
			notices: [notice],
			isLogMissing,
		};
		const reduced = reduce(devices, [observation], RULES, NOW_MS);
		const opened = reduced.found.find(({ change }) => change.event === 'doorOpened');
		const status = { ...observation.reading, lock: expected };
		expect(opened?.reading).toEqual(status);
		expect(noticesOf(devices, [observation], reduced.known)).toEqual([{ notice, reading: status }]);
	});

	it('and a device that is new, or has no notices, has none', () => {
		const observation: Observation = { reading: readingOf('a', 'locked', 'closed'), log: [] };
		const of = (devices: Records, seen: Observation) =>
			noticesOf(devices, [seen], reduce(devices, [seen], RULES, NOW_MS).known);
		expect(of(known({}), observation)).toEqual([]);
		expect(of(new Map(), { ...observation, notices: [notice] })).toEqual([]);
		expect(of(new Map([['a', {}]]), { ...observation, notices: [notice] })).toEqual([]);
	});
});
