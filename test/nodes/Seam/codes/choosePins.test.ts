import type { AccessCode } from '../../../../nodes/Seam/codes/accessCode';
import { isPlainPin, type CodeRules } from '../../../../nodes/Seam/codes/codeRules';
import {
	choosePins,
	maybeRenamedCode,
	type PinChoice,
	type PinLock,
} from '../../../../nodes/Seam/codes/pinChoice';
import { Failure } from '../../../../nodes/shared/model/failure';
import { codeWith } from '../../../support/accessCodes';

const WISH = { pin: null, reference: 'B-1', secret: 'seam_key' };

function lock(name: string, change: Partial<CodeRules> & Partial<PinLock> = {}): PinLock {
	const { lengths = [], constraints = new Set(), isPinOfMaker = false, ...more } = change;
	const rules = { lengths, constraints, mostCodes: undefined, isPinOfMaker };
	return { deviceId: name, name, rules, own: undefined, others: [], ...more };
}
const codeOf = (change: object) => codeWith({ common_code_key: null, name: 'Eve', ...change });
const chosen = (locks: readonly PinLock[], wish: Partial<typeof WISH> | { pin: string } = {}) =>
	[...choosePins({ ...WISH, ...wish }, locks)].map(([, choice]) => choice);
/** The computed PIN of a booking for locks of a length. */
const computed = (...lengths: number[]) => chosen([lock('A', { lengths })])[0] as string;
const refusal = (choice: PinChoice) => (choice instanceof Failure ? choice.facts : choice);

describe('a computed PIN', () => {
	it('is the same for all locks, and in each run', () => {
		const locks = [lock('A'), lock('B'), lock('C')];
		const [pin] = chosen(locks);
		expect(pin).toMatch(/^\d{6}$/);
		expect(chosen(locks)).toEqual([pin, pin, pin]);
		expect(chosen([lock('D')])).toEqual([pin]);
	});

	it('is another one for another booking, and nobody computes it without the API key', () => {
		const others = [{ reference: 'B-2' }, { secret: 'another_key' }].map(
			(wish) => chosen([lock('A')], wish)[0],
		);
		expect(new Set([computed(), ...others]).size).toBe(3);
	});

	it.each<[string, number[][], number]>([
		['six digits, if nobody says which', [[], []], 6],
		['six digits, if all locks take them', [[4, 6, 8], [6]], 6],
		[
			'six digits, although fewer would do as well',
			[
				[4, 6],
				[4, 6],
			],
			6,
		],
		['as few as possible of those that most take', [[4, 5, 8], [5, 8], [4]], 4],
		['the only ones that all take', [[4, 5], [5, 7], [5]], 5],
	])('has %s', (_, lengths, expected) => {
		const pins = chosen(lengths.map((each, index) => lock(`${index}`, { lengths: each })));
		const texts = pins.filter((pin) => typeof pin === 'string');
		expect(texts.length).toBeGreaterThan(0);
		expect(new Set(texts.map((pin) => pin.length))).toEqual(new Set([expected]));
	});

	it('does not suit each lock, and a person can give one', () => {
		const [, refused] = chosen([lock('A', { lengths: [4] }), lock('B', { lengths: [8] })]);
		expect(refusal(refused)).toMatchObject({
			reason: 'rejected',
			what: 'The PIN of the booking does not suit "B", which accepts only PINs of 8 digits',
			userAction: "Give a PIN in 'PIN'",
		});
	});

	it('keeps zeros at its begin, and is never one that people would try first', () => {
		const pins = Array.from({ length: 300 }, (_, index) => {
			const [pin] = chosen([lock('A', { lengths: [4] })], { reference: `B-${index}` });
			return pin as string;
		});
		expect(pins.filter((pin) => !/^\d{4}$/.test(pin) || isPlainPin(pin))).toEqual([]);
		expect(pins.some((pin) => pin.startsWith('0'))).toBe(true);
	});

	it('is not one of another code of any lock', () => {
		const [taken] = chosen([lock('A')]);
		const others = [codeOf({ code: taken, common_code_key: 'n8n:B-9' })];
		const pins = chosen([lock('A'), lock('B', { others })]);
		expect(new Set(pins).size).toBe(1);
		expect(pins[0]).toMatch(/^\d{6}$/);
		expect(pins[0]).not.toBe(taken);
	});

	it.each([[[4]], [[6]]])('keeps the rules of all locks, for lengths %j', (lengths) => {
		const strict = { lengths, constraints: new Set(['unique_first_four_digits']) };
		for (let index = 0; index < 100; index++) {
			const locks = [lock('A', { lengths, constraints: new Set(['no_zeros']) }), lock('B', strict)];
			const [pin] = chosen(locks, { reference: `B-${index}` }) as [string];
			expect(pin).not.toContain('0');
			expect(new Set(pin.slice(0, 4)).size).toBe(4);
		}
	});

	it('is none where the maker chooses the PINs, and the other locks get theirs', () => {
		expect(chosen([lock('A', { isPinOfMaker: true }), lock('B')])).toEqual([undefined, computed()]);
	});

	it('is refused when no PIN is left, and a person can give one', () => {
		const constraints = new Set(['no_zeros', 'cannot_contain_0789']);
		const others = everyPin(4).map((code, index) =>
			codeOf({ code, common_code_key: `n8n:X-${index}` }),
		);
		const [choice] = chosen([lock('A', { lengths: [4], constraints, others })]);
		expect(refusal(choice)).toEqual({
			reason: 'rejected',
			what: 'No PIN was found that is free and allowed on all of the locks',
			userAction: "Give a PIN in 'PIN', or set the codes of these locks in separate steps",
			notExecuted: true,
		});
	});
});

