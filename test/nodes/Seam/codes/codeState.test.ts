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
			'days ahead, on a server that does not list what is pending',
			{ ...ahead, status: 'unset', pending_mutations: undefined },
			'scheduled',
			'acknowledged',
		],
		[
			'held by the lock, and begun a minute ago',
			{ status: 'unset', starts_at: minutesAgo(1), is_scheduled_on_device: true },
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
		[
			'over and erased, on a lock with an error of its own',
			{
				ends_at: inHours(-1),
				status: 'unset',
				errors: [{ error_code: 'device_offline', is_device_error: true }],
			},
			'ended',
			'acknowledged',
		],
		['without an end', { ends_at: null }, 'active', 'verified'],
		['without a begin', { starts_at: null }, 'active', 'verified'],
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
			'one of which nobody knows what is pending: its begin',
			{ ...ahead, status: 'unset', pending_mutations: undefined },
			ahead.starts_at,
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

describe('a problem of a code', () => {
	it.each<[string, object, object]>([
		[
			'a backup code that is used instead',
			warning('using_backup_access_code'),
			{ code: 'using_backup_access_code', seamKeepsTrying: false, personMustAct: true },
		],
		[
			'the same, told by its ID alone',
			{ pulled_backup_access_code_id: 'c2' },
			{ code: 'using_backup_access_code', seamKeepsTrying: false, personMustAct: true },
		],
		[
			'the same, told twice',
			{ pulled_backup_access_code_id: 'c2', ...warning('using_backup_access_code') },
			{ code: 'using_backup_access_code' },
		],
		[
			'a PIN that is not chosen yet',
			{ code: null },
			{ code: 'no_pin_yet', seamKeepsTrying: true, personMustAct: false },
		],
		[
			'an error that nobody knows yet: a person looks at it',
			{ errors: [{ error_code: 'lock_on_the_moon' }] },
			{
				code: 'lock_on_the_moon',
				text: 'Seam reports lock on the moon',
				seamKeepsTrying: false,
				personMustAct: true,
			},
		],
		[
			'a warning that nobody knows yet: nobody has to act',
			warning('lock_on_the_moon'),
			{ code: 'lock_on_the_moon', seamKeepsTrying: false, personMustAct: false },
		],
		[
			'an error whose word may hold a PIN',
			{ errors: [{ error_code: 'pin 824691' }] },
			{
				code: 'unknown_issue_with_access_code',
				text: 'Seam reports unknown issue with access code',
			},
		],
		[
			'a lock that is offline',
			{ errors: [{ error_code: 'device_offline', is_device_error: true }] },
			{ text: 'the lock is offline', seamKeepsTrying: true, personMustAct: false },
		],
		[
			'a code that could not be erased',
			{ errors: [{ error_code: 'failed_to_remove_from_device' }] },
			{ seamKeepsTrying: true, personMustAct: true },
		],
	])('%s', (_, change, problem) => {
		expect(problemsOf(codeWith(change))).toMatchObject([problem]);
	});

	it.each<[string, boolean, boolean, string[]]>([
		[
			'Seam keeps trying, and a person should look at it',
			true,
			true,
			[
				'failed_to_set_on_device',
				'failed_to_issue',
				'failed_to_update',
				'failed_to_remove_from_device',
				'failed_to_expire',
				'failed_to_remove',
				'conflicting_external_modification',
				'code_modified_external_to_seam',
			],
		],
		[
			'Seam keeps trying, and nobody has to act',
			true,
			false,
			[
				'device_offline',
				'device_disconnected',
				'hub_disconnected',
				'bridge_disconnected',
				'empty_backup_access_code_pool',
				'delay_in_setting_on_device',
				'delay_in_issuing',
				'delay_in_removing_from_device',
			],
		],
		[
			'a person must act',
			false,
			true,
			[
				'duplicate_code_on_device',
				'conflicting_unmanaged_access_code_id',
				'no_space_for_access_code_on_device',
				'code_constraints_violated',
				'access_code_inactive',
				'provider_issue',
				'device_removed',
				'account_disconnected',
				'salto_ks_subscription_limit_exceeded',
				'using_backup_access_code',
				'management_transferred',
			],
		],
		[
			'nobody has to act',
			false,
			false,
			[
				'external_modification_in_effect',
				'code_rotates_periodically',
				'time_frame_adjusted_for_unknown_time_zone',
				'igloo_algopin_must_be_used_within_24_hours',
				'third_party_integration_detected',
				'being_deleted',
			],
		],
	])(
		'has a sentence of ours, whose word is known: %s',
		(_, seamKeepsTrying, personMustAct, words) => {
			for (const word of words) {
				const [problem] = problemsOf(codeWith({ errors: [{ error_code: word }] }));
				expect(problem).toMatchObject({ code: word, seamKeepsTrying, personMustAct });
				expect(problem!.text).toMatch(/^(the|a|another|erasing|programming) \w+/);
			}
		},
	);

	it('is told before the warnings, when it is an error', () => {
		const code = codeWith({ ...warning('delay_in_issuing'), errors: [{ error_code: 'x' }] });
		expect(problemsOf(code).map((problem) => problem.code)).toEqual(['x', 'delay_in_issuing']);
	});
});
