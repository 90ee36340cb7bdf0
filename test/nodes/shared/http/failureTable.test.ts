import {
	failureFacts,
	rowByStatus,
	standardRows,
	type FailureTable,
} from '../../../../nodes/shared/http/failureTable';
import { refused } from '../../../../nodes/shared/model/failureRow';

const TABLE: FailureTable = {
	...standardRows('Acme', 'lock'),
	401: refused('authentication', 'Acme does not accept the key', 'Copy it again'),
};

const answer = (status: number, text = '', headers: Record<string, string> = {}) => ({
	status,
	headers,
	text,
	json: undefined,
});

it.each([
	[200, 'upstream', false],
	[204, 'upstream', false],
	[300, 'unknown', false],
	[302, 'unknown', false],
	[400, 'badRequest', true],
	[401, 'authentication', true],
	[404, 'notFound', true],
	[405, 'badRequest', true],
	[408, 'timeout', false],
	[409, 'rejected', true],
	[418, 'unknown', false],
	[422, 'rejected', true],
	[500, 'upstream', false],
	[599, 'upstream', false],
])('a %i is %s; certain that nothing was done: %s', (status, reason, notExecuted) => {
	expect(rowByStatus(status, TABLE, 'Acme')).toMatchObject({ reason, notExecuted });
});

it.each([200, 302, 400, 401, 403, 404, 405, 408, 409, 418, 422, 429, 500])(
	'a %i has a sentence about the service, and says what to do',
	(status) => {
		const { what, userAction } = rowByStatus(status, TABLE, 'Acme');
		expect(what).toMatch(/\b(Acme|host)\b/);
		expect(userAction).toMatch(/^[A-Z].*\w/);
	},
);

it.each([
	[200, /not from Acme/],
	[299, /not from Acme/],
	[300, /redirect/],
	[399, /redirect/],
	[418, /answer that this node does not understand/],
	[499, /answer that this node does not understand/],
	[500, /could not process/],
])('a %i without a row of its own is told by its class: %s', (status, words) => {
	expect(rowByStatus(status, TABLE, 'Acme').what).toMatch(words);
});

it("shows the service's own words, and of other answers the beginning", () => {
	const row = rowByStatus(500, TABLE, 'Acme');
	expect(failureFacts(answer(500), row, 'Acme', 'out of order', 'id 1')).toMatchObject({
		reason: 'upstream',
		detail: 'Acme says: out of order',
		httpStatus: 500,
		requestId: 'id 1',
	});
	const page = answer(500, '<h1>Bad gateway</h1>', { 'retry-after': '7' });
	expect(failureFacts(page, row, 'Acme', '', undefined)).toMatchObject({
		detail: expect.stringContaining('Bad gateway') as string,
		retryAfterSeconds: 7,
	});
});

it('shortens long words of the service', () => {
	const { detail } = failureFacts(
		answer(500),
		TABLE['5xx']!,
		'Acme',
		'x'.repeat(10_000),
		undefined,
	);
	expect(detail?.length).toBeLessThan(600);
});