function everyPin(length: number): string[] {
	return Array.from({ length: 10 ** length }, (_, pin) => String(pin).padStart(length, '0'));
}

describe('the PIN that the booking has already', () => {
	const own = codeWith({ code: '7391' });

	it('is that of a new code on another lock, and stays where it is', () => {
		expect(chosen([lock('A'), lock('B', { own }), lock('C')])).toEqual(['7391', undefined, '7391']);
	});

	it('cannot be on a lock that does not accept it, and a person has to give one', () => {
		const [choice, kept] = chosen([lock('A', { lengths: [6] }), lock('B', { own })]);
		expect(kept).toBeUndefined();
		expect(refusal(choice)).toMatchObject({
			reason: 'rejected',
			what: 'The PIN of the booking does not suit "A", which accepts only PINs of 6 digits',
			userAction: "Give a PIN in 'PIN' that all locks of the booking can have",
		});
	});

	it('cannot be on a lock where another code has it, which is named', () => {
		const taken = codeOf({ access_code_id: 'c9', code: '7391', common_code_key: 'n8n:B-2' });
		const [choice] = chosen([lock('A', { others: [taken] }), lock('B', { own })]);
		expect(refusal(choice)).toMatchObject({
			reason: 'rejected',
			what: 'The code c9 of "A" has this PIN, now or at another time, so Seam refuses it',
		});
	});

	it('counts only when it is known', () => {
		const unknown = codeWith({ code: null });
		const hidden = lock('B', { own: unknown });
		expect(chosen([lock('A'), hidden])).toEqual([computed(), undefined]);
		expect(chosen([hidden, lock('C', { own }), lock('A')])).toEqual([undefined, undefined, '7391']);
	});
});

describe('a PIN that was given', () => {
	const own = codeWith({ code: '4711' });

	it('is sent to each lock, but to one that has it', () => {
		const locks = [lock('A'), lock('B', { own }), lock('C', { own: codeWith() })];
		expect(chosen(locks, { pin: '4711' })).toEqual(['4711', undefined, '4711']);
	});

	it('is refused by the lock alone that cannot have it', () => {
		const others = [codeOf({ access_code_id: 'c9', code: '4711' })];
		const choices = chosen(
			[
				lock('A', { lengths: [6] }),
				lock('B', { isPinOfMaker: true }),
				lock('C', { others }),
				lock('D'),
			],
			{ pin: '4711' },
		);
		expect(choices.map((choice) => refusal(choice))).toMatchObject([
			{
				reason: 'badRequest',
				what: 'The PIN does not suit "A", which accepts only PINs of 6 digits',
				userAction: "Give another PIN in 'PIN'",
			},
			{ reason: 'badRequest', userAction: "Leave 'PIN' empty for this lock" },
			{ reason: 'rejected', userAction: "Give another PIN in 'PIN'" },
			'4711',
		]);
	});
});

describe('a code of another name with the computed PIN of the booking', () => {
	const find = (code: AccessCode, ...lengths: number[]) =>
		maybeRenamedCode(
			[codeWith(), codeOf({ code: '1357' }), codeOf({ code: null }), code],
			lock('A', { lengths }).rules,
			WISH,
		);

	it('may be its own, and no second one is made', () => {
		const renamed = codeOf({ access_code_id: 'c9', code: computed() });
		expect(find(renamed)).toBe(renamed);
		const [choice] = chosen([lock('A', { others: [renamed] })]);
		expect(refusal(choice)).toMatchObject({
			reason: 'rejected',
			what: 'The code c9 of "A" may be that of booking B-1 under another name, so no second one was made',
			userAction: 'Put [B-1] at the begin of its name in the Seam Console, or remove the code',
		});
	});

	it('stays that of the booking for its other locks, so that all have one PIN', () => {
		const renamed = lock('A', { others: [codeOf({ code: computed() })] });
		const [refused, other] = chosen([renamed, lock('B')]);
		expect(refused).toBeInstanceOf(Failure);
		expect(other).toBe(computed());
	});

	it('may be its own from when the lock took PINs of another length', () => {
		const renamed = codeOf({ code: computed(8) });
		expect(find(renamed, 4)).toBe(renamed);
		const [choice] = chosen([lock('A', { lengths: [4], others: [renamed] })]);
		expect(choice).toBeInstanceOf(Failure);
	});

	it.each<[string, object]>([
		['has no end, so it is no guest’s', { ends_at: null }],
		['has the key of another booking', { common_code_key: 'n8n:B-2' }],
		['has another PIN', { code: '135792' }],
	])('is not, when it %s', (_, change) => {
		expect(find(codeOf({ code: computed(), ...change }))).toBeUndefined();
	});

	it('may be, with a key that is not ours', () => {
		const renamed = codeOf({ code: computed(), common_code_key: 'other' });
		expect(find(renamed)).toBe(renamed);
	});

	it('may be its own from when all locks of the booking took six digits', () => {
		const renamed = codeOf({ code: computed(6) });
		const locks = [lock('A', { lengths: [4, 6], others: [renamed] }), lock('B', { lengths: [4] })];
		expect(chosen(locks)[0]).toBeInstanceOf(Failure);
	});

	it('is not, when it has a PIN that is too short for this node', () => {
		expect(find(codeOf({ code: computed(3) }), 4)).toBeUndefined();
	});

	it('is not, when it has a short PIN that people may choose on this lock', () => {
		const short = codeOf({ code: computed(4) });
		const [choice] = chosen([lock('A', { lengths: [4, 6], others: [short] })]);
		expect(choice).toBe(computed(6));
	});
});
