import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { attempt, Failure, toFailure } from '../model/failure';
import type { Command, CommandOutcome } from '../model/evidence';
import type { ServiceDefinition, WantedParts } from '../service/lockService';
import { comparableId } from '../model/vin';
import { isCommand } from '../model/operation';
import { DeviceNames } from '../service/deviceNames';
import { callerOf } from '../service/humanReview';
import { openSession, type Session } from '../service/session';
import { failedItem, type ItemAnswer } from './answers';
import type { CommandRun } from './commandJob';
import { commandItems } from './commands';
import { DevicePool } from './devicePool';
import { inForm } from './outputForm';
import { errorItem, thrownError, withName } from './outputs';
import { namedDevice, pickedName, readRequest, type ItemRequest } from './parameters';
import { getMany, getStatus } from './reads';
import { SentCommands } from './sentCommands';
import { fenceAgainstAll, fenceFailure } from '../service/unlockPolicy';

/**
 * Runs an action node: one output item for each device, paired with its input item. With On Error =
 * Continue nothing throws. Otherwise every device is still tried, and the node fails once at the
 * end.
 */
export async function executeLockNode(
	context: IExecuteFunctions,
	definition: ServiceDefinition,
): Promise<INodeExecutionData[][]> {
	const { answers, names, deviceCount } = await answerItems(context, definition);
	const failuresOf = answers.map((answer, itemIndex) =>
		answer.failures.map((failed) => withName(failed, itemIndex, names)),
	);
	const failures = failuresOf.flat();
	// after a stop, n8n shows its own message, which our error would hide
	const isStopped = context.getExecutionCancelSignal?.()?.aborted === true;
	if (failures.length > 0 && !context.continueOnFail() && !isStopped) {
		throw thrownError(context.getNode(), definition, failures, deviceCount);
	}
	const items = answers.flatMap((answer, itemIndex) =>
		[
			...answer.results,
			...failuresOf[itemIndex]!.map((failed) => errorItem(definition.service, failed)),
		].map((json) => ({ json, pairedItem: { item: itemIndex } })),
	);
	return [items];
}

/**
 * @returns The answer of each item, and the names of the devices. These are complete once all
 * devices have answered.
 */
async function answerItems(
	context: IExecuteFunctions,
	definition: ServiceDefinition,
): Promise<{ answers: ItemAnswer[]; names: DeviceNames; deviceCount: number }> {
	const requests = context
		.getInputData()
		.map((_, itemIndex) => checkedRequest(context, itemIndex, definition));
	const valid = requests.filter((request): request is ItemRequest => !(request instanceof Failure));
	const maxWaitSeconds = Math.max(0, ...valid.map((request) => request.maxWaitSeconds));
	const session = await attempt(
		async () => await openSession(context, definition, maxWaitSeconds * 1000),
	);
	const names =
		session instanceof Failure ? new DeviceNames(context.getNode(), definition) : session.names;
	const deviceIds = requests.map((request, itemIndex) =>
		request instanceof Failure ? namedDevice(context, itemIndex, definition) : request.deviceId,
	);
	for (const deviceId of deviceIds) {
		if (deviceId !== null) names.note(deviceId, pickedName(context));
	}
	const answersOfValid = await answerRequests(context, session, valid);
	const whole = requests.map((request, itemIndex) =>
		request instanceof Failure
			? failedItem(
					request,
					deviceIds[itemIndex]!,
					nothingDone(context.getNodeParameter('operation', itemIndex, '')),
				)
			: answersOfValid.get(request)!,
	);
	const answers = whole.map((answer, itemIndex) => {
		const request = requests[itemIndex]!;
		return request instanceof Failure ? answer : inForm(answer, request, definition, names);
	});
	return { answers, names, deviceCount: countDevices(whole) };
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
	session: Session | Failure,
	requests: readonly ItemRequest[],
): Promise<Map<ItemRequest, ItemAnswer>> {
	const answers = new Map<ItemRequest, ItemAnswer>();
	const sent = new SentCommands(context);
	if (session instanceof Failure) {
		for (const request of requests) {
			const { operation, itemIndex } = request;
			const outcome = isCommand(operation) ? sent.outcomeOf(operation, itemIndex) : undefined;
			answers.set(request, failedItem(session, request.deviceId, outcome));
		}
		return answers;
	}
	const run = { session, sent, caller: callerOf(context) };
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
	const operation = requests[0]?.operation;
	if (operation === undefined) return [];
	const pool = new DevicePool(run.session, widestParts(requests));
	if (isCommand(operation)) {
		await loadBeforeCommands(run, pool, operation, requests);
		return await commandItems(run, pool, operation, requests);
	}
	if (operation === 'getMany') {
		return await Promise.all(
			requests.map(async (request) => await getMany(run.session.definition, pool, request)),
		);
	}
	if (requests.some(({ deviceId }) => deviceId === null)) await pool.loadAll();
	await pool.load(requests.flatMap(({ deviceId }) => deviceId ?? []));
	if (requests.some(({ deviceId }) => deviceId === null)) await pool.learnNames();
	return await Promise.all(
		requests.map(async (request) => await getStatus(run.session.definition, pool, request)),
	);
}

function widestParts(requests: readonly ItemRequest[]): WantedParts {
	const wanted = new Set(requests.map(({ parts }) => parts));
	return wanted.size > 1 ? 'lockAndWindows' : (requests[0]?.parts ?? 'lock');
}

/**
 * Reads the devices before the commands. Where readings are limited, only if an option needs it.
 */
async function loadBeforeCommands(
	run: CommandRun,
	pool: DevicePool,
	command: Command,
	requests: readonly ItemRequest[],
): Promise<void> {
	const needing = requests.filter(
		({ command: options }) =>
			run.session.definition.readingIsFree ||
			options.skipIfAlready ||
			options.checkOpenings ||
			options.dryRun,
	);
	const { session, caller } = run;
	const mayAll = fenceAgainstAll(command, session.credentials, caller) === undefined;
	if (mayAll && needing.some(({ deviceId }) => deviceId === null)) await pool.loadAll();
	const deviceIds = needing.flatMap(({ deviceId }) => deviceId ?? []);
	await pool.load(deviceIds.filter((id) => isAllowed(run, command, id)));
}

/** A device that may not be unlocked is not even read. */
function isAllowed({ session, caller }: CommandRun, command: Command, id: string) {
	return fenceFailure(command, id, session.credentials, caller) === undefined;
}

function nothingDone(operation: unknown): CommandOutcome | undefined {
	return isCommand(operation) ? { command: operation, evidence: 'none', sent: false } : undefined;
}

/**
 * Counts each device once, because several input items may name the same one. An item that is not
 * about a device counts as one.
 */
function countDevices(answers: readonly ItemAnswer[]): number {
	const outcomes = answers.flatMap(({ results, failures }) => [...results, ...failures]);
	const ids = outcomes.map(({ deviceId }, index) =>
		typeof deviceId === 'string' ? comparableId(deviceId) : index,
	);
	return new Set(ids).size;
}
