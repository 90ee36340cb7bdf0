import { z } from 'zod';

/** The shapes of items as README.md and docs/ describe them. */

const OPENNESS = z.enum(['open', 'ajar', 'closed', 'unknown']);
const PARTS = z.record(z.string().min(1), OPENNESS);
const SERVICE = z.enum(['seam', 'smartcar', 'volvo']);
const TIME = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const SENTENCE = z.string().min(1);

export const LOCK_STATUS = z
	.object({
		service: SERVICE,
		deviceId: z.string().min(1),
		deviceType: z.enum(['vehicle', 'lock']),
		name: z.string().min(1),
		lock: z.enum(['locked', 'unlocked', 'unknown']),
		doors: PARTS,
		windows: PARTS.nullable(),
		openings: PARTS,
		secure: z.boolean().nullable(),
		reasons: z.array(SENTENCE),
		text: SENTENCE,
		online: z.boolean().nullable(),
		batteryLevel: z.number().min(0).max(1).nullable(),
		observedAt: TIME.nullable(),
		ageSeconds: z.number().int().nonnegative().nullable(),
		stale: z.boolean(),
	})
	.passthrough()
	.refine(({ secure, reasons }) => (secure === true) === (reasons.length === 0), {
		message: 'reasons stand there exactly when secure is not true',
	})
	.refine(({ observedAt, ageSeconds }) => (observedAt === null) === (ageSeconds === null), {
		message: 'ageSeconds is null exactly when observedAt is',
	});
export type ShownStatus = z.infer<typeof LOCK_STATUS>;

export const WINDOW_STATUS = z
	.object({
		service: SERVICE,
		deviceId: z.string().min(1),
		name: z.string().min(1),
		windows: PARTS,
		sunroof: OPENNESS.nullable(),
		allClosed: z.boolean().nullable(),
		open: z.array(SENTENCE),
		text: SENTENCE,
		observedAt: TIME.nullable(),
		ageSeconds: z.number().int().nonnegative().nullable(),
		stale: z.boolean(),
	})
	.passthrough();

export const LISTED_DEVICE = z
	.object({
		service: SERVICE,
		deviceId: z.string().min(1),
		deviceType: z.enum(['vehicle', 'lock']),
		name: z.string().min(1),
	})
	.passthrough();

const EVIDENCE = z.enum(['verified', 'acknowledged', 'sent', 'unknown', 'none']);

export const COMMAND_RESULT = z
	.object({
		service: SERVICE,
		deviceId: z.string().min(1),
		deviceType: z.enum(['vehicle', 'lock']),
		name: z.string().min(1),
		command: z.enum(['lock', 'unlock']),
		evidence: z.enum(['verified', 'acknowledged', 'sent']),
		sent: z.literal(true),
		dryRun: z.literal(false),
		elapsedSeconds: z.number().nonnegative(),
		apiCalls: z.number().int().positive(),
		text: SENTENCE,
		status: LOCK_STATUS.nullable(),
		armedUntil: TIME.nullable().optional(),
	})
	.passthrough();

const REASONS = [
	'badRequest',
	'authentication',
	'permission',
	'notFound',
	'notSupported',
	'doorOpen',
	'inUse',
	'asleep',
	'offline',
	'rateLimited',
	'quotaExceeded',
	'upstream',
	'timeout',
	'rejected',
	'notConfirmed',
	'unlockNotAllowed',
	'unknown',
] as const;

export const ERROR_ITEM = z
	.object({
		message: SENTENCE,
		error: z
			.object({
				message: SENTENCE,
				reason: z.enum(REASONS),
				retryable: z.boolean(),
				retryAfterSeconds: z.number().nonnegative().nullable(),
				userAction: SENTENCE,
				httpStatus: z.number().int().nullable(),
				requestId: z.string().nullable(),
				service: SERVICE,
				deviceId: z.string().nullable(),
				name: z.string().nullable().optional(),
				command: z.enum(['lock', 'unlock']).optional(),
				evidence: EVIDENCE.optional(),
				sent: z.boolean().optional(),
			})
			.strict()
			.refine(({ evidence, sent }) => evidence === undefined || sent === (evidence !== 'none'), {
				message: 'sent is false exactly when the evidence is none',
			}),
	})
	.strict();

const EVENTS = [
	'locked',
	'unlocked',
	'doorOpened',
	'doorClosed',
	'windowOpened',
	'windowClosed',
	'accessDenied',
	'lowBattery',
	'deviceDisconnected',
	'deviceConnected',
	'vehicleError',
] as const;

export const EVENT_ITEM = z
	.object({
		id: z.string().min(1),
		event: z.enum(EVENTS),
		service: SERVICE,
		deviceId: z.string().min(1),
		name: z.string().min(1),
		part: z.string().min(1).nullable(),
		from: z.string().nullable(),
		to: z.string().nullable(),
		observedAt: TIME.nullable(),
		previousObservedAt: TIME.nullable(),
		detectedAt: TIME,
		text: SENTENCE,
		status: LOCK_STATUS.nullable(),
	})
	.passthrough();
export type ShownEvent = z.infer<typeof EVENT_ITEM>;
