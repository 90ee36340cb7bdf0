import { z } from 'zod';
import type { FaultDefinition } from '../shared/faults';
import type { SeamActionAttempt } from './seamTypes';

/** How an attempt ends; `moves`: whether the bolt then really is in the commanded position. */
export type AttemptOutcome =
	| { status: 'success'; result: SeamActionAttempt['result']; moves: boolean }
	| { status: 'error'; error: { type: string; message: string }; moves?: boolean };

/** The planned course of a command. */
export interface AttemptPlan {
	/** The answer to the command already contains the outcome. */
	settlesAtOnce: boolean;
	/** This many reads still answer `pending`. */
	pendingReads: number;
	outcome: AttemptOutcome;
}

export interface AttemptFault extends FaultDefinition {
	/** Applies the fault to the plan. */
	alter(usual: AttemptPlan, parameters: unknown): AttemptPlan;
}

const DEFAULT_PENDING_READS = 3;
const ON_DEVICE = { deviceId: z.string().optional() };

function define<Shape extends z.ZodRawShape>(
	description: string,
	shape: Shape,
	alter: (usual: AttemptPlan, parameters: z.output<z.ZodObject<Shape>>) => AttemptPlan,
): AttemptFault {
	const own = z.object(shape).strip();
	return {
		description,
		parameters: z.object({ ...ON_DEVICE, ...shape }).strict(),
		alter: (usual, parameters) => alter(usual, own.parse(parameters)),
	};
}

const succeedWith =
	(result: SeamActionAttempt['result'], moves = true) =>
	(usual: AttemptPlan): AttemptPlan => ({
		...usual,
		outcome: { status: 'success', result, moves },
	});

/**
 * Faults of a lock or unlock command that Seam has accepted. A command takes the first fault that
 * applies, and its attempt keeps it, whatever is set or cleared later.
 */
export const ATTEMPT_FAULTS = {
	attemptPending: define('the attempt stays pending forever', {}, (usual) => ({
		...usual,
		pendingReads: Infinity,
	})),
	attemptLate: define(
		'this many reads of the attempt still answer pending',
		{ reads: z.number().int().nonnegative().default(DEFAULT_PENDING_READS) },
		(usual, { reads }) => ({ ...usual, pendingReads: reads }),
	),
	attemptFails: define(
		'the attempt ends with this error; moves: whether the bolt moves anyway',
		{
			type: z.string().min(1).default('failed_attempt'),
			message: z.string().default('The lock did not carry out the command'),
			moves: z.boolean().default(false),
		},
		(usual, { moves, ...error }) => ({ ...usual, outcome: { status: 'error', error, moves } }),
	),
	attemptUnconfirmed: define(
		'success, not confirmed by the device',
		{},
		succeedWith({ was_confirmed_by_device: false }),
	),
	attemptEmptyResult: define('success with the result {}', {}, succeedWith({})),
	attemptNullResult: define('success with the result null', {}, succeedWith(null)),
	attemptLies: define(
		'success, confirmed by the device, but the bolt never moves',
		{},
		succeedWith({ was_confirmed_by_device: true }, false),
	),
	attemptImmediate: define('the answer to the command is already the outcome', {}, (usual) => ({
		...usual,
		settlesAtOnce: true,
	})),
} as const satisfies Record<string, AttemptFault>;

export type AttemptFaultName = keyof typeof ATTEMPT_FAULTS;
