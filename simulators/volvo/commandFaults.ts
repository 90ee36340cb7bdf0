import { z } from 'zod';
import type { FaultDefinition } from '../shared/faults';
import type { VolvoAnswer } from './volvoAnswer';
import { COMMAND_REFUSALS, refuse } from './volvoAnswer';
import type { InvokeStatus } from './volvoTypes';
import { INVOKE_STATUSES, VOLVO_COMMANDS } from './volvoTypes';

/** The planned course of a command. */
export interface CommandPlan {
	/** If set, the command is answered with this HTTP error, and no status is reported. */
	refusal?: VolvoAnswer;
	status: InvokeStatus;
	/** Whether the car really executes it. */
	moves: boolean;
	/** Whether the car then reports it; false: the reading stays as it was. */
	reports: boolean;
	/** The time from execution to the car's report. */
	reportsAfterSeconds: number;
}

/** How a v1 command reaches its outcome, which only its request reports. */
export interface FollowUpPlan {
	/** This many reads of the request still report `pendingStatus`. */
	pendingReads: number;
	pendingStatus: 'RUNNING' | 'WAITING';
	/** The answer to the command already contains the outcome. */
	settlesAtOnce: boolean;
}

interface AlteringFault<Plan> extends FaultDefinition {
	/** Applies the fault to the plan. */
	alter(usual: Plan, parameters: unknown): Plan;
}
export type CommandFault = AlteringFault<CommandPlan>;
export type FollowUpFault = AlteringFault<FollowUpPlan>;

const DEFAULT_LATE_SECONDS = 30;
const DEFAULT_PENDING_READS = 3;
const SUCCESSES: readonly InvokeStatus[] = ['COMPLETED', 'DELIVERED', 'SUCCESS'];
const ON_COMMAND = { vin: z.string().optional(), command: z.enum(VOLVO_COMMANDS).optional() };

const isRefusal = (status: number): status is keyof typeof COMMAND_REFUSALS =>
	Object.hasOwn(COMMAND_REFUSALS, status);

export const isSuccess = (status: InvokeStatus): boolean => SUCCESSES.includes(status);

const define =
	<Plan>() =>
	<Shape extends z.ZodRawShape>(
		description: string,
		shape: Shape,
		alter: (usual: Plan, parameters: z.output<z.ZodObject<Shape>>) => Plan,
	): AlteringFault<Plan> => {
		const own = z.object(shape).strip();
		return {
			description,
			parameters: z.object({ ...ON_COMMAND, ...shape }).strict(),
			alter: (usual, parameters) => alter(usual, own.parse(parameters)),
		};
	};

const defineOutcome = define<CommandPlan>();
const defineFollowUp = define<FollowUpPlan>();

const ERROR_STATUS = z
	.number()
	.refine(isRefusal, `has to be one of ${Object.keys(COMMAND_REFUSALS).join(', ')}`);

function refusalWith(status: number, message?: string, description?: string): VolvoAnswer {
	if (!isRefusal(status)) throw new Error(`No command is refused with ${status}`);
	const usual = COMMAND_REFUSALS[status];
	const { error } = usual.body as { error: { message: string; description: string } };
	return refuse(status, message ?? error.message, description ?? error.description);
}

/**
 * Faults of a command that Volvo's API has accepted. A command takes the first that applies and
 * keeps it, whatever is set or cleared later.
 */
export const COMMAND_FAULTS = {
	invokeStatus: defineOutcome(
		'a 200 (v1: the request) with this invokeStatus; moves: whether the car does it (default: on ' +
			'success only); seconds: how much later it reports',
		{
			status: z.enum(INVOKE_STATUSES),
			moves: z.boolean().optional(),
			seconds: z.number().nonnegative().default(0),
		},
		(usual, { status, moves = isSuccess(status), seconds }) => ({
			...usual,
			refusal: undefined,
			status,
			moves,
			reports: moves,
			reportsAfterSeconds: seconds,
		}),
	),
	commandError: defineOutcome(
		'an HTTP error of the API; moves: whether the car does it anyway',
		{
			status: ERROR_STATUS.default(500),
			message: z.string().optional(),
			description: z.string().optional(),
			moves: z.boolean().default(false),
		},
		(usual, { status, message, description, moves }) => ({
			...usual,
			refusal: refusalWith(status, message, description),
			moves,
			reports: moves,
		}),
	),
	lateReading: defineOutcome(
		'the usual outcome, but the car reports this many seconds later',
		{ seconds: z.number().nonnegative().default(DEFAULT_LATE_SECONDS) },
		(usual, { seconds }) => ({ ...usual, reportsAfterSeconds: seconds }),
	),
	lies: defineOutcome(
		'COMPLETED, but the car does nothing; reports: it reports its unchanged state as new',
		{ reports: z.boolean().default(true) },
		(usual, { reports }) => ({
			...usual,
			refusal: undefined,
			status: 'COMPLETED',
			moves: false,
			reports,
		}),
	),
} as const satisfies Record<string, CommandFault>;

export type CommandFaultName = keyof typeof COMMAND_FAULTS;

/** Faults of following a v1 command. */
export const FOLLOW_UP_FAULTS = {
	requestLate: defineFollowUp(
		'v1: this many reads of the request still answer RUNNING (or the given status)',
		{
			reads: z.number().int().nonnegative().default(DEFAULT_PENDING_READS),
			status: z.enum(['RUNNING', 'WAITING']).default('RUNNING'),
		},
		(usual, { reads, status }) => ({ ...usual, pendingReads: reads, pendingStatus: status }),
	),
	requestPending: defineFollowUp('v1: the request stays RUNNING forever', {}, (usual) => ({
		...usual,
		pendingReads: Infinity,
	})),
	requestImmediate: defineFollowUp(
		'v1: the answer to the command is already the outcome',
		{},
		(usual) => ({ ...usual, settlesAtOnce: true }),
	),
} as const satisfies Record<string, FollowUpFault>;

export type FollowUpFaultName = keyof typeof FOLLOW_UP_FAULTS;
