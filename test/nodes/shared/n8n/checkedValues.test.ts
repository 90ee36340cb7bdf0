import {
	booleanOf,
	numberOf,
	oneOf,
	severalOf,
	wordsOf,
} from '../../../../nodes/shared/n8n/checkedValues';

const LEVELS = ['sent', 'verified'] as const;

describe('one of several words', () => {
	it('is taken as it is written', () => {
		expect(oneOf('Required Evidence', 'verified', LEVELS)).toBe('verified');
	});

	it.each(['Verified', '', null, undefined, 1, ['verified'], {}])('cannot be %j', (value) => {
		expect(() => oneOf('Required Evidence', value, LEVELS)).toThrow(
			/'Required Evidence' cannot be .*Use one of: sent, verified/,
		);
	});
});

describe('a list of known words', () => {
	it.each([
		[undefined, ['sent', 'verified']],
		[[], []],
		[['verified'], ['verified']],
		['verified', ['verified']],
		[' verified ,sent', ['verified', 'sent']],
	])('%j means %j', (value, words) => {
		expect(severalOf('Evidence', value, LEVELS)).toEqual(words);
	});

	it.each(['', 'sent,', ['proven'], [1], 5, null, {}])('cannot be %j', (value) => {
		expect(() => severalOf('Evidence', value, LEVELS)).toThrow(
			/'Evidence' cannot be .*Use a list of: sent, verified/,
		);
	});
});

describe('a list of any words', () => {
	it.each([
		[
			[' a ', 'b'],
			['a', 'b'],
		],
		['a, b', ['a', 'b']],
		[[], []],
	])('%j means %j', (value, words) => {
		expect(wordsOf('Fields', value)).toEqual(words);
	});

	it.each([undefined, null, 5, {}, '', 'a,,b', [''], [5]])('cannot be %j', (value) => {
		expect(() => wordsOf('Fields', value)).toThrow(/'Fields' cannot be .*Use a list of words/);
	});
});

it.each([
	[undefined, false],
	[false, false],
	['false', false],
	[true, true],
	['true', true],
])('a switch of %j is %j', (value, isOn) => {
	expect(booleanOf('Dry Run', value)).toBe(isOn);
});

it.each([null, 0, 1, '', 'yes', 'TRUE', [], {}])('a switch cannot be %j', (value) => {
	expect(() => booleanOf('Dry Run', value)).toThrow(/'Dry Run' cannot be .*Use true or false/);
});

describe('a number', () => {
	it.each([
		[undefined, 60],
		[5, 5],
		[1, 1],
		[86_400, 86_400],
		['5', 5],
		[' 1.5 ', 1.5],
	])('of %j is %d', (value, number) => {
		expect(numberOf('Timeout', value, 60, 1)).toBe(number);
	});

	it.each([0, 0.99, 86_401, -5, '', ' ', 'five', null, true, [5], {}, Number.NaN])(
		'cannot be %j',
		(value) => {
			expect(() => numberOf('Timeout', value, 60, 1)).toThrow(
				/'Timeout' cannot be .*Use a number from 1 to 86400/,
			);
		},
	);

	it('is measured by limits of its own', () => {
		expect(numberOf('Hours', 24, 1, 0, 24)).toBe(24);
		expect(() => numberOf('Hours', 25, 1, 0, 24)).toThrow(/Use a number from 0 to 24/);
	});
});

it('a long value is shortened in the message', () => {
	const long = 'x'.repeat(10_000);
	expect(() => booleanOf('Dry Run', long)).toThrow(/^'Dry Run' cannot be "x{40,60}…?"?/);
	try {
		booleanOf('Dry Run', long);
	} catch (thrown) {
		expect((thrown as Error).message.length).toBeLessThan(150);
	}
	expect.assertions(2);
});
