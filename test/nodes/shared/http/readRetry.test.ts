import type { Answer } from '../../../../nodes/shared/http/answer';
import { delayBeforeRetry } from '../../../../nodes/shared/http/readRetry';
import { Failure, type FailureReason } from '../../../../nodes/shared/model/failure';

function answered(status: number, headers: Record<string, string> = {}): Answer {
	return { status, headers, text: '', json: undefined };
}

function failed(reason: FailureReason): Failure {
	return new Failure({ reason, what: 'No answer', userAction: 'Try again', ofOneDevice: false });
}

it.each([408, 500, 502, 503, 504])(
	'a read that met the status %d is tried three times',
	(status) => {
		const pauses = [1, 2, 3].map((tries) => delayBeforeRetry(answered(status), tries));
		expect(pauses).toEqual([1000, 2000, undefined]);
	},
);

it.each<FailureReason>(['upstream', 'timeout'])(
	'a read that failed as %s is tried three times',
	(reason) => {
		const pauses = [1, 2, 3].map((tries) => delayBeforeRetry(failed(reason), tries));
		expect(pauses).toEqual([1000, 2000, undefined]);
	},
);

it.each([200, 304, 400, 401, 403, 404, 501])(
	'a read with the status %d is not repeated',
	(status) => {
		expect(delayBeforeRetry(answered(status), 1)).toBeUndefined();
	},
);

it.each<FailureReason>(['authentication', 'badRequest', 'rateLimited', 'offline'])(
	'a read that failed as %s is not repeated',
	(reason) => {
		expect(delayBeforeRetry(failed(reason), 1)).toBeUndefined();
	},
);

describe('after a 429', () => {
	it('waits as long as the service asks for', () => {
		expect(delayBeforeRetry(answered(429, { 'retry-after': '7' }), 1)).toBe(7000);
	});

	it.each<Record<string, string>>([{}, { 'retry-after': '0' }])(
		'waits longer each time, up to half a minute',
		(headers) => {
			const pauses = [1, 2, 3, 4, 5, 6, 7, 50].map((tries) =>
				delayBeforeRetry(answered(429, headers), tries),
			);
			expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 32_000, 32_000]);
		},
	);
});
