import type { SeamDevice } from '../seamTypes';
import type { CodeSettings } from './codeSettings';
import type { CodeContent, CodeProblem } from './codeTypes';

/**
 * The makers that schedule codes themselves, from
 * https://docs.seam.co/latest/low-level-apis/smart-locks/access-codes.
 */
const NATIVE_TYPES: ReadonlySet<string> = new Set(
	`two_n_intercom august_lock igloo_lock igloohome_lock kwikset_lock nuki_lock salto_lock
	schlage_lock tedee_lock ttlock_lock yale_lock wyze_lock`.split(/\s+/),
);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** One managed code: what is wanted, what Seam believes is on the lock, and what comes next. */
export interface CodeRecord {
	id: string;
	deviceId: string;
	workspaceId: string;
	createdAt: number;
	wanted: CodeContent;
	/** What Seam believes is on the lock. Null: nothing. */
	held: CodeContent | null;
	isNative: boolean;
	commonCodeKey: string | null;
	isBackup: boolean;
	usesBackupPool: boolean;
	pulledBackupId: string | null;
	allowsChanges: boolean;
	isOffline: boolean;
	isOneTime: boolean;
	/** `ended`: after its end, and no longer on the lock. */
	removal: 'none' | 'asked' | 'expired' | 'ended';
	/** When the lock is programmed next. Null: nothing to do, or Seam has given up. */
	due: number | null;
	/** When the work that is due was first possible. */
	dueSince: number;
	failures: number;
	isLate: boolean;
	hasFailed: boolean;
	/** Whether the code has been reported as active. */
	isActive: boolean;
	changedAt: number;
	errors: CodeProblem[];
	warnings: CodeProblem[];
	attemptId: string | null;
	/** A change at the lock that Seam has not noticed yet. */
	handChange: { noticedAt: number; kind: 'modified' | 'removed' } | null;
}

export const isNativeLock = ({ device_type: type }: SeamDevice): boolean => NATIVE_TYPES.has(type);

/** When Seam begins to program a code with this start. */
export function programAt(
	{ isNative, wanted, createdAt }: Pick<CodeRecord, 'isNative' | 'wanted' | 'createdAt'>,
	settings: CodeSettings,
): number {
	if (wanted.startsAt === null) return createdAt;
	const ahead = isNative
		? settings.storedAheadHours * HOUR_MS
		: settings.justInTimeMinutes * MINUTE_MS;
	return Math.max(createdAt, wanted.startsAt - ahead);
}

const FIELDS = ['pin', 'name', 'startsAt', 'endsAt'] as const;

/** The members in which two contents differ. */
export const listDifferences = (one: CodeContent, other: CodeContent) =>
	FIELDS.filter((field) => one[field] !== other[field]);

/** Makes the work due: at once if the code is on the lock, else when it is to be programmed. */
export function plan(record: CodeRecord, now: number, settings: CodeSettings): void {
	const isOnLock = record.held !== null;
	const from = isOnLock ? now : Math.max(now, programAt(record, settings));
	record.dueSince = from;
	record.due = from + settings.programmingSeconds * 1000;
	record.failures = 0;
	record.isLate = false;
	record.hasFailed = false;
	record.errors = [];
	record.warnings = [];
}

/** Whether nothing of the code remains to be done at the lock. */
export const isOnLock = ({ held, wanted }: CodeRecord): boolean =>
	held !== null && listDifferences(held, wanted).length === 0;
