import { parseActionAttempt, progressOf } from '../../../../nodes/Seam/api/seamCommand';

const ID = { action_attempt_id: 'a1' };
const progress = (attempt: object) => progressOf(parseActionAttempt({ ...ID, ...attempt })!, 'r1');

it.each([
	null,
	[],
	'success',
	{},
	{ status: 'success' },
	ID,
	{ ...ID, status: 1 },
	{ action_attempt_id: 1, status: 'success' },
])('%j is no action attempt', (value) => {
	expect(parseActionAttempt(value)).toBeUndefined();
});

it.each<[unknown, string]>([
	[{ was_confirmed_by_device: true }, 'verified'],
	[{ was_confirmed_by_device: 'true' }, 'acknowledged'],
	[{ was_confirmed_by_device: 1 }, 'acknowledged'],
	[{ was_confirmed_by_device: false }, 'acknowledged'],
	[{}, 'acknowledged'],
	[null, 'acknowledged'],
	[[{ was_confirmed_by_device: true }], 'acknowledged'],
])('a success with the result %j is %s', (result, evidence) => {
	expect(progress({ status: 'success', result })).toEqual({ evidence });
});

it.each(['pending', 'new status'])('with the status %s Seam is asked again', (status) => {
	const confirmed = { was_confirmed_by_device: true };
	expect(progress({ status, result: confirmed })).toEqual({ evidence: 'sent', followUp: 'a1' });
});

it.each<[object, string, RegExp]>([
	[{ type: 'action_attempt_timeout', message: 'Too slow.' }, 'timeout', /failed: Too slow$/],
	[{ type: 'provider_time_out', message: 'Too slow' }, 'timeout', /failed: Too slow$/],
	[{ type: 'TimeOut' }, 'timeout', /failed: it gives no reason$/],
	[{ type: 'bolt_jammed', message: 'The bolt is jammed' }, 'rejected', /The bolt is jammed$/],
	[{}, 'rejected', /it gives no reason$/],
])('after the error %j the bolt may have moved', (error, reason, what) => {
	const { evidence, followUp, unresolvedBecause } = progress({ status: 'error', error });
	expect({ evidence, followUp }).toEqual({ evidence: 'unknown', followUp: undefined });
	expect(unresolvedBecause).toMatchObject({ reason, ofOneDevice: true, requestId: 'r1' });
	expect(unresolvedBecause?.what).toMatch(what);
	expect(unresolvedBecause?.detail).toMatch(/^Seam says: .*Action attempt a1$/);
	expect(unresolvedBecause).not.toMatchObject({ notExecuted: true });
});

it('a long text of Seam is shortened', () => {
	const error = { type: 't'.repeat(1000), message: 'm'.repeat(1000) };
	const { unresolvedBecause } = progress({ status: 'error', error });
	expect(unresolvedBecause!.what.length).toBeLessThan(300);
	expect(unresolvedBecause!.detail!.length).toBeLessThan(500);
});
