import type { Evidence } from '../../shared/model/evidence';
import { MINUTE_MS } from '../../shared/basics/times';
import type { AccessCode } from './accessCode';

/**
 * What a code is worth to its guest. `active`: it opens the door. `stored`: the lock holds it and
 * activates it at its begin. `scheduled`: Seam will program it in time. `programming`: Seam is
 * programming it. `late`: it should be on the lock and is not. `failed`: Seam reports that what was
 * asked for is not on the lock. `removing`: it is being erased and may still open. `ended`: its
 * time is over. `unknown`: Seam cannot tell.
 */
export type CodeState =
	| 'active'
	| 'ended'
	| 'failed'
	| 'late'
	| 'programming'
	| 'removing'
	| 'scheduled'
	| 'stored'
	| 'unknown';

export const CODE_STATES: readonly CodeState[] = [
	'active',
	'ended',
	'failed',
	'late',
	'programming',
	'removing',
	'scheduled',
	'stored',
	'unknown',
];

/** A code whose begin has passed by less is being programmed, and not yet late. */
const GRACE_MS = 10 * MINUTE_MS;

/** Seam's warnings that something takes longer than it should. Source: OpenAPI of Seam. */
const DELAYS = new Set(['delay_in_setting_on_device', 'delay_in_issuing']);

/**
 * The state of a code at a time on Seam's clock, Unix time in milliseconds. Source: docs.seam.co,
 * "Lifecycle of access codes".
 * @param wasChanged Whether the one who asks has just changed the code. Where Seam does not list
 * what is pending, the lock may still hold what was before.
 */
export function codeStateOf(code: AccessCode, nowMs: number, wasChanged = false): CodeState {
	const state = reportedState(code, nowMs);
	const isOpen = wasChanged && code.pending === undefined;
	return isOpen && (state === 'active' || state === 'stored') ? 'programming' : state;
}

function reportedState(code: AccessCode, nowMs: number): CodeState {
	if (isBeingRemoved(code)) return 'removing';
	if (code.endsAtMs !== null && code.endsAtMs <= nowMs) return endedState(code);
	if (code.errors.some(({ isOfCode }) => isOfCode)) return 'failed';
	switch (code.status) {
		case 'set':
			if (!isSettled(code)) return 'programming';
			return isAhead(code, nowMs) ? 'stored' : 'active';
		case 'setting':
			return isLate(code, nowMs) ? 'late' : 'programming';
		case 'unset':
			return waitingState(code, nowMs);
		default:
			return 'unknown';
	}
}

/** Somebody asked for its removal, or its time is over and it is being erased. */
export function isBeingRemoved({ status, pending, warnings }: AccessCode): boolean {
	return (
		status === 'removing' ||
		pending?.some(({ code }) => code === 'deleting') === true ||
		warnings.some(({ code }) => code === 'being_deleted')
	);
}

/** A code that could not be erased still opens, and so does one that Seam reports as set. */
function endedState({ status, errors }: AccessCode): CodeState {
	if (errors.some(({ isOfCode }) => isOfCode)) return 'failed';
	if (status === 'unset') return 'ended';
	return status === 'set' || status === 'setting' ? 'removing' : 'unknown';
}

function waitingState(code: AccessCode, nowMs: number): CodeState {
	const isEarly = isAhead(code, nowMs);
	if (isEarly && code.isStoredAhead && isSettled(code)) return 'stored';
	if (isLate(code, nowMs)) return 'late';
	const isCreating = code.pending?.some(({ code: word }) => word === 'creating') === true;
	return isEarly && !isCreating && !code.isStoredAhead ? 'scheduled' : 'programming';
}

function isAhead({ startsAtMs }: AccessCode, nowMs: number): boolean {
	return (startsAtMs ?? 0) > nowMs;
}

/** A change of a stored code may not have reached the lock yet. */
function isSettled({ pending }: AccessCode): boolean {
	return pending === undefined || pending.length === 0;
}

function isLate({ startsAtMs, createdAtMs, warnings }: AccessCode, nowMs: number): boolean {
	if (warnings.some(({ code }) => DELAYS.has(code))) return true;
	const dueMs = Math.max(startsAtMs ?? 0, createdAtMs ?? 0);
	return dueMs > 0 && dueMs + GRACE_MS < nowMs;
}

/**
 * How certain it is that the lock holds the code as Seam shows it. `verified` only by Seam's report
 * that it is set, without an error and with nothing pending. A server that does not list what is
 * pending cannot prove a change. A code whose PIN nobody knows, or in whose place a backup code is
 * used, does not help its guest.
 * @param wasChanged Whether the code was changed after its creation by the one who asks.
 */
export function evidenceOf(code: AccessCode, nowMs: number, wasChanged: boolean): Evidence {
	const isUsable = code.pin !== null && !usesBackup(code);
	const isActive = codeStateOf(code, nowMs, wasChanged) === 'active';
	return isActive && isUsable ? 'verified' : 'acknowledged';
}

/** Its guest needs another PIN than its own. */
export function usesBackup({ hasBackupInUse, warnings }: AccessCode): boolean {
	return hasBackupInUse || warnings.some(({ code }) => code === 'using_backup_access_code');
}

/**
 * When the code should be on the lock, Unix time in milliseconds; `null` when it is, or nobody
 * knows.
 */
export function expectedAtMs(code: AccessCode, nowMs: number): number | null {
	const state = codeStateOf(code, nowMs);
	if (state !== 'scheduled' && state !== 'stored') return null;
	const deferred = code.pending?.find(({ code: word }) => word === 'deferring_creation');
	return deferred?.scheduledAtMs ?? code.startsAtMs;
}
