import { z } from 'zod';

const seconds = z.number().nonnegative();
const hours = z.number().nonnegative();

/**
 * How Seam's access codes behave. Where public sources disagree, the first word is the answer of
 * the newest OpenAPI document or of production; the others are those of older pages and of the
 * fake.
 */
export const CODE_SETTINGS = z
	.object({
		/** How long a lock takes to be programmed. Seam publishes no figure. */
		programmingSeconds: seconds.default(5),
		/** Locks that schedule codes themselves store them this long before their start. */
		storedAheadHours: hours.default(72),
		/** The others are programmed this long before the start. */
		justInTimeMinutes: seconds.default(60),
		/** How long a lock that does not answer is only late, and then failing. */
		lateAfterMinutes: seconds.default(10),
		failedAfterMinutes: seconds.default(30),
		/** Seam asks makers about every ten minutes what was changed in their apps. */
		noticesAfterMinutes: seconds.default(10),
		/** What success of an action attempt means. No source defines it. */
		attemptMeans: z.enum(['accepted', 'onLock']).default('accepted'),
		/** The error type of the same PIN twice on one lock. */
		duplicateType: z
			.enum(['duplicate_access_code', 'duplicate_code'])
			.default('duplicate_access_code'),
		expiryError: z.enum(['failed_to_expire', 'failed_to_remove']).default('failed_to_expire'),
		modificationError: z
			.enum(['conflicting_external_modification', 'code_modified_external_to_seam'])
			.default('conflicting_external_modification'),
		/** What is left of a code after its end. */
		afterEnd: z.enum(['kept', 'gone']).default('kept'),
		longestPin: z.union([z.literal(8), z.literal(9), z.literal(12)]).default(12),
		/** Whether only one of two times is a valid change. */
		oneTime: z.enum(['accepted', 'refused']).default('accepted'),
		backupKey: z.enum(['access_code', 'backup_access_code', 'both']).default('access_code'),
		/** Whether a code is shown as set and scheduled in the answer that creates it. */
		createdAs: z.enum(['pending', 'set']).default('pending'),
		/** Older servers have no `pending_mutations`, and no attempt for a new code. */
		pendingMutations: z.boolean().default(true),
		createAttempt: z.boolean().default(true),
		/** Whether codes with one common key have one PIN. The fake ignores the key. */
		commonCodeKey: z.enum(['shared', 'ignored']).default('shared'),
		/** A lock that cannot have codes at all. */
		incapableLock: z.enum(['refused', 'accepted']).default('refused'),
		listsBackups: z.boolean().default(false),
		/** The newer events `issued`, `delay_in_issuing`, `failed_to_issue` and `failed_to_update`. */
		issuingEvents: z.boolean().default(false),
	})
	.strict();

export type CodeSettings = z.output<typeof CODE_SETTINGS>;
