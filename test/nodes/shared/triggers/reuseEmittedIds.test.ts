import type { Reading } from '../../../../nodes/shared/model/lockStatus';
import type { Change } from '../../../../nodes/shared/triggers/changes/change';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';
import { reuseEmittedIds } from '../../../../nodes/shared/triggers/reuseEmittedIds';

const DEVICE = 'emitted-ids-car';
const PART = 'doors.frontLeft';

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

it('an opening after a closing without a time is another one than the one before', () => {
	const T0 = Date.UTC(2026, 10, 21);
	const idsOf = (changes: Change[], reading: Reading) =>
		reuseEmittedIds(changes, [reading]).map(({ id }) => id);
	expect(idsOf([opened('a', T0, T0 - 1000)], readingOf('open', T0))).toEqual(['a']);
	// another trigger finds the same opening with a later time
	const again = opened('b', T0 + 5000, T0 - 9000);
	expect(idsOf([again], readingOf('open', T0 + 5000))).toEqual(['a']);
	// it is not emitted, because nobody chose it
	expect(idsOf([], readingOf('closed', null))).toEqual([]);
	expect(idsOf([opened('c', T0 + 9000, null)], readingOf('open', T0 + 9000))).toEqual(['c']);
});
