import { codeFailure } from '../../../../nodes/Seam/codes/codeFailures';
import type { Answer } from '../../../../nodes/shared/http/answer';

/** What is told of an answer about codes, which may hold a PIN. */

const PIN = '824691';
const answered = (status: number, body: unknown): Answer => {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { status, headers: {}, text, json: typeof body === 'string' ? undefined : body };
};
const error = (type: unknown) => ({ error: { type, message: `The code ${PIN} is taken` } });
const HIDDEN = 'The answer is not shown, because it may contain a PIN';

it.each<[string, number, unknown, string]>([
	['Seam’s word alone', 409, error('duplicate_access_code'), 'Seam says: duplicate_access_code'],
	['nothing of a word with a PIN', 409, error(`duplicate ${PIN}`), HIDDEN],
	['nothing of an error without a word', 400, error(undefined), HIDDEN],
	['nothing of a page', 502, `<html>code=${PIN}</html>`, HIDDEN],
	['nothing of another object', 400, { code: PIN }, HIDDEN],
])('it shows %s', (_, status, body, detail) => {
	const facts = codeFailure(answered(status, body));
	expect(facts.detail).toBe(detail);
	expect(JSON.stringify(facts)).not.toContain(PIN);
});

it('what happened is told by Seam’s word, or else by the status', () => {
	const told = [error('device_not_found'), 'Not found'].map(
		(body) => codeFailure(answered(404, body)).what,
	);
	expect(told[0]).toBe('Seam does not know the lock');
	expect(told[1]).not.toBe(told[0]);
});

it('only too many requests are explained with the limits of codes', () => {
	const limits = 'it allows 10 new, 10 changed and 20 removed codes a minute for each lock';
	expect(codeFailure(answered(429, {})).what).toContain(limits);
	for (const status of [400, 401, 409, 500]) {
		expect(codeFailure(answered(status, {})).what).not.toContain(limits);
	}
});
