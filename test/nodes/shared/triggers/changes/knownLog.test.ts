import fc from 'fast-check';

import {
	decodeLog,
	encodeLog,
	shownLog,
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

describe('after a reading has shown the state of the log', () => {
	const IN_DOUBT = { contradictedSinceMs: AT, isOrderUnclear: true } as const;

	it.each<[string, KnownLog, boolean, KnownLog]>([
		['the two agree', { phase: 'logAhead', ...IN_DOUBT }, false, { phase: 'agreed' }],
		[
			'the order of two entries may still be unclear',
			{ phase: 'logAhead', ...IN_DOUBT },
			true,
			{ phase: 'agreed', isOrderUnclear: true },
		],
		[
			'a baseline is still one',
			{ phase: 'baseline', at: AT, ...IN_DOUBT },
			false,
			{ phase: 'baseline', at: AT },
		],
		[
			'what was emitted before the log had it is still ahead',
			{ phase: 'readingAhead', at: AT, lock: 'locked', ...IN_DOUBT },
			false,
			{ phase: 'readingAhead', at: AT, lock: 'locked' },
		],
	])('%s', (_, log, isOrderStillUnclear, shown) => {
		const before = { ...log };
		expect(shownLog(log, isOrderStillUnclear)).toStrictEqual(shown);
		expect(log).toEqual(before);
	});
});
