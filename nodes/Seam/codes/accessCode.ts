import { arrayOf, entriesOf, isRecord, recordOf, textOf } from '../../shared/basics/guards';
import { toMsOrNull } from '../../shared/basics/times';

/** An error or a warning of an access code. Seam's sentence about it may hold the PIN. */
export interface CodeTrouble {
	/** Seam's code for it, such as `failed_to_set_on_device`. */
	code: string;
	/** It is about the code, and not about its lock or account. */
	isOfCode: boolean;
	/** Since when, Unix time in milliseconds. */
	createdAtMs: number | null;
}

/** A change that Seam has not yet made on the lock. */
export interface PendingMutation {
	/** Seam's word: `creating`, `deferring_creation`, `deleting`, `updating_…`. */
	code: string;
	/** When Seam will begin, Unix time in milliseconds. */
	scheduledAtMs: number | null;
}

/** One access code on one lock, as Seam last reported it. */
export interface AccessCode {
	id: string;
	deviceId: string;
	/** The name in Seam and, perhaps cut, in the maker's app. */
	name: string | null;
	/** `null` while the maker has not chosen it yet. It opens the door: never log or keep it. */
	pin: string | null;
	/** Seam's word. `undefined` when it reports none. */
	status: string | undefined;
	/** Unix time in milliseconds; `null` for a code without a begin or an end. */
	startsAtMs: number | null;
	endsAtMs: number | null;
	createdAtMs: number | null;
	commonCodeKey: string | null;
	errors: CodeTrouble[];
	warnings: CodeTrouble[];
	/** `undefined` when the server does not tell. Then nothing proves that a change has arrived. */
	pending: PendingMutation[] | undefined;
	/** The lock holds the code already, and will activate it at its begin. */
	isStoredAhead: boolean;
	isBackup: boolean;
	/** A backup code with another PIN is used instead of this one. */
	hasBackupInUse: boolean;
	/** Codes of this kind cannot be changed or deleted through Seam. */
	isOffline: boolean;
}

/**
 * Reads one access code. Source: OpenAPI of Seam, schema `access_code` (August 2026); pending
 * mutations and several flags are missing in older answers.
 */
export function parseAccessCode(value: unknown): AccessCode | undefined {
	if (!isRecord(value)) return undefined;
	const id = textOf(value.access_code_id);
	const deviceId = textOf(value.device_id);
	if (id === undefined || deviceId === undefined) return undefined;
	return {
		id,
		deviceId,
		name: textOf(value.name) ?? null,
		pin: textOf(value.code) ?? null,
		status: textOf(value.status),
		startsAtMs: toMsOrNull(value.starts_at),
		endsAtMs: toMsOrNull(value.ends_at),
		createdAtMs: toMsOrNull(value.created_at),
		commonCodeKey: textOf(value.common_code_key) ?? null,
		errors: troublesOf(value.errors, 'error_code'),
		warnings: troublesOf(value.warnings, 'warning_code'),
		pending: entriesOf(value.pending_mutations, pendingMutation),
		isStoredAhead: value.is_scheduled_on_device === true,
		isBackup: value.is_backup === true,
		hasBackupInUse: textOf(value.pulled_backup_access_code_id) !== undefined,
		isOffline: value.is_offline_access_code === true,
	};
}

function troublesOf(value: unknown, field: 'error_code' | 'warning_code'): CodeTrouble[] {
	return arrayOf(value).map((entry) => {
		const record = recordOf(entry);
		return {
			code: textOf(record[field]) ?? 'unknown_issue_with_access_code',
			isOfCode: record.is_device_error !== true && record.is_connected_account_error !== true,
			createdAtMs: toMsOrNull(record.created_at),
		};
	});
}

/** An entry without a word counts as a change of an unknown kind. */
function pendingMutation(value: unknown): PendingMutation {
	const record = recordOf(value);
	return {
		code: textOf(record.mutation_code) ?? 'unknown',
		scheduledAtMs: toMsOrNull(record.scheduled_at),
	};
}
