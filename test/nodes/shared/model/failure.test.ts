import {
	attempt,
	Failure,
	isAboutDevice,
	shownName,
	toFailure,
	withDeviceName,
	type FailureFacts,
	type FailureReason,
} from '../../../../nodes/shared/model/failure';

const failure = (change: Partial<FailureFacts> = {}) =>
	new Failure({ reason: 'asleep', what: 'It sleeps', userAction: 'Wake it', ...change });

it('the message of a failure has what happened and what can be done', () => {
	expect(failure()).toMatchObject({ name: 'Failure', message: 'It sleeps. Wake it' });
});

describe('a mistake of this package', () => {
	it('is not hidden', () => {
		const { facts } = toFailure(new TypeError('x is undefined'));
		expect(facts).toMatchObject({
			reason: 'unknown',
			what: 'Something unexpected happened: x is undefined',
			detail: expect.stringContaining('failure.test') as string,
		});
		expect(facts.userAction).toMatch(/report it to the authors/);
	});

	it('is also a failure if what was thrown is not an error', () => {
		const { facts } = toFailure('broken');
		expect(facts.what).toBe('Something unexpected happened: broken');
		expect(facts.detail).toBeUndefined();
	});
});

it('an attempt returns the result, or the failure as a value', async () => {
	const known = failure();
	const throwing = (thrown: Error) => () => {
		throw thrown;
	};
	expect(await attempt(() => 7)).toBe(7);
	expect(await attempt(throwing(known))).toBe(known);
	expect(await attempt(async () => await Promise.reject(known))).toBe(known);
	expect(await attempt(throwing(new Error('odd')))).toMatchObject({ facts: { reason: 'unknown' } });
});

it.each<[FailureReason, boolean]>([
	['authentication', false],
	['quotaExceeded', false],
	['rateLimited', false],
	['asleep', true],
	['notFound', true],
])(
	'a failure for the reason %s is about a device or not, unless the service says which',
	(reason, expected) => {
		const facts = (ofOneDevice?: boolean) => failure({ reason, ofOneDevice }).facts;
		expect(isAboutDevice(facts())).toBe(expected);
		expect([isAboutDevice(facts(true)), isAboutDevice(facts(false))]).toEqual([true, false]);
	},
);

describe('a message names its device', () => {
	const named = (what: string, ...names: [string, string?, string?]) =>
		withDeviceName(failure({ what }), ...names).facts.what;

	it('at the beginning, if the message has no name yet', () => {
		expect(named('It sleeps', 'XC40')).toBe('XC40: It sleeps');
		expect(named('XC40 sleeps', 'XC40')).toBe('XC40: XC40 sleeps');
		expect(named('It sleeps', 'XC40 (…01)', 'XC40', 'The XC40')).toBe('The XC40: It sleeps');
	});

	it('once', () => {
		expect(named('XC40: It sleeps', 'XC40')).toBe('XC40: It sleeps');
		expect(named('"XC40" sleeps', 'XC40')).toBe('"XC40" sleeps');
	});

	it('in place of a name that two devices share', () => {
		expect(named('"XC40" sleeps', 'XC40 (…01)', 'XC40')).toBe('"XC40 (…01)" sleeps');
		expect(named('"XC40" sleeps', '$& $1', 'XC40')).toBe('"$& $1" sleeps');
	});

	it('but not if it is about no device', () => {
		const about = failure({ reason: 'authentication' });
		expect(withDeviceName(about, 'XC40')).toBe(about);
	});
});

describe('a name in a message', () => {
	it.each([
		['YV1XZ16A1N2000101', 'YV1…0101'],
		['XC40 2022 (YV1XZ16A1N2000101)', 'XC40 2022 (YV1…0101)'],
		['Front door', 'Front door'],
		['11111111-1111-4111-8111-111111111111', '11111111-1111-4111-8111-111111111111'],
	])('%s is shown as %s', (name, shown) => {
		expect(shownName(name)).toBe(shown);
	});
});
