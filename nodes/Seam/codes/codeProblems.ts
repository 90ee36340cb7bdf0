import { entryOf } from '../../shared/basics/guards';
import { wordOf } from '../api/seamWord';
import type { AccessCode, CodeTrouble } from './accessCode';

/** What is wrong with a code, as outputs show it. */
export interface CodeProblem {
	/** Seam's word, or ours, such as `other_times` and `different_pins`. */
	code: string;
	/** A sentence without a full stop. Never Seam's own, which may hold the PIN. */
	text: string;
	seamKeepsTrying: boolean;
	personMustAct: boolean;
}

type Row = readonly [text: string, who: 'seam' | 'person' | 'both' | 'nobody'];

/**
 * Errors and warnings of codes. Source: OpenAPI of Seam, `access_code.errors` and `.warnings`
 * (August 2026); docs.seam.co, "Troubleshooting access codes". Where names changed, both are here.
 */
const ROWS: Record<string, Row> = {
	failed_to_set_on_device: [
		'the code could not be put on the lock; check its power and network',
		'both',
	],
	failed_to_issue: ['the start time has come and the code is not on the lock', 'both'],
	failed_to_update: ['the old PIN or times are still on the lock', 'both'],
	failed_to_remove_from_device: ['the code could not be erased and may still open', 'both'],
	failed_to_expire: ['the time of the code is over, and it still opens', 'both'],
	failed_to_remove: ['the time of the code is over, and it still opens', 'both'],
	duplicate_code_on_device: ['the same PIN is already on the lock; choose another PIN', 'person'],
	conflicting_unmanaged_access_code_id: [
		'the same PIN is already on the lock; choose another PIN',
		'person',
	],
	no_space_for_access_code_on_device: ['the lock is full; remove codes from it', 'person'],
	code_constraints_violated: ['the lock does not allow this PIN; choose another one', 'person'],
	conflicting_external_modification: [
		"the code was changed in the maker's app, and Seam sets it back",
		'both',
	],
	code_modified_external_to_seam: [
		"the code was changed in the maker's app, and Seam sets it back",
		'both',
	],
	access_code_inactive: [
		"the code is switched off on the lock; switch it on in the maker's app",
		'person',
	],
	provider_issue: ["the maker's system reports a problem; see the Seam Console", 'person'],
	device_offline: ['the lock is offline', 'seam'],
	device_disconnected: ['the lock is disconnected', 'seam'],
	hub_disconnected: ['the hub of the lock is disconnected', 'seam'],
	bridge_disconnected: ['the bridge of the lock is disconnected', 'seam'],
	device_removed: ["the lock was removed from its maker's account", 'person'],
	account_disconnected: [
		'the account of the lock is no longer connected; reconnect it with a Seam Connect Webview',
		'person',
	],
	salto_ks_subscription_limit_exceeded: [
		'the limit of the Salto KS subscription is reached',
		'person',
	],
	empty_backup_access_code_pool: ['the lock has no backup code left', 'seam'],
	delay_in_setting_on_device: ['programming the lock takes longer than usual', 'seam'],
	delay_in_issuing: ['the code starts soon and is not on the lock yet', 'seam'],
	delay_in_removing_from_device: ['erasing the code takes longer than usual', 'seam'],
	external_modification_in_effect: ["the code was changed in the maker's app", 'nobody'],
	using_backup_access_code: ['a backup code with another PIN is used instead', 'person'],
	code_rotates_periodically: ['the PIN changes; read it again before each use', 'nobody'],
	time_frame_adjusted_for_unknown_time_zone: [
		'the code may be valid up to an hour longer, because the time zone of the lock is unknown',
		'nobody',
	],
	igloo_algopin_must_be_used_within_24_hours: [
		'the PIN must be used within 24 hours of its start',
		'nobody',
	],
	third_party_integration_detected: ['another system manages codes of this lock too', 'nobody'],
	management_transferred: ['another workspace manages the code now', 'person'],
	being_deleted: ['the code is being removed', 'nobody'],
};

/** Everything that Seam reports about a code, errors first. */
export function problemsOf(code: AccessCode): CodeProblem[] {
	const { errors, pin } = code;
	// Seam may only name the backup code, without a warning
	const isUntold = !code.warnings.some((warning) => warning.code === BACKUP_IN_USE.code);
	const warnings =
		code.hasBackupInUse && isUntold ? [...code.warnings, BACKUP_IN_USE] : code.warnings;
	return [
		...(pin === null ? [NO_PIN_YET] : []),
		...errors.map((error) => problemOf(error, 'person')),
		...warnings.map((warning) => problemOf(warning, 'nobody')),
	];
}

const BACKUP_IN_USE: CodeTrouble = {
	code: 'using_backup_access_code',
	isOfCode: true,
	createdAtMs: null,
};

const NO_PIN_YET: CodeProblem = {
	code: 'no_pin_yet',
	text: 'the maker of the lock has not chosen the PIN yet',
	seamKeepsTrying: true,
	personMustAct: false,
};

function problemOf(trouble: CodeTrouble, otherwise: Row[1]): CodeProblem {
	const known = entryOf(ROWS, trouble.code);
	// digits in a word that is not known may be a PIN
	const word = known === undefined ? wordOf(trouble.code) : trouble.code;
	const code = word ?? 'unknown_issue_with_access_code';
	const [text, who] = known ?? [`Seam reports ${code.replaceAll('_', ' ')}`, otherwise];
	return {
		code,
		text,
		seamKeepsTrying: who === 'seam' || who === 'both',
		personMustAct: who === 'person' || who === 'both',
	};
}
