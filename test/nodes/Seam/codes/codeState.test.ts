import { problemsOf } from '../../../../nodes/Seam/codes/codeProblems';
import { codeStateOf, evidenceOf, expectedAtMs } from '../../../../nodes/Seam/codes/codeState';
import { codeWith } from '../../../support/accessCodes';
import { inHours } from '../../../support/guestCodes';
import { START_MS } from '../../../support/virtualClock';

const warning = (code: string) => ({ warnings: [{ warning_code: code, message: 'x' }] });
const minutesAgo = (minutes: number) => inHours(-minutes / 60);
const ahead = { starts_at: inHours(24), ends_at: inHours(48) };

describe('the state of a code', () => {
	it.each<[string, object, string, string]>([
		['on the lock', {}, 'active', 'verified'],
		[
			'stored before its start, although Seam calls it set',
			{ ...ahead, is_scheduled_on_device: true },
			'stored',
			'acknowledged',
		],
		['set before its start', ahead, 'stored', 'acknowledged'],
		['not on the lock yet, days ahead', { ...ahead, status: 'unset' }, 'scheduled', 'acknowledged'],
		['with the warning of a removal', warning('being_deleted'), 'removing', 'acknowledged'],
		[
			'that Seam is about to delete',
			{ pending_mutations: [{ mutation_code: 'deleting' }] },
			'removing',
			'acknowledged',
		],
		[
			'replaced by a backup code (warning)',
			warning('using_backup_access_code'),
			'active',
			'acknowledged',
		],
		[
			'replaced by a backup code (ID)',
			{ pulled_backup_access_code_id: 'c2000000-0000-4000-8000-000000000002' },
			'active',
			'acknowledged',
		],
		['whose PIN nobody knows yet', { code: null }, 'active', 'acknowledged'],
		['with a removal that has begun', { status: 'removing' }, 'removing', 'acknowledged'],
		[
			'set, while a change of it is pending',
			{ pending_mutations: [{ mutation_code: 'updating_time_frame' }] },
			'programming',
			'acknowledged',
		],
		['set, from this moment', { starts_at: inHours(0) }, 'active', 'verified'],
		[
			'not on the lock because of an error of its own',
			{ status: 'unset', errors: [{ error_code: 'failed_to_set_on_device' }] },
			'failed',
			'acknowledged',
		],
		[
			'days ahead and held by the lock',
			{ ...ahead, status: 'unset', is_scheduled_on_device: true },
			'stored',
			'acknowledged',
		],
		[
			'days ahead and held by the lock, with a change on the way',
			{
				...ahead,
				status: 'unset',
				is_scheduled_on_device: true,
				pending_mutations: [{ mutation_code: 'updating_code' }],
			},
			'programming',
			'acknowledged',
		],
		[
			'days ahead, and being sent to the lock',
			{ ...ahead, status: 'unset', pending_mutations: [{ mutation_code: 'creating' }] },
			'programming',
			'acknowledged',
		],
		[
			'not on the lock ten minutes after its begin',
			{ status: 'unset', starts_at: minutesAgo(10) },
			'programming',
			'acknowledged',
		],
		[
			'not on the lock more than ten minutes after its begin',
			{ status: 'unset', starts_at: minutesAgo(10.1) },
			'late',
			'acknowledged',
		],
		[
			'not on the lock, begun long ago and made just now',
			{ status: 'unset', created_at: minutesAgo(1) },
			'programming',
			'acknowledged',
		],
		[
			'not on the lock, without a begin and made just now',
			{ status: 'unset', starts_at: null, created_at: minutesAgo(1) },
			'programming',
			'acknowledged',
		],
		[
			'not on the lock, and nobody knows since when',
			{ status: 'unset', starts_at: null, created_at: null },
			'programming',
			'acknowledged',
		],
		['being set', { status: 'setting', starts_at: minutesAgo(1) }, 'programming', 'acknowledged'],
		['being set for an hour', { status: 'setting' }, 'late', 'acknowledged'],
		[
			'being set, which Seam calls slow',
			{
				status: 'setting',
				starts_at: minutesAgo(1),
				...warning('delay_in_setting_on_device'),
			},
			'late',
			'acknowledged',
		],
		[
			'soon due, which Seam calls late',
			{ ...ahead, status: 'unset', ...warning('delay_in_issuing') },
			'late',
			'acknowledged',
		],
		['over in this moment', { ends_at: inHours(0), status: 'unset' }, 'ended', 'acknowledged'],
		['over and erased', { ends_at: inHours(-1), status: 'unset' }, 'ended', 'acknowledged'],
		['over and still set', { ends_at: inHours(-0.5) }, 'removing', 'acknowledged'],
		['over and being set', { ends_at: inHours(-1), status: 'setting' }, 'removing', 'acknowledged'],
		[
			'over and not erased, as an error says',
			{
				ends_at: inHours(-1),
				status: 'unset',
				errors: [{ error_code: 'failed_to_remove_from_device' }],
			},
			'failed',
			'acknowledged',
		],
		[
			'over, in a state of a name that is not known',
			{ ends_at: inHours(-1), status: 'x' },
			'unknown',
			'acknowledged',
		],
		['without an end', { ends_at: null }, 'active', 'verified'],
		['that Seam says nothing of', { status: undefined }, 'unknown', 'acknowledged'],
	])('%s', (_, change, state, evidence) => {
		const code = codeWith(change);
		expect(codeStateOf(code, START_MS)).toBe(state);
		expect(evidenceOf(code, START_MS, false)).toBe(evidence);
	});

	it.each<[string, object, boolean, string, string]>([
		['just changed', {}, true, 'programming', 'acknowledged'],
		['just changed, ahead', ahead, true, 'programming', 'acknowledged'],
		['not changed', {}, false, 'active', 'verified'],
	])('%s, on a server that does not list changes', (_, change, wasChanged, state, evidence) => {
		const code = codeWith({ ...change, pending_mutations: undefined });
		expect(codeStateOf(code, START_MS, wasChanged)).toBe(state);
		expect(evidenceOf(code, START_MS, wasChanged)).toBe(evidence);
	});

	it('an error of the lock alone leaves an active code active', () => {
		const errors = [{ error_code: 'device_offline', is_device_error: true }];
		expect(codeStateOf(codeWith({ errors }), START_MS)).toBe('active');
	});
});

