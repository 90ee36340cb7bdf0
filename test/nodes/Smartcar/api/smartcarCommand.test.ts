import { progressOf } from '../../../../nodes/Smartcar/api/smartcarCommand';

const answer = (status: number, json?: unknown) => ({
	status,
	headers: { 'sc-request-id': 'r1' },
	text: json === undefined ? '' : JSON.stringify(json),
	json,
});
const failureOf = (status: number, json: unknown): unknown => {
	try {
		return progressOf(answer(status, json));
	} catch (thrown) {
		return thrown;
	}
};
const withStatus = (value: unknown, error?: object) => ({
	data: { attributes: { status: { value, error } } },
});

it.each<[string, number, unknown, string]>([
	['a success', 200, withStatus('SUCCESS'), 'acknowledged'],
	['a success in a 202', 202, withStatus('SUCCESS'), 'acknowledged'],
	['a success without an outer shell', 200, withStatus('SUCCESS').data, 'acknowledged'],
	['a command under way', 202, withStatus('PENDING'), 'sent'],
	['an empty 202', 202, undefined, 'sent'],
])('%s proves no more than it says', (_, status, json, evidence) => {
	expect(progressOf(answer(status, json))).toEqual({ evidence });
});

it.each<[string, number, unknown, object]>([
	[
		'a failure without a reason',
		200,
		withStatus('FAILURE'),
		{ reason: 'rejected', detail: 'Smartcar says: FAILURE', requestId: 'r1' },
	],
	[
		'a failure with a reason',
		200,
		withStatus('FAILURE', { type: 'VEHICLE_STATE', code: 'DOOR_OPEN' }),
		{ reason: 'doorOpen', notExecuted: true },
	],
	['a failure with an unknown reason', 200, withStatus('FAILURE', { type: 'NEW' }), {}],
	['an unknown status', 200, withStatus('QUEUED'), { detail: 'Smartcar says: QUEUED' }],
	['no status', 200, { data: {} }, { reason: 'upstream', notExecuted: false }],
	['an empty 200', 200, undefined, { reason: 'upstream', notExecuted: false }],
	['a status above 202', 204, withStatus('SUCCESS'), { httpStatus: 204 }],
	['an error in a 202', 202, { type: 'PERMISSION', code: null }, { reason: 'permission' }],
])('%s is no success', (_, status, json, facts) => {
	expect(failureOf(status, json)).toMatchObject({ facts });
});

it.each(['FAILURE', 'QUEUED'])('after %s it is not certain that nothing was done', (value) => {
	const failure = failureOf(200, withStatus(value));
	expect(failure).toHaveProperty('facts');
	expect(failure).not.toMatchObject({ facts: { notExecuted: true } });
});
