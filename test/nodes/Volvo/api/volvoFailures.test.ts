import {
	namesTheVccKey,
	requestIdOf,
	volvoFailure,
} from '../../../../nodes/Volvo/api/volvoFailures';
import { V1_ANSWERS, V2_ANSWERS } from './recordedAnswers';

const answer = (status: number, json?: unknown, text = JSON.stringify(json) ?? '') => ({
	status,
	headers: {},
	text,
	json,
});
const failure = (status: number, json?: unknown, text?: string, scopes = ['conve:lock']) =>
	volvoFailure(answer(status, json, text), scopes);
const error = (message: string, description?: string) => ({ error: { message, description } });

// a command that counts as not executed may be sent again
it.each<[number, string, boolean]>([
	[200, 'upstream', false],
	[301, 'unknown', false],
	[400, 'badRequest', true],
	[401, 'authentication', true],
	[403, 'permission', true],
	[404, 'notFound', true],
	[405, 'badRequest', true],
	[406, 'badRequest', true],
	[408, 'unknown', false],
	[409, 'rejected', true],
	[415, 'badRequest', true],
	[418, 'unknown', false],
	[422, 'rejected', true],
	[429, 'rateLimited', true],
	[500, 'upstream', false],
	[503, 'upstream', false],
])('the status %d is %s; certain that nothing was done: %s', (status, reason, notExecuted) => {
	expect(failure(status, {})).toMatchObject({ reason, notExecuted, httpStatus: status });
});

it.each<[number, unknown, string | undefined, string]>([
	[401, error('Missing vcc-api-key'), undefined, 'authentication'],
	[403, { message: 'Out of call volume quota.' }, undefined, 'quotaExceeded'],
	[403, undefined, 'Out of call volume quota.', 'quotaExceeded'],
	[403, undefined, ' <p>Out of call volume quota.</p>', 'permission'],
	[403, {}, 'Out of call volume quota.', 'permission'],
	[500, { message: 'Out of call volume quota.' }, undefined, 'upstream'],
	[403, error('FORBIDDEN', 'No relationship'), undefined, 'notFound'],
	[404, error('Not in the allowed markets'), undefined, 'notSupported'],
	[404, error('Not supported'), undefined, 'notSupported'],
	[503, error('The car is in use or asleep'), undefined, 'inUse'],
])('a %d with the words %j or the text %j is %s', (status, json, text, reason) => {
	const facts = failure(status, json, text);
	expect(facts.reason).toBe(reason);
	expect(facts.notExecuted).toBe(reason !== 'upstream');
});

it.each([...V1_ANSWERS, ...V2_ANSWERS])(
	'$status $situation: the text says what happened, and what to do',
	({ status, body, reason, userAction }) => {
		const isText = typeof body === 'string';
		const facts = failure(status, isText ? undefined : body, isText ? body : undefined);
		expect(facts).toMatchObject({
			reason,
			what: expect.stringMatching(/^(The|Volvo)\b.*\w \w.*[\w)]$/) as string,
			userAction: expect.stringMatching(userAction) as string,
		});
	},
);

it.each([301, 408, 418])('the unknown status %d is called so, in the name of Volvo', (status) => {
	expect(failure(status, {}).what).toMatch(
		/^Volvo returned an answer that .* does not understand$/,
	);
});

it('a missing scope concerns all vehicles, and is named', () => {
	const facts = failure(403, {}, undefined, ['conve:a', 'conve:b']);
	expect(facts).toMatchObject({ reason: 'permission', ofOneDevice: false });
	expect(facts.userAction).toMatch(/the scopes conve:a and conve:b and/);
	expect(failure(403, {}).userAction).toMatch(/the scope conve:lock and/);
});

it.each<[string, number | undefined]>([
	['The quota will be replenished in 03:30:56.', 3 * 3600 + 30 * 60 + 56],
	['The quota will be replenished in 1.03:30:56.', 86_400 + 3 * 3600 + 30 * 60 + 56],
	['The quota will be replenished in 12.00:00:01.', 12 * 86_400 + 1],
	['Rate limit is exceeded. Try again in 42 seconds.', 42],
	['Try again in 0 seconds.', 0],
	['Try again later', undefined],
	['Try again in 999999999 seconds.', 31 * 86_400],
])('the wait in "%s" is %s seconds', (message, seconds) => {
	expect(failure(429, { message }).retryAfterSeconds).toBe(seconds);
});

it('a header with the wait comes first', () => {
	const { json, ...rest } = answer(429, { message: 'Try again in 42 seconds.' });
	const headers = { 'retry-after': '7' };
	expect(volvoFailure({ ...rest, json, headers }, []).retryAfterSeconds).toBe(7);
});

it('the words of all envelopes are shown, as far as they are short', () => {
	const { detail } = failure(400, { ...error('BAD', 'Wrong VIN'), message: 'm'.repeat(1000) });
	expect(detail).toMatch(/^Volvo says: BAD: Wrong VIN: m+/);
	expect(detail!.length).toBeLessThan(520);
});

it('the ID for the support is in a header or in the envelope', () => {
	const headers = { 'vcc-api-operationid': 'r1' };
	expect(requestIdOf({ ...answer(400, { operationId: 'r2' }), headers })).toBe('r1');
	expect(requestIdOf(answer(400, { operationId: 'r2' }))).toBe('r2');
	expect(requestIdOf(answer(400))).toBeUndefined();
});

it('only an answer about the VCC key names it', () => {
	expect(namesTheVccKey(answer(401, error('Wrong Vcc-Api-Key')))).toBe(true);
	expect(namesTheVccKey(answer(401, error('Wrong token')))).toBe(false);
});