describe('the time at which a code is expected on its lock', () => {
	const pending = (mutation_code: string) => ({ mutation_code, scheduled_at: inHours(20) });

	it.each<[string, object, string | null]>([
		['a stored one: its begin', ahead, ahead.starts_at],
		['one that is there: none', {}, null],
		['one that is being programmed: nobody knows', { status: 'setting' }, null],
		[
			'one that Seam will program: when it begins to',
			{ ...ahead, status: 'unset', pending_mutations: [pending('deferring_creation')] },
			inHours(20),
		],
		[
			'one with another change that will be made: its begin',
			{ ...ahead, status: 'unset', pending_mutations: [pending('updating_code')] },
			ahead.starts_at,
		],
	])('%s', (_, change, expected) => {
		const expectedMs = expected === null ? null : Date.parse(expected);
		expect(expectedAtMs(codeWith(change), START_MS)).toBe(expectedMs);
	});
});

it('an error of the code counts although its lock has one too', () => {
	const errors = [
		{ error_code: 'device_offline', is_device_error: true },
		{ error_code: 'failed_to_set_on_device' },
	];
	expect(codeStateOf(codeWith({ errors }), START_MS)).toBe('failed');
});

it.each<[string, object, string, boolean]>([
	[
		'a backup code that is used instead',
		warning('using_backup_access_code'),
		'using_backup_access_code',
		true,
	],
	['a PIN that is not chosen yet', { code: null }, 'no_pin_yet', false],
])('%s is a problem', (_, change, code, personMustAct) => {
	expect(problemsOf(codeWith(change))).toMatchObject([{ code, personMustAct }]);
});
