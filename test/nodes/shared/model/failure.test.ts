import type { Evidence } from '../../../../nodes/shared/model/evidence';
import { shownName, type FailureReason } from '../../../../nodes/shared/model/failure';
import { isRetryable } from '../../../../nodes/shared/model/evidence';

const PASSING: FailureReason[] = [
	'rateLimited',
	'quotaExceeded',
	'asleep',
	'offline',
	'upstream',
	'timeout',
];
const LASTING: FailureReason[] = [
	'badRequest',
	'authentication',
	'permission',
	'notFound',
	'notSupported',
	'doorOpen',
	'inUse',
	'rejected',
	'notConfirmed',
	'unlockNotAllowed',
	'unknown',
];

describe('trying again later can help', () => {
	it.each(PASSING)('a reading after %s', (reason) => {
		expect(isRetryable(reason)).toBe(true);
	});

	it.each(PASSING)('a command after %s only when nothing of it was carried out', (reason) => {
		const after = (evidence: Evidence) =>
			isRetryable(reason, { command: 'lock', evidence, sent: evidence !== 'none' });
		expect(after('none')).toBe(true);
		expect([after('unknown'), after('sent'), after('acknowledged')]).toEqual([false, false, false]);
	});

	it.each(LASTING)('never after %s', (reason) => {
		expect(isRetryable(reason)).toBe(false);
		expect(isRetryable(reason, { command: 'lock', evidence: 'none', sent: false })).toBe(false);
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
