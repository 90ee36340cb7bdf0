import {
	errorCodeOf,
	failureOfCommand,
	hasError,
	smartcarFailure,
} from '../../../../nodes/Smartcar/api/smartcarFailures';
import { reasonOf } from '../../../../nodes/Smartcar/api/smartcarErrorRows';
import { V2_ANSWERS, V3_ANSWERS } from './recordedAnswers';

const answer = (status: number, json?: unknown, headers: Record<string, string> = {}) => ({
	status,
	headers,
	text: json === undefined ? '' : JSON.stringify(json),
	json,
});
const error = (type: string, code: string | null = null, more: object = {}) => ({
	type,
	code,
	...more,
});

// a command that counts as not executed may be sent again
it.each<[string, number, boolean, unknown]>([
	['a named state of the vehicle', 409, true, error('VEHICLE_STATE', 'ASLEEP')],
	['a named state with a 5xx', 502, true, error('VEHICLE_STATE', 'DOOR_OPEN')],
	['another state with a 4xx', 409, true, error('VEHICLE_STATE', 'NEW')],
	['another state with a 3xx', 300, true, error('VEHICLE_STATE')],
	['another state with a 2xx', 202, false, error('VEHICLE_STATE', 'NEW')],
	['another state with a 5xx', 500, false, error('VEHICLE_STATE', 'NEW')],
	['the maker', 430, false, error('UPSTREAM', 'NO_RESPONSE')],
	['Smartcar itself', 400, false, error('SERVER')],
	['a permission', 403, true, error('PERMISSION')],
	['a permission with a 5xx', 500, false, error('PERMISSION')],
	['an unsupported command', 501, true, error('COMPATIBILITY')],
	['an unknown type with a 4xx', 403, true, error('NEW')],
	['an unknown type with another 4xx', 418, false, error('NEW')],
	['an unknown type with a 5xx', 500, false, error('NEW')],
	['nothing, with a 429', 429, true, undefined],
	['nothing, with a 501', 501, true, undefined],
	['nothing, with a 500', 500, false, undefined],
	['nothing, with a 408', 408, false, undefined],
	['nothing, with a 200', 200, false, undefined],
])('after %s (%d) it is certain that nothing was done: %s', (_, status, isCertain, json) => {
	expect(smartcarFailure(answer(status, json)).notExecuted).toBe(isCertain);
});

it.each([...V2_ANSWERS, ...V3_ANSWERS])(
	'$status $situation: the text says what happened, and what to do',
	({ status, body, reason, userAction }) => {
		const facts = smartcarFailure(answer(status, typeof body === 'string' ? undefined : body));
		expect(facts).toMatchObject({
			reason,
			what: expect.stringMatching(/^[A-Z]\w* .*\w \w.*[\w)]$/) as string,
			userAction: expect.stringMatching(userAction) as string,
		});
	},
);

it('an answer without an error of Smartcar has no words of Smartcar', () => {
	expect(smartcarFailure(answer(502)).detail).toBe('The answer was empty');
	const asleep = error('VEHICLE_STATE', 'ASLEEP', { description: 'It sleeps' });
	expect(smartcarFailure(answer(409, asleep)).detail).toBe(
		'Smartcar says: VEHICLE_STATE/ASLEEP: It sleeps',
	);
	expect(smartcarFailure(answer(409, error('VEHICLE_STATE', 'ASLEEP'))).detail).toBe(
		'Smartcar says: VEHICLE_STATE/ASLEEP',
	);
	expect(smartcarFailure(answer(418)).what).toMatch(/^Smartcar returned an answer that/);
});

it('the status of the answer counts, and that of its error only for a success', () => {
	const inside = error('PERMISSION', null, { status: '403' });
	expect(smartcarFailure(answer(202, inside)).httpStatus).toBe(403);
	expect(smartcarFailure(answer(300, inside)).httpStatus).toBe(300);
	expect(smartcarFailure(answer(409, inside)).httpStatus).toBe(409);
	expect(smartcarFailure(answer(202, error('PERMISSION', null, { statusCode: 99 })))).toMatchObject(
		{ httpStatus: 202, reason: 'permission' },
	);
	expect(
		smartcarFailure(answer(202, error('PERMISSION', null, { statusCode: 600 }))),
	).toMatchObject({ httpStatus: 202 });
});

it.each<[string, string | null, boolean | undefined]>([
	['RATE_LIMIT', 'VEHICLE', true],
	['RATE_LIMIT', 'SMARTCAR_API', undefined],
	['BILLING', 'VEHICLE_REQUEST_LIMIT', true],
	['BILLING', null, undefined],
	['CONNECTED_SERVICES_ACCOUNT', 'NO_VEHICLES', true],
	['PERMISSION', null, undefined],
])('%s/%s concerns one vehicle only: %s', (type, code, expected) => {
	expect(smartcarFailure(answer(400, error(type, code))).ofOneDevice).toBe(expected);
});

it.each<[unknown, string | undefined]>([
	[error('A', 'B'), 'A/B'],
	[error('A'), 'A'],
	[{ type: 'A' }, 'A'],
	[{ error: error('A', 'B') }, 'A/B'],
	[{ errors: [error('A', 'B'), error('C')] }, 'A/B'],
	[{ type: 'commands', attributes: {} }, undefined],
	[error('A', 7 as never), undefined],
	[{ code: 'B' }, undefined],
	[undefined, undefined],
	[error('A', 'B'.repeat(100)), `A/${'B'.repeat(78)}`],
])('the error in %j is %s', (json, code) => {
	expect(errorCodeOf(answer(400, json))).toBe(code);
	expect(hasError(answer(400, json))).toBe(code !== undefined);
});

it('the message has the words of Smartcar, and the ID for its support', () => {
	const debug = { meta: { debug: { requestId: 'r2' } } };
	const { detail, requestId } = smartcarFailure(
		answer(403, error('PERMISSION', null, { detail: 'Not granted.', title: 'No', ...debug })),
	);
	expect(detail).toMatch(/PERMISSION\/null: Not granted/);
	expect(requestId).toBe('r2');
	expect(
		smartcarFailure(answer(403, error('PERMISSION', 'X', { description: 'Old words' }))).detail,
	).toMatch(/PERMISSION\/X: Old words/);
	const headers = { 'sc-request-id': 'r1' };
	expect(smartcarFailure(answer(403, error('PERMISSION', null, debug), headers)).requestId).toBe(
		'r1',
	);
	expect(smartcarFailure(answer(403, error('A', 'B', { requestId: 'r3' }))).requestId).toBe('r3');
});

it('only a known error says why a command failed', () => {
	const failed = (json: unknown) => failureOfCommand(answer(202), json);
	expect(failed(error('VEHICLE_STATE', 'IN_MOTION'))).toMatchObject({
		reason: 'inUse',
		notExecuted: true,
	});
	expect(failed(error('UPSTREAM', 'TIMEOUT'))).toMatchObject({ notExecuted: false });
	expect(failed(error('NEW', 'NEW'))).toBeUndefined();
	expect(failed(undefined)).toBeUndefined();
});

it('an error of a webhook has the same reasons', () => {
	expect(reasonOf('VEHICLE_STATE', 'ASLEEP')).toBe('asleep');
	expect(reasonOf('VEHICLE_STATE', 'NEW')).toBe('rejected');
	expect(reasonOf('NEW', 'NEW')).toBe('unknown');
});
