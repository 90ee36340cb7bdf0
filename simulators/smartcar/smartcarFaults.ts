import { z } from 'zod';
import type { FaultDefinition } from '../shared/faults';
import { TRANSPORT_FAULTS } from '../shared/transportFaults';
import type { SmartcarErrorName } from './errorTable';
import { errorKind, SMARTCAR_ERROR_NAMES, SMARTCAR_ERRORS } from './errorTable';

const ON_VEHICLE = { vehicleId: z.string().optional() };

const define = (description: string, shape: z.ZodRawShape = {}): FaultDefinition => ({
	description,
	parameters: z.object({ ...ON_VEHICLE, ...shape }).strict(),
});

const WHICH_REQUESTS = z.enum(['all', 'reads', 'commands']).default('all');
export const REFUSAL_SCOPE = z.object({
	vehicleId: z.string().optional(),
	on: WHICH_REQUESTS,
	retryAfterSeconds: z.number().int().nonnegative().nullable().optional(),
});

function defineRefusal(name: SmartcarErrorName): FaultDefinition {
	const { status, type, code } = errorKind(name);
	return {
		description: `${status} ${type}:${code ?? 'null'}; not executed`,
		parameters: REFUSAL_SCOPE.strict(),
	};
}

/**
 * Every error of Smartcar as a fault of requests about a vehicle. v3 reads from a store: there an
 * error of the vehicle or its maker is an ERROR of each closure signal, with the stale body.
 */
export const REFUSAL_FAULTS = Object.fromEntries(
	SMARTCAR_ERROR_NAMES.map((name) => [name, defineRefusal(name)]),
) as Readonly<Record<SmartcarErrorName, FaultDefinition>>;

const DEFAULT_LATE_SECONDS = 30;
const DEFAULT_SLOW_SECONDS = 5;

/** What a reading shows after a command that Smartcar has accepted. */
export const REPORT_FAULTS = {
	lateReading: define(
		'EXECUTED; readings show the new state, dated then, only after this many seconds of the clock',
		{ seconds: z.number().nonnegative().default(DEFAULT_LATE_SECONDS) },
	),
	lies: define(
		'success, but the lock never moves; reports: whether a new reading shows the old state',
		{ reports: z.boolean().default(true) },
	),
} as const satisfies Record<string, FaultDefinition>;

/** How v3 answers a command that it has accepted. */
export const COMMAND_FAULTS = {
	commandFails: define(
		'v3: 200 with the status FAILURE; tellsWhy: with an error in it (unreachable); moves: EXECUTED anyway',
		{ tellsWhy: z.boolean().default(true), moves: z.boolean().default(false) },
	),
	commandPending: define('v3: 200 with the status PENDING; EXECUTED'),
	commandAccepted: define(
		'v3: 202 at once, the real result streamed after this many seconds of the clock; ends: success (EXECUTED), failure, error (a body of Smartcar errors) or nothing (EXECUTED, no body)',
		{
			seconds: z.number().nonnegative().default(DEFAULT_SLOW_SECONDS),
			ends: z.enum(['success', 'failure', 'error', 'nothing']).default('success'),
		},
	),
} as const satisfies Record<string, FaultDefinition>;

export const SIGNAL_ERROR = z.object({
	vehicleId: z.string().optional(),
	signals: z.array(z.string()).min(1).default(['closure-islocked']),
	error: z
		.enum(Object.keys(SMARTCAR_ERRORS) as [SmartcarErrorName, ...SmartcarErrorName[]])
		.default('vehicleNotCapable'),
	body: z.enum(['stale', 'null', 'none']).default('stale'),
});

/** Faults of single signals of v3. */
export const SIGNAL_FAULTS = {
	signalError: {
		description:
			'v3: these signals have the status ERROR, with a stale body, one of nulls, or none',
		parameters: SIGNAL_ERROR.strict(),
	},
	signalMissing: define('v3: these signals are not stored', {
		signals: z.array(z.string()).min(1).default(['closure-islocked']),
	}),
} as const satisfies Record<string, FaultDefinition>;

/** Every fault that the Smartcar simulator knows. */
export const SMARTCAR_FAULTS = {
	...TRANSPORT_FAULTS,
	...REFUSAL_FAULTS,
	...REPORT_FAULTS,
	...COMMAND_FAULTS,
	...SIGNAL_FAULTS,
} as const;

export type SmartcarFaultName = keyof typeof SMARTCAR_FAULTS;
