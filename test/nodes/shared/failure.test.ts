import type { Evidence } from '../../../nodes/shared/evidence';
import { isRetryable, type FailureReason } from '../../../nodes/shared/failure';

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
