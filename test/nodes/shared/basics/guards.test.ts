import {
	entriesOf,
	entryOf,
	isRecord,
	recordOf,
	textOf,
} from '../../../../nodes/shared/basics/guards';

it.each([
	['an object', { a: 1 }, true],
	['an empty object', {}, true],
	['a list', [], false],
	['null', null, false],
	['nothing', undefined, false],
	['a text', 'text', false],
	['a function', () => 1, false],
])('whether %s in an answer is an object', (_, value, expected) => {
	expect(isRecord(value)).toBe(expected);
	expect(recordOf(value)).toEqual(expected ? value : {});
});

it.each([
	['a text', 'door', 'door'],
	['a blank', ' ', ' '],
	['an empty text', '', undefined],
	['a number', 7, undefined],
	['a list', ['door'], undefined],
	['nothing', undefined, undefined],
])('whether %s in an answer is a text', (_, value, text) => {
	expect(textOf(value)).toBe(text);
});

describe('a word that a service may send', () => {
	const table: Record<string, string> = { LOCKED: 'locked', 7: 'seven' };

	it('means what the table says', () => {
		expect(entryOf(table, 'LOCKED')).toBe('locked');
	});

	it.each(['constructor', 'toString', '__proto__', 'locked', '', 7, null, undefined, ['LOCKED']])(
		'%p means nothing',
		(word) => {
			expect(entryOf(table, word)).toBeUndefined();
		},
	);
});

it.each([
	['all entries that make sense are kept', [1, 'a', 2], [1, 2]],
	['an empty list is an empty list', [], []],
	['a list without one entry that makes sense is none', ['a', 'b'], undefined],
	['an object is no list', { 0: 1, length: 1 }, undefined],
	['nothing is no list', undefined, undefined],
])('%s', (_, value, entries) => {
	const number = (entry: unknown) => (typeof entry === 'number' ? entry : undefined);
	expect(entriesOf(value, number)).toEqual(entries);
});
