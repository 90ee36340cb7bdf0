import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { attempt, Failure, toFailure, type CommandOutcome } from '../failure';
import type { ServiceDefinition } from '../lockService';
import { openSession } from '../session';
import { fenceFailure } from '../unlockFence';
import { failedItem, type ItemAnswer } from './answers';
import type { CommandRun } from './commandDevice';
import { commandItems } from './commands';
import { DevicePool } from './devicePool';
import { errorItem, thrownError } from './outputs';
import { isCommand, readRequest, type ItemRequest, type Operation } from './parameters';
import { getLockStatus, getMany } from './reads';
import { SentCommands } from './sentCommands';

/**
 * Runs an action node: one output item a device, paired with its input item. With On Error = Continue
 * nothing throws; otherwise every device is still tried, and then the node fails once.
 */
export async function executeLockNode(
	context: IExecuteFunctions,
	definition: ServiceDefinition,
): Promise<INodeExecutionData[][]> {
	const answers = await answerItems(context, definition);
	const failures = answers.flatMap((answer, itemIndex) =>
		answer.failures.map((failure) => ({ ...failure, itemIndex })),
	);
	// after a stop n8n itself says so; an error of ours would hide that
	const isStopped = context.getExecutionCancelSignal?.()?.aborted === true;
	if (failures.length > 0 && !context.continueOnFail() && !isStopped) {
		throw thrownError(context.getNode(), definition, failures, countDevices(answers));
	}
	const items = answers.flatMap((answer, itemIndex) =>
		[
			...answer.results,
			...answer.failures.map((failure) => errorItem(definition.service, failure)),
		].map((json) => ({ json, pairedItem: { item: itemIndex } })),
	);
	return [items];
}

async function answerItems(
	context: IExecuteFunctions,
	definition: ServiceDefinition,
): Promise<ItemAnswer[]> {
	const requests = context
		.getInputData()
		.map((_, itemIndex) => checkedRequest(context, itemIndex, definition));
	const valid = requests.filter((request): request is ItemRequest => !(request instanceof Failure));
	const answers = await answerRequests(context, definition, valid);
	return requests.map((request) =>
		request instanceof Failure ? failedItem(request, null) : answers.get(request)!,
	);
}

function checkedRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	definition: ServiceDefinition,
): ItemRequest | Failure {
	try {
		return readRequest(context, itemIndex, definition);
	} catch (thrown) {
		return toFailure(thrown);
	}
}

async function answerRequests(
	context: IExecuteFunctions,
	definition: ServiceDefinition,
	requests: readonly ItemRequest[],
): Promise<Map<ItemRequest, ItemAnswer>> {
	const answers = new Map<ItemRequest, ItemAnswer>();
	const maxWaitSeconds = Math.max(0, ...requests.map((request) => request.maxWaitSeconds));
	const session = await attempt(
		async () => await openSession(context, definition, maxWaitSeconds * 1000),
	);
	if (session instanceof Failure) {
		for (const request of requests) {
			const outcome = nothingDone(request.operation);
			answers.set(request, failedItem(session, request.deviceId, outcome));
		}
		return answers;
	}
	const sent = new SentCommands(context);
	const run = { session, sent, nodeType: context.getNode().type };
	const answersOfItems = await answerWith(run, requests);
	requests.forEach((request, index) => answers.set(request, answersOfItems[index]!));
	if ([...answers.values()].every(({ failures }) => failures.length === 0)) sent.forgetAll();
	return answers;
}

/** 'Operation' takes no expressions, so it is the same for all items. */
async function answerWith(
	run: CommandRun,
	requests: readonly ItemRequest[],
): Promise<ItemAnswer[]> {
	const pool = new DevicePool(run.session.service);
	const operation = requests[0]?.operation;
	if (operation === undefined) return [];
	const deviceIds = requests.flatMap((request) => request.deviceId ?? []);
	if (isCommand(operation)) {
		await pool.load(deviceIds.filter((id) => isAllowed(run, operation, id)));
		return await commandItems(run, pool, operation, requests);
	}
	await pool.load(deviceIds);
	const read = operation === 'getMany' ? getMany : getLockStatus;
	return await Promise.all(requests.map(async (request) => await read(pool, request)));
}

/** What the fence refuses is not even read. */
function isAllowed({ session, nodeType }: CommandRun, command: 'lock' | 'unlock', id: string) {
	return fenceFailure(command, id, session.credentials, nodeType) === undefined;
}

function nothingDone(operation: Operation): CommandOutcome | undefined {
	return isCommand(operation) ? { command: operation, evidence: 'none', sent: false } : undefined;
}

function countDevices(answers: readonly ItemAnswer[]): number {
	return answers.reduce((sum, { results, failures }) => sum + results.length + failures.length, 0);
}
