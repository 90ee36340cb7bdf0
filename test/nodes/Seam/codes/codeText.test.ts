import type { CodeOutcome } from '../../../../nodes/Seam/codes/codeOutcome';
import { codeText } from '../../../../nodes/Seam/codes/codeText';
import { guestCodeOf } from '../../../../nodes/Seam/codes/guestCode';
import { guestCodeItem } from '../../../../nodes/Seam/codes/guestCodeItem';
import { BACK_DOOR } from '../../../../simulators/seam/seed';
import { START_MS } from '../../../support/virtualClock';

const DESCRIBED = {
	subject: 'Front door',
	reference: 'B-1',
	codeName: '[B-1] Ann',
	accessCodeId: 'c1',
	problems: [],
	isByCodeId: false,
	write: undefined,
};

it.each<[CodeOutcome['state'], string]>([
	['active', 'The code of booking B-1 is active on Front door'],
	['stored', 'The code of booking B-1 is stored on Front door and becomes active at its start'],
	[
		'scheduled',
		'The code of booking B-1 is scheduled and will be put on Front door before its start',
	],
	['programming', 'The code of booking B-1 is being put on Front door'],
	['late', 'The code of booking B-1 should be on Front door by now, and is not confirmed yet'],
	['failed', 'The code of booking B-1 is not on Front door as asked'],
	['removing', 'The code of booking B-1 is being removed from Front door and may still open it'],
	['ended', 'The time of the code of booking B-1 on Front door is over'],
	['unknown', 'It is not known whether the code of booking B-1 is on Front door'],
	[null, 'It is not known whether the code of booking B-1 is on Front door'],
	['removed', 'The code of booking B-1 is removed from Front door'],
])('a code whose state is %s', (state, text) => {
	expect(codeText({ ...DESCRIBED, state })).toBe(text);
});

it('the first problem ends the sentence', () => {
	const problems = ['the lock is offline', 'the lock is full'].map((text) => ({
		code: 'x',
		text,
		seamKeepsTrying: true,
		personMustAct: false,
	}));
	expect(codeText({ ...DESCRIBED, state: 'active', problems })).toBe(
		'The code of booking B-1 is active on Front door: the lock is offline',
	);
});

it.each<[string, Partial<typeof DESCRIBED> | object]>([
	['of booking B-1', {}],
	['c1 of booking B-1', { isByCodeId: true }],
	['"Cleaner"', { reference: null, codeName: 'Cleaner' }],
	['"Cleaner"', { reference: null, codeName: 'Cleaner', isByCodeId: true }],
	['c1', { reference: null, codeName: null }],
	['without a name', { reference: null, codeName: null, accessCodeId: null }],
])('it is "the code %s"', (words, change) => {
	expect(codeText({ ...DESCRIBED, ...change, state: 'active' })).toBe(
		`The code ${words} is active on Front door`,
	);
});

it.each([
	['create', 'would be created on'],
	['update', 'would be changed on'],
	['remove', 'would be removed from'],
	['nothing', 'would stay as it is on'],
] as const)('a dry run that would do "%s"', (wouldDo, words) => {
	const write = { action: 'none', sent: false, dryRun: true, wouldDo } as const;
	expect(codeText({ ...DESCRIBED, state: 'active', write })).toBe(
		`Dry run: the code of booking B-1 ${words} Front door`,
	);
});

it('an item about which nothing is known has no values, and still a sentence', () => {
	const outcome = { deviceId: BACK_DOOR, name: null, code: undefined, includePin: true };
	const item = guestCodeItem('seam', { ...outcome, state: 'unknown', evidence: 'none' }, START_MS);
	expect(item).toEqual({
		service: 'seam',
		deviceId: BACK_DOOR,
		deviceType: 'lock',
		name: null,
		accessCodeId: null,
		bookingReference: null,
		guestName: null,
		codeName: null,
		state: 'unknown',
		evidence: 'none',
		from: null,
		until: null,
		expectedAt: null,
		problems: [],
		text: `It is not known whether the code without a name is on the lock …${BACK_DOOR.slice(-4)}`,
		pin: null,
	});
});

describe('the name of a code', () => {
	it.each<[string | null, string | null, string | null]>([
		['[B-1] Ann 824691', '824691', '[B-1] Ann …'],
		// the tag of the booking stays whole
		['[4711] Ann 4711', '4711', '[4711] Ann …'],
		['[B-1] Ann', null, '[B-1] Ann'],
		['[B-1] Mr. null', null, '[B-1] Mr. null'],
		[null, '824691', null],
	])('"%s" is shown without the PIN %s', (name, pin, expected) => {
		const labels = { name, pin, commonCodeKey: null, endsAtMs: START_MS };
		expect(guestCodeOf('c1', labels)).toMatchObject({ accessCodeId: 'c1', name: expected });
	});

	it('is not known of a code that was never read', () => {
		expect(guestCodeOf('c1', undefined)).toEqual({
			accessCodeId: 'c1',
			name: null,
			bookingReference: null,
			guestName: null,
		});
	});
});
