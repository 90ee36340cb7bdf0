import {
	changeFor,
	currentCodes,
	deviationsOf,
	earlierCode,
	isAsWanted,
	livingCodes,
	otherOpenCodes,
	type WantedOnLock,
} from '../../../../nodes/Seam/codes/bookingCodes';
import { codeWith } from '../../../support/accessCodes';
import { inHours } from '../../../support/guestCodes';
import { START_MS } from '../../../support/virtualClock';

/** Which codes are those of a booking, and in what they differ from what it wants. */

const HOUR_MS = 3_600_000;
const code = (access_code_id: string, change: object = {}) =>
	codeWith({ access_code_id, ...change });
const idsOf = (codes: ReadonlyArray<{ id: string }>) => codes.map(({ id }) => id);
const made = (hours: number) => ({ created_at: inHours(hours) });
const OVER = { ends_at: inHours(-0.5), status: 'unset' };
/** Its time is over, and the lock still has it. */
const LEFT = { ends_at: inHours(-0.5) };
const REMOVING = { status: 'removing' };
const FOREIGN = { common_code_key: 'n8n:B-2' };

describe('the codes of a booking that open or will', () => {
	it('come oldest first, and those of unknown age last', () => {
		const codes = [
			code('unknown', { created_at: null }),
			code('new', made(-2)),
			code('old', made(-3)),
			code('alsoNew', made(-2)),
			code('alsoUnknown', { created_at: null }),
		];
		const order = ['old', 'alsoNew', 'new', 'alsoUnknown', 'unknown'];
		expect(idsOf(livingCodes(codes, 'B-1', START_MS))).toEqual(order);
		expect(idsOf(livingCodes(codes.reverse(), 'B-1', START_MS))).toEqual(order);
	});

	it.each<[string, object, boolean]>([
		['is on the lock', {}, true],
		['has lost its end', { ends_at: null }, true],
		['ends in this moment', { ends_at: inHours(0) }, false],
		['is being removed', REMOVING, false],
		['is that of another booking', FOREIGN, false],
	])('one that %s', (_, change, isOne) => {
		expect(livingCodes([codeWith(change)], 'B-1', START_MS)).toHaveLength(isOne ? 1 : 0);
	});
});

describe('what a person calls the code of a booking', () => {
	it.each<[string, Array<ReturnType<typeof code>>, string[]]>([
		['those that open', [code('over', OVER), code('a'), code('b')], ['a', 'b']],
		[
			'or the one that is still on the lock',
			[code('over', OVER), code('removing', REMOVING), code('left', LEFT)],
			['left'],
		],
		[
			'or the one that is being removed',
			[code('over', OVER), code('removing', REMOVING)],
			['removing'],
		],
		[
			'or the last one that is over',
			[
				code('older', { ...OVER, ...made(-9) }),
				code('newer', OVER),
				code('old', { ...OVER, ...made(-8) }),
			],
			['newer'],
		],
		['and never that of another booking', [code('foreign', { ...OVER, ...FOREIGN })], []],
	])('%s', (_, codes, expected) => {
		expect(idsOf(currentCodes(codes, 'B-1', START_MS))).toEqual(expected);
	});
});

it('another code of the booking counts as long as it may open', () => {
	const codes = [
		code('own'),
		code('removing', REMOVING),
		code('over', OVER),
		code('foreign', FOREIGN),
	];
	const others = otherOpenCodes(codes, 'B-1', START_MS, 'own');
	expect(idsOf(others)).toEqual(['removing']);
	expect(others.map(earlierCode)).toMatchObject([
		{ code: 'earlier_code', seamKeepsTrying: true, personMustAct: false },
	]);
});

const wanting = (change: Partial<WantedOnLock> = {}): WantedOnLock => ({
	reference: 'B-1',
	guestName: 'Ann',
	pin: '824691',
	fromMs: START_MS - HOUR_MS,
	untilMs: START_MS + 24 * HOUR_MS,
	...change,
});

