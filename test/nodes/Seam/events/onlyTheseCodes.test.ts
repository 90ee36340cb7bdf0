import { isOfThese, referencesOf } from '../../../../nodes/Seam/events/onlyTheseCodes';

it.each<[unknown, string[] | undefined]>([
	['', undefined],
	['B-1042', ['B-1042']],
	[' B-7 ,, B-1042,', ['B-7', 'B-1042']],
	[
		['B-7', ' B-1042 ', ''],
		['B-7', 'B-1042'],
	],
	// booking systems count, and expressions give the number
	[1042, ['1042']],
	[
		[1042, 'B-7'],
		['1042', 'B-7'],
	],
])('%j names the bookings %j', (value, references) => {
	const found = referencesOf('Only These Codes', value);
	expect(found && [...found]).toEqual(references);
});

it.each([',', [], [''], null, undefined, {}, true, 1e21, 10.5, 'B 7', ['B-7', 'B 7'], [null]])(
	'%j is refused, with what to use instead',
	(value) => {
		expect(() => referencesOf('Only These Codes', value)).toThrow(
			/^'Only These Codes' holds something that is no booking reference\. Use references of/,
		);
	},
);

const THESE = new Set(['B-7']);

it.each<[unknown, boolean]>([
	['automatic', false],
	['bluetooth', false],
	['card', false],
	['manual', false],
	['remote', false],
	['keycode', true],
	['unknown', true],
	[null, true],
])('an event without a code, by the method %j, may be by one: %s', (method, isWanted) => {
	expect(isOfThese(THESE, { method } as never, null)).toBe(isWanted);
});

it.each<[string | null, boolean, boolean]>([
	['B-7', true, true],
	['B-8', true, false],
	[null, true, false],
	[null, false, true],
])('a code of the booking %j, known: %s, is wanted: %s', (bookingReference, isKnown, isWanted) => {
	const guestCode = { accessCodeId: 'c', name: null, guestName: null, bookingReference };
	expect(isOfThese(THESE, {}, { guestCode, isKnown })).toBe(isWanted);
});
