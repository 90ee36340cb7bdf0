/** Seam's wire shapes of access codes, as far as the simulator uses them. */

export type CodeStatus = 'unset' | 'setting' | 'set' | 'removing' | 'unknown';

export interface CodeProblem {
	error_code?: string;
	warning_code?: string;
	message: string;
	created_at: string;
	is_access_code_error?: boolean;
	[member: string]: unknown;
}

export interface PendingMutation {
	mutation_code: string;
	message: string;
	created_at: string;
	[member: string]: unknown;
}

export interface SeamAccessCode {
	access_code_id: string;
	device_id: string;
	workspace_id: string;
	created_at: string;
	name: string | null;
	/** Null until the maker has assigned it. */
	code: string | null;
	type: 'time_bound' | 'ongoing';
	status: CodeStatus;
	starts_at: string | null;
	ends_at: string | null;
	common_code_key: string | null;
	errors: CodeProblem[];
	warnings: CodeProblem[];
	/** Absent on older servers. */
	pending_mutations?: PendingMutation[];
	is_managed: true;
	is_backup: boolean;
	is_backup_access_code_available: boolean;
	pulled_backup_access_code_id: string | null;
	is_external_modification_allowed: boolean;
	is_offline_access_code: boolean;
	is_one_time_use: boolean;
	is_scheduled_on_device: boolean;
	is_waiting_for_code_assignment: boolean;
}

/** A code that Seam sees on the lock but did not program. */
export interface SeamUnmanagedCode {
	access_code_id: string;
	device_id: string;
	workspace_id: string;
	created_at: string;
	name: string | null;
	code: string;
	type: 'time_bound' | 'ongoing';
	status: 'set' | 'unset';
	starts_at: string | null;
	ends_at: string | null;
	is_managed: false;
	errors: CodeProblem[];
	warnings: CodeProblem[];
}

/** PIN, name and times, in milliseconds since 1970. Without times the code is permanent. */
export interface CodeContent {
	pin: string | null;
	name: string | null;
	startsAt: number | null;
	endsAt: number | null;
}

/** One code in the memory of a lock, whatever Seam believes. */
export interface LockEntry {
	/** Seam's id if Seam programmed it or knows it as unmanaged. */
	id: string;
	pin: string;
	name: string | null;
	/** Null: the lock has no clock for it, and it opens until it is removed. */
	startsAt: number | null;
	endsAt: number | null;
	isManaged: boolean;
}
