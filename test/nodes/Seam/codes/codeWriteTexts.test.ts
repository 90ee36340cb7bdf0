import * as texts from '../../../../nodes/Seam/codes/codeWriteTexts';
import type { CodeProblem } from '../../../../nodes/Seam/codes/codeProblems';
import type { FailureFacts } from '../../../../nodes/shared/model/failure';
import { codeWith } from '../../../support/accessCodes';

const NAME = 'Front door';
const cause: FailureFacts = {
	reason: 'rateLimited',
	what: 'Seam has had too many requests',
	userAction: 'Wait a minute',
	notExecuted: true,
	retryAfterSeconds: 30,
	httpStatus: 429,
};
const problem = (seamKeepsTrying: boolean, personMustAct: boolean): CodeProblem => ({
	code: 'x',
	text: 'the lock is full',
	seamKeepsTrying,
	personMustAct,
});

const REFUSED: Array<[string, FailureFacts]> = [
	['pinNotAllowed', texts.pinNotAllowed(NAME, 'without a 0', 'given')],
	['pinInUse', texts.pinInUse(NAME, 'existing')],
	['pinOfMaker', texts.pinOfMaker(NAME)],
	['maybeRenamed', texts.maybeRenamed(NAME, codeWith(), { reference: 'B-1' })],
	['cutName', texts.cutName(NAME, codeWith(), 'B-1')],
	['startsInThePast', texts.startsInThePast(NAME)],
	['lockIsFull', texts.lockIsFull(NAME, 30)],
	['isOfflineCode', texts.isOfflineCode(NAME)],
];
const AFTERWARDS: Array<[string, FailureFacts]> = [
	['severalCodes', texts.severalCodes(NAME, [codeWith()], 'B-1')],
	['refusal', texts.refusal(cause, 'removed', NAME)],
	['outcomeUnknown', texts.outcomeUnknown(cause, 'removed', NAME)],
	['notReadBack', texts.notReadBack(cause, 'removed', NAME)],
	['notListed', texts.notListed(NAME, 'B-1')],
	['goneAgain', texts.goneAgain(NAME, 'B-1')],
	['isNotOnLock', texts.isNotOnLock(NAME, 'B-1', [problem(true, true)])],
];

it.each([...REFUSED, ...AFTERWARDS])('%s names the lock, and says what to do', (_, facts) => {
	expect(facts.what).toContain(`"${NAME}"`);
	expect(facts.userAction).toMatch(/^[A-Z].*[^.]$/);
	expect(facts.reason).toMatch(/^[a-z]+[A-Za-z]*$/);
});

it.each([
	...REFUSED,
	['noPinLeft', texts.noPinLeft()],
	['inThePast', texts.inThePast()],
	['unknownCode', texts.unknownCode('c1')],
] as Array<[string, FailureFacts]>)('%s says why nothing was done', (_, facts) => {
	expect(facts).toMatchObject({ notExecuted: true });
	expect(facts.what).toMatch(/\w+ \w+/);
	expect(facts.userAction).toMatch(/\w+ \w+/);
});

describe('a write whose outcome is not known', () => {
	it('is never called "not done", and is not retried by itself', () => {
		expect(texts.outcomeUnknown(cause, 'removed', NAME)).toMatchObject({
			reason: 'rateLimited',
			what: `It is not known whether the code on "${NAME}" was removed: Seam has had too many requests`,
			notExecuted: false,
			retryAfterSeconds: undefined,
			ofOneDevice: true,
			httpStatus: 429,
		});
	});

	it('says that the answer was lost, when that is all that is known', () => {
		expect(texts.outcomeUnknown(undefined, 'changed', NAME)).toMatchObject({
			reason: 'notConfirmed',
			what: `It is not known whether the code on "${NAME}" was changed: the answer was lost`,
			userAction: 'Look at the codes of the lock before you run this again',
		});
	});

	it('was done, when only the reading failed afterwards', () => {
		expect(texts.notReadBack(cause, 'removed', NAME)).toMatchObject({
			reason: 'notConfirmed',
			notExecuted: false,
			ofOneDevice: true,
			userAction: 'Look at the codes of the lock',
		});
	});

	it.each([texts.notListed(NAME, 'B-1'), texts.goneAgain(NAME, 'B-1')])(
		'was done, and the booking is named: $what',
		(facts) => {
			expect(facts).toMatchObject({ reason: 'notConfirmed', ofOneDevice: true });
			expect(facts.notExecuted).toBeUndefined();
			expect(facts.what).toContain('booking B-1');
		},
	);
});

it('a refusal keeps what is known of its cause', () => {
	expect(texts.refusal(cause, 'removed', NAME)).toEqual({
		...cause,
		what: `The code on "${NAME}" was not removed: Seam has had too many requests`,
	});
});

it.each<[CodeProblem[], string]>([
	[[problem(true, true)], 'Seam keeps trying; look at the lock if the code is needed soon'],
	[
		[problem(true, false), problem(false, true)],
		'Seam keeps trying; look at the lock if the code is needed soon',
	],
	[[problem(true, false)], 'Seam keeps trying, and nobody has to act'],
	[[problem(false, true)], 'Seam does not try again, so a person must act'],
	[[], 'Seam does not try again, so a person must act'],
])('a code that is not on its lock says who acts: %#', (problems, userAction) => {
	const facts = texts.isNotOnLock(NAME, 'B-1', problems);
	expect(facts).toMatchObject({ reason: 'rejected', userAction, ofOneDevice: true });
	const why = problems.length === 0 ? '' : ': the lock is full';
	expect(facts.what).toBe(`The code of booking B-1 is not on "${NAME}" as asked${why}`);
});

it('all codes of a booking on one lock are named', () => {
	const codes = ['c1', 'c2', 'c3'].map((access_code_id) => codeWith({ access_code_id }));
	expect(texts.severalCodes(NAME, codes, 'B-1').what).toBe(
		`"${NAME}" has several codes of booking B-1: c1, c2 and c3`,
	);
});