describe('the change of a code', () => {
	const times = { startsAtMs: wanting().fromMs, endsAtMs: wanting().untilMs };

	it.each<[string, object, Partial<WantedOnLock>]>([
		['the code is as wanted', {}, {}],
		[
			'no PIN and no guest is wanted',
			{ code: null, name: null },
			{ pin: undefined, guestName: null },
		],
		['times differ by a minute, because makers round', { starts_at: inHours(-1 + 1 / 60) }, {}],
		[
			'the lock has cut the name to 20 characters',
			{ name: '[B-1] Ann Longname S' },
			{ guestName: 'Ann Longname Smith' },
		],
		['the name lost its tag, and the guest is the same', { name: 'Ann' }, {}],
	])('is none, when %s', (_, change, wanted) => {
		expect(changeFor(codeWith(change), wanting(wanted))).toBeUndefined();
	});

	it.each<[string, object, Partial<WantedOnLock>, object]>([
		['a PIN', { code: '135792' }, {}, { pin: '824691' }],
		['a PIN that nobody knows', { code: null }, {}, { pin: '824691' }],
		['a guest', {}, { guestName: 'Bob' }, { name: '[B-1] Bob' }],
		['a guest with more letters', {}, { guestName: 'Anna' }, { name: '[B-1] Anna' }],
		['the guest of a code without a name', { name: null }, {}, { name: '[B-1] Ann' }],
		[
			'a name of 14 characters that was not cut',
			{ name: '[B-1] Annabell' },
			{ guestName: 'Ann Longname' },
			{ name: '[B-1] Ann Longname' },
		],
		['a begin', { starts_at: inHours(-2) }, {}, {}],
		['an end', { ends_at: inHours(23.9) }, {}, {}],
		['a begin that is missing', { starts_at: null }, {}, {}],
		['an end that is missing', { ends_at: null }, {}, {}],
	])('is about %s, and has both times', (_, change, wanted, expected) => {
		expect(changeFor(codeWith(change), wanting(wanted))).toEqual({ ...times, ...expected });
	});
});

describe('a code that is not as wanted', () => {
	it.each<[string, object, Partial<WantedOnLock>, string | null, string[]]>([
		['nothing, when all is as wanted', {}, {}, null, []],
		['other times', { ends_at: inHours(1) }, {}, null, ['other_times']],
		['another PIN', { code: '135792' }, {}, null, ['other_pin']],
		['nothing of a PIN that nobody knows', { code: null }, {}, '135792', []],
		['a new PIN', {}, { pin: undefined }, '135792', ['new_pin']],
		['nothing of a PIN that stayed', {}, { pin: undefined }, '824691', []],
		['nothing of a PIN that was not known before', {}, { pin: undefined }, null, []],
		['nothing of an old PIN where a new one was wanted', {}, {}, '135792', []],
	])('says %s', (_, change, wanted, pinBefore, expected) => {
		const problems = deviationsOf(codeWith(change), wanting(wanted), pinBefore);
		expect(problems.map((problem) => problem.code)).toEqual(expected);
		for (const { text, seamKeepsTrying, personMustAct } of problems) {
			expect([seamKeepsTrying, personMustAct]).toEqual([false, true]);
			expect(text).toMatch(/^the \w+ .*\w$/);
		}
	});

	it.each<[string, object, Partial<WantedOnLock>, boolean]>([
		['the same', {}, {}, true],
		['any PIN', { code: null }, { pin: undefined }, true],
		['another PIN', { code: '135792' }, {}, false],
		['a PIN that nobody knows', { code: null }, {}, false],
		['another begin', { starts_at: inHours(0) }, {}, false],
		['another end', { ends_at: inHours(0.5) }, {}, false],
	])('%s is what was wanted, or not', (_, change, wanted, expected) => {
		expect(isAsWanted(codeWith(change), wanting(wanted))).toBe(expected);
	});
});
