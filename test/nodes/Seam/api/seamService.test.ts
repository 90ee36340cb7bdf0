import { LimitsOfLocks } from '../../../../nodes/Seam/api/limitsOfLocks';
import { parseSeamDevice, toReading } from '../../../../nodes/Seam/api/seamDevice';
import { SeamService } from '../../../../nodes/Seam/api/seamService';

/** Why a command is not sent. */

const service = new SeamService({} as never);
const problem = (command: 'lock' | 'unlock', change: object) => {
	const raw = { device_id: 'd1', display_name: 'Front door', properties: {}, ...change };
	return service.capabilityProblem(command, toReading(parseSeamDevice(raw)!, raw));
};
const OFFLINE = { error_code: 'device_offline', message: 'Device is offline.' };
const REMOVED = { error_code: 'device_removed', message: 'Device was removed.' };

it('each command needs its own ability', () => {
	const able = { can_remotely_lock: true, can_remotely_unlock: false };
	expect(problem('lock', able)).toBeUndefined();
	expect(problem('unlock', able)).toMatchObject({ reason: 'offline', notExecuted: true });
	const other = { can_remotely_lock: false, can_remotely_unlock: true };
	expect(problem('lock', other)).toMatchObject({ reason: 'offline', notExecuted: true });
	expect(problem('unlock', other)).toBeUndefined();
});

it.each<[string, object, object]>([
	[
		'is out of reach, without a word',
		{ can_remotely_lock: false },
		{ reason: 'offline', what: '"Front door" cannot lock remotely at the moment' },
	],
	[
		'is out of reach, for several reasons',
		{ can_remotely_lock: false, errors: [{ error_code: 'hub_disconnected' }, OFFLINE] },
		{
			reason: 'offline',
			what: '"Front door" cannot lock remotely at the moment: hub_disconnected; Device is offline',
		},
	],
	[
		'needs a person',
		{ can_remotely_lock: false, errors: [OFFLINE, REMOVED] },
		{
			reason: 'notFound',
			what: '"Front door" cannot lock remotely: it was removed from its maker\'s account',
			detail: 'Seam says: Device is offline.; Device was removed',
			notExecuted: true,
		},
	],
	[
		'cannot do it at all',
		{ can_remotely_unlock: true },
		{
			reason: 'notSupported',
			what: '"Front door" cannot lock remotely',
			userAction: expect.stringMatching(/^Choose a lock/) as string,
			notExecuted: true,
		},
	],
])('a lock that %s is refused in plain words', (_, change, facts) => {
	expect(problem('lock', change)).toMatchObject(facts);
});

it('what is no ID is named, and what is one is not judged', () => {
	expect(service.idProblem('a/b')).toMatchObject({
		reason: 'badRequest',
		what: '"a/b" is not the ID of a lock in Seam',
		notExecuted: true,
	});
	expect(service.idProblem('/'.repeat(500))!.what.length).toBeLessThan(150);
	expect(service.idProblem('d1')).toBeUndefined();
});

it('each lock has a limit of its own for each kind of request, however its ID is written', () => {
	const limits = new LimitsOfLocks();
	const limit = limits.of('lock', 'abc', 15);
	expect(limits.of('lock', 'ABC', 15)).toBe(limit);
	expect(limits.of('unlock', 'abc', 15)).not.toBe(limit);
	expect(limits.of('lock', 'abd', 15)).not.toBe(limit);
});
