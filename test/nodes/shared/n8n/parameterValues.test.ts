import { Failure } from '../../../../nodes/shared/model/failure';
import {
	booleanParameter,
	evaluateParameter,
	numberParameter,
	optionParameter,
	optionsParameter,
	wordsParameter,
} from '../../../../nodes/shared/n8n/parameterValues';

const LEVELS = ['sent', 'verified'] as const;

describe('one of several words', () => {
	it('is taken as it is written', () => {
		expect(optionParameter('Required Evidence', 'verified', LEVELS)).toBe('verified');
	});

	it.each(['Verified', '', null, undefined, 1, ['verified'], {}])('cannot be %j', (value) => {
		expect(() => optionParameter('Required Evidence', value, LEVELS)).toThrow(
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
		expect(optionsParameter('Evidence', value, LEVELS)).toEqual(words);
	});

	it.each(['', 'sent,', ['proven'], [1], 5, null, {}])('cannot be %j', (value) => {
		expect(() => optionsParameter('Evidence', value, LEVELS)).toThrow(
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
		expect(wordsParameter('Fields', value)).toEqual(words);
	});

	it.each([undefined, null, 5, {}, '', 'a,,b', [''], [5]])('cannot be %j', (value) => {
		expect(() => wordsParameter('Fields', value)).toThrow(
			/'Fields' cannot be .*Use a list of words/,
		);
	});
});

it('a missing value is called empty', () => {
	expect(() => optionParameter('Required Evidence', undefined, LEVELS)).toThrow(
		/^'Required Evidence' cannot be empty\. /,
	);
});

it.each([new Error('x is not defined'), 'x is not defined'])(
	'an expression that is wrong fails as a parameter, with the reason: %p',
	(thrown) => {
		const failing = () =>
			evaluateParameter('target', () => {
				throw thrown as Error;
			});
		expect(failing).toThrow(Failure);
		expect(failing).toThrow(
			/^The parameter 'target' could not be evaluated: x is not defined\. Check its expression$/,
		);
		expect(evaluateParameter('target', () => 'all')).toBe('all');
	},
);

it('a wrong parameter is about no device, and nothing was done', () => {
	let failure: unknown;
	try {
		booleanParameter('Dry Run', 7);
	} catch (thrown) {
		failure = thrown;
	}
	expect((failure as Failure).facts).toEqual({
		reason: 'badRequest',
		what: "'Dry Run' cannot be 7",
		userAction: 'Use true or false',
		notExecuted: true,
		ofOneDevice: false,
	});
});

it.each([
	[undefined, false],
	[false, false],
	['false', false],
	[true, true],
	['true', true],
])('a switch of %j is %j', (value, isOn) => {
	expect(booleanParameter('Dry Run', value)).toBe(isOn);
});

it.each([null, 0, 1, '', 'yes', 'TRUE', [], {}])('a switch cannot be %j', (value) => {
	expect(() => booleanParameter('Dry Run', value)).toThrow(
		/'Dry Run' cannot be .*Use true or false/,
	);
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
		expect(numberParameter('Timeout', value, 60, 1)).toBe(number);
	});

	it.each([0, 0.99, 86_401, -5, '', ' ', 'five', null, true, [5], {}, Number.NaN])(
		'cannot be %j',
		(value) => {
			expect(() => numberParameter('Timeout', value, 60, 1)).toThrow(
				/'Timeout' cannot be .*Use a number from 1 to 86400/,
			);
		},
	);

	it('has limits of its own', () => {
		expect(numberParameter('Hours', 24, 1, 0, 24)).toBe(24);
		expect(() => numberParameter('Hours', 25, 1, 0, 24)).toThrow(/Use a number from 0 to 24/);
	});

	it.each(['', ' ', '\t'])('a text without a number (%j) is not zero', (value) => {
		expect(() => numberParameter('Hours', value, 1, 0, 24)).toThrow(/'Hours' cannot be/);
	});
});

it('a long value is shortened in the message', () => {
	const long = 'x'.repeat(10_000);
	expect(() => booleanParameter('Dry Run', long)).toThrow(/^'Dry Run' cannot be "x{40,60}…?"?/);
	try {
		booleanParameter('Dry Run', long);
	} catch (thrown) {
		expect((thrown as Error).message.length).toBeLessThan(150);
	}
	expect.assertions(2);
});
