import fc from 'fast-check';

import type { Reading } from '../../../../nodes/shared/model/lockStatus';
import type { Observation } from '../../../../nodes/shared/triggers/changes/observation';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';
import { reduce } from '../../../../nodes/shared/triggers/reduce';
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
