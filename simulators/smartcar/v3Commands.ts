import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { z } from 'zod';
import { isoTime } from '../shared/clock';
import type { ActiveFault } from '../shared/faults';
import { SMARTCAR_ERRORS } from './errorTable';
import { admitCommand, carryOut, planReport } from './lockCommand';
import { answerRefusalV3, describeErrorV3, Refusal } from './refusal';
import { COMMAND_FAULTS } from './smartcarFaults';
import type { CommandAction } from './smartcarTypes';
import type { SmartcarWorld } from './smartcarWorld';
import { admitV3, demandUserId, findV3Vehicle } from './v3Caller';
import { demand } from './vehicleAccess';

const ACCEPTED = z.object({
	seconds: z.number(),
	ends: z.enum(['success', 'failure', 'error', 'nothing']),
});

const FAILS = z.object({ tellsWhy: z.boolean(), moves: z.boolean() });

const unreachable = () => describeErrorV3(SMARTCAR_ERRORS.unreachable);

type ExecutionStatus = 'SUCCESS' | 'FAILURE' | 'PENDING';

function describeExecution(
	{ clock, wire }: SmartcarWorld,
	action: CommandAction,
	value: ExecutionStatus,
	startedAt: number,
	error?: unknown,
): unknown {
	const completedAt = clock.now();
	const completion = {
		completedAt: isoTime(completedAt),
		durationInSeconds: Math.round((completedAt - startedAt) / 1000),
	};
	const data = {
		id: `exec_${randomBytes(8).toString('hex')}`,
		type: 'command-execution',
		attributes: {
			commandType: `security-${action.toLowerCase()}`,
			status: {
				value,
				...(error === undefined ? {} : { error }),
			},
			executionMode: 'sync',
		},
		meta: {
			executedAt: isoTime(startedAt),
			...(value === 'PENDING' ? {} : completion),
		},
	};
	return wire.v3Envelope === 'wrapped' ? { data } : data;
}

/** One accepted command, with its planned answer and effect. */
interface TakenCommand {
	world: SmartcarWorld;
	action: CommandAction;
	startedAt: number;
	execute: () => void;
}

function concludeLate(
	{ world, action, startedAt, execute }: TakenCommand,
	ends: z.output<typeof ACCEPTED>['ends'],
): string {
	if (ends === 'error') {
		return JSON.stringify(answerRefusalV3(new Refusal('unreachable'), world.wire).body);
	}
	if (ends !== 'failure') execute();
	if (ends === 'nothing') return '';
	const status = ends === 'success' ? 'SUCCESS' : 'FAILURE';
	const error = status === 'FAILURE' ? unreachable() : undefined;
	return JSON.stringify(describeExecution(world, action, status, startedAt, error));
}

/** 202 at once, without a length. The body follows when the command is done. */
function answerLate(taken: TakenCommand, response: Response, parameters: unknown): void {
	const { seconds, ends } = ACCEPTED.parse(parameters);
	response.status(202).type('json').flushHeaders();
	taken.world.lateAnswers.after(
		seconds,
		() => response.end(concludeLate(taken, ends)),
		() => response.destroy(),
	);
}

function answerTaken(
	taken: TakenCommand,
	response: Response,
	fault: ActiveFault<keyof typeof COMMAND_FAULTS> | undefined,
): void {
	if (fault?.name === 'commandAccepted') return answerLate(taken, response, fault.parameters);
	const { world, action, startedAt, execute } = taken;
	if (fault?.name === 'commandFails') {
		const { tellsWhy, moves } = FAILS.parse(fault.parameters);
		if (moves) execute();
		const error = tellsWhy ? unreachable() : undefined;
		response.json(describeExecution(world, action, 'FAILURE', startedAt, error));
		return;
	}
	execute();
	response.json(describeExecution(world, action, fault ? 'PENDING' : 'SUCCESS', startedAt));
}

/** `POST /v3/vehicles/{vehicleId}/commands/security/lock` and `…/unlock`, without a body. */
export const commandV3 =
	(world: SmartcarWorld, action: CommandAction): RequestHandler =>
	(request, response) => {
		const caller = admitV3(world, request);
		demandUserId(caller);
		const vehicle = findV3Vehicle(world, caller, String(request.params.vehicleId));
		demand(vehicle, 'control_security', caller.permissions);
		admitCommand(world, vehicle, action);
		const plan = planReport(world.faults, vehicle);
		const fault = world.faults.take(
			COMMAND_FAULTS,
			({ vehicleId }) => vehicleId === undefined || vehicleId === vehicle.id,
		);
		const execute = () => carryOut(world, vehicle.id, action, plan);
		answerTaken({ world, action, startedAt: world.clock.now(), execute }, response, fault);
	};
