import fc from 'fast-check';

import {
	decodeLog,
	encodeLog,
	type KnownLog,
	type StoredLog,
} from '../../../../../nodes/shared/triggers/changes/knownLog';

const AT = Date.parse('2026-11-21T22:30:00.000Z');

// the stored form, as earlier versions of this package have written it
it.each<[StoredLog, KnownLog]>([
	[{}, { phase: 'agreed' }],
	[{ at: AT }, { phase: 'agreed', at: AT }],
	[
		{ at: AT, isBaseline: true },
		{ phase: 'baseline', at: AT },
	],
	[{ leads: true }, { phase: 'logAhead' }],
	[
		{ leads: true, doubt: AT, unsure: true },
		{ phase: 'logAhead', contradictedSinceMs: AT, isOrderUnclear: true },
	],
	[
		{ at: AT, ahead: 'locked' },
		{ phase: 'readingAhead', at: AT, lock: 'locked' },
	],
	[
		{ at: AT, doubt: AT + 1, ahead: 'unlocked', unsure: true },
		{
			phase: 'readingAhead',
			at: AT,
			lock: 'unlocked',
			contradictedSinceMs: AT + 1,
			isOrderUnclear: true,
		},
	],
])('%j is read and stored as before', (stored, log) => {
	expect(decodeLog(stored)).toStrictEqual(log);
	expect(JSON.stringify(encodeLog(log))).toBe(JSON.stringify(stored));
});

it('is the same when it is read back, in every phase', () => {
	const time = fc.option(fc.integer({ min: AT, max: AT + 1000 }), { nil: undefined });
	const phase = fc.constantFrom<KnownLog>(
		{ phase: 'baseline' },
		{ phase: 'agreed' },
		{ phase: 'logAhead' },
		{ phase: 'readingAhead', lock: 'locked' },
		{ phase: 'readingAhead', lock: 'unlocked' },
	);
	const unclear = fc.constantFrom(true as const, undefined);
	fc.assert(
		fc.property(phase, time, time, unclear, (log, at, contradictedSinceMs, isOrderUnclear) => {
			const known = { ...log, at, contradictedSinceMs, isOrderUnclear };
			expect(decodeLog(encodeLog(known))).toEqual(known);
		}),
	);
});
