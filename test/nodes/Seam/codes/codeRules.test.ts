import {
	brokenRule,
	codesProblem,
	isPlainPin,
	rulesOf,
	type CodeRules,
} from '../../../../nodes/Seam/codes/codeRules';
import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import { codeWith } from '../../../support/accessCodes';

const ruled = (change: Partial<CodeRules>): CodeRules => ({
	lengths: [],
	constraints: new Set(),
	mostCodes: undefined,
	isPinOfMaker: false,
	...change,
});
const constrained = (word: string) => ruled({ constraints: new Set([word]) });
const lockWith = (raw: Record<string, unknown>) => ({
	deviceId: FRONT_DOOR,
	name: 'Front door',
	timeZone: undefined,
	raw: { device_id: FRONT_DOOR, ...raw },
});

describe('what a lock accepts', () => {
	it('is read from what Seam says of it, and nothing else', () => {
		const properties = {
			supported_code_lengths: [8, 4, '6', 3, 12, 13],
			max_active_codes_supported: 30,
			code_constraints: [
				{ constraint_type: 'no_zeros' },
				{ constraint_type: 7 },
				null,
				{ constraint_type: 'cannot_specify_pin_code' },
			],
		};
		expect(rulesOf({ raw: { properties } })).toEqual({
			lengths: [4, 8, 12],
			constraints: new Set(['no_zeros', 'cannot_specify_pin_code']),
			mostCodes: 30,
			isPinOfMaker: true,
		});
	});

	it.each([{}, { properties: null }, { properties: { max_active_codes_supported: 'many' } }])(
		'is anything when Seam says nothing that can be read: %j',
		(raw) => {
			expect(rulesOf({ raw })).toEqual(ruled({}));
		},
	);
});

describe('a rule of a lock', () => {
	it.each<[string, string[], string[], string]>([
		['no_zeros', ['8240'], ['8241'], 'without a 0'],
		['cannot_start_with_12', ['1239'], ['2129'], 'that do not begin with 12'],
		[
			'no_triple_consecutive_ints',
			['4777', '7774', '9123', '3219', '5432'],
			['1224', '4748', '1357'],
			'without three equal or consecutive digits in a row',
		],
		[
			'no_ascending_or_descending_sequence',
			['1234', '8765', '345678'],
			['1235', '1237', '4444'],
			'that are not one sequence of digits',
		],
		[
			'at_least_three_unique_digits',
			['1212', '5555'],
			['1213', '8246'],
			'with at least three different digits',
		],
		['cannot_contain_089', ['1203', '1283', '1293'], ['1237'], 'without 0, 8 and 9'],
		['cannot_contain_0789', ['1237', '1203'], ['1236'], 'without 0, 7, 8 and 9'],
		['no_all_same_digits', ['7777'], ['7778'], 'with at least two different digits'],
	])('%s refuses %j and takes %j', (word, broken, kept, words) => {
		for (const pin of broken) expect(brokenRule(constrained(word), pin, [])).toBe(words);
		for (const pin of kept) expect(brokenRule(constrained(word), pin, [])).toBeUndefined();
	});

	it('unique_first_four_digits is about the other codes of the lock', () => {
		const others = [codeWith({ code: '824691' }), codeWith({ code: null })];
		const rules = constrained('unique_first_four_digits');
		for (const pin of ['8246', '824613']) {
			expect(brokenRule(rules, pin, others)).toBe(
				'whose first four digits are those of no other code on it',
			);
		}
		expect(brokenRule(rules, '8247', others)).toBeUndefined();
		expect(brokenRule(rules, '8246', [])).toBeUndefined();
	});

	it.each<[number[], string]>([
		[[4], 'of 4 digits'],
		[[4, 6], 'of 4 or 6 digits'],
		[[4, 6, 8], 'of 4, 6 or 8 digits'],
	])('about lengths names them: %j', (lengths, words) => {
		expect(brokenRule(ruled({ lengths }), '82469', [])).toBe(words);
		expect(brokenRule(ruled({ lengths }), '8246', [])).toBeUndefined();
	});

	it('that nobody knows refuses nothing, and the others are still kept', () => {
		const rules = ruled({ constraints: new Set(['constructor', 'no_sevens', 'no_zeros']) });
		expect(brokenRule(rules, '8247', [])).toBeUndefined();
		expect(brokenRule(rules, '8240', [])).toBe('without a 0');
	});
});

it.each<[string, boolean]>([
	['123846', true],
	['846321', true],
	['844462', true],
	['824613', false],
	['4747', true],
	['474913', false],
	['479513', false],
	['474713', true],
])('people would try the PIN %s first, or a strict lock refuse it: %s', (pin, expected) => {
	expect(isPlainPin(pin)).toBe(expected);
});

describe('why a lock cannot be given codes', () => {
	const gone = { errors: [{ error_code: 'device_removed', message: 'x' }] };

	it.each<[string, Record<string, unknown>, object | undefined]>([
		['it can', { can_program_online_access_codes: true, ...gone }, undefined],
		[
			'it cannot at all',
			{},
			{
				reason: 'notSupported',
				what: '"Front door" cannot be given codes through Seam',
				userAction: 'Choose a lock with a keypad that Seam can program, or connect its bridge',
				notExecuted: true,
			},
		],
		[
			'it cannot now',
			{ can_program_online_access_codes: false, properties: { online: true } },
			{
				reason: 'offline',
				what: '"Front door" cannot be given codes at the moment',
				userAction: 'Check its keypad, bridge and network; the Seam Console shows its state',
				notExecuted: true,
			},
		],
		[
			'it is offline, and takes codes when it is back',
			{ can_program_online_access_codes: false, properties: { online: false } },
			undefined,
		],
	])('%s', (_, raw, expected) => {
		expect(codesProblem(lockWith(raw))).toEqual(expected);
	});

	it('is said also of a lock of which nothing can be read', () => {
		expect(codesProblem({ ...lockWith({}), raw: {} })).toMatchObject({ reason: 'notSupported' });
	});

	it('a problem that a person must solve comes first, and is named with the lock', () => {
		const problem = codesProblem(
			lockWith({
				...gone,
				can_program_online_access_codes: false,
				properties: { online: false },
			}),
		);
		expect(problem).toMatchObject({ notExecuted: true });
		expect(problem?.what).toMatch(/^"Front door" cannot be given codes: \S/);
		expect(problem?.userAction).toMatch(/\S/);
	});
});
