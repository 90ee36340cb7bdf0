import { parseAccessCode, type AccessCode } from '../../../../nodes/Seam/codes/accessCode';
import { problemsOf } from '../../../../nodes/Seam/codes/codeProblems';
import { codeStateOf, evidenceOf, expectedAtMs } from '../../../../nodes/Seam/codes/codeState';
import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import { inHours } from '../../../support/guestCodes';
import { START_MS } from '../../../support/virtualClock';

/** A code that is on its lock, as Seam reports it, but for what a test changes. */
function codeWith(change: object = {}): AccessCode {
	const code = parseAccessCode({
		access_code_id: 'c1000000-0000-4000-8000-000000000001',
		device_id: FRONT_DOOR,
		name: '[B-1] Ann',
		code: '824691',
		common_code_key: 'n8n:B-1',
		status: 'set',
		starts_at: inHours(-1),
		ends_at: inHours(24),
		created_at: inHours(-2),
		errors: [],
		warnings: [],
		pending_mutations: [],
		...change,
	});
	return code!;
}

const warning = (code: string) => ({ warnings: [{ warning_code: code, message: 'x' }] });
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
		['over and erased', { ends_at: inHours(-1), status: 'unset' }, 'ended', 'acknowledged'],
		['over and still set', { ends_at: inHours(-0.5) }, 'removing', 'acknowledged'],
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

it('a stored code is expected at its start, and an active one is there', () => {
	expect(expectedAtMs(codeWith(ahead), START_MS)).toBe(Date.parse(ahead.starts_at));
	expect(expectedAtMs(codeWith(), START_MS)).toBeNull();
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
