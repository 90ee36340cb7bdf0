import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { Failure } from '../model/failure';
import type { Command, CommandOutcome } from '../model/evidence';
import type { ServiceDefinition, WantedParts } from '../service/lockService';
import { comparableId } from '../model/vin';
import { isCommand } from '../model/operation';
import type { DeviceNames } from '../service/deviceNames';
import { callerOf } from '../service/caller';
import type { Session } from '../service/session';
import { failedItem, type ItemAnswer } from './answers';
import type { CommandRun } from './commandJob';
import { commandItems } from './commands';
import { DevicePool } from './devicePool';
import { openItems } from './openItems';
import { inForm } from './outputForm';
import { errorItem, thrownError, withName } from './failureOutputs';
import { namedDevice, pickedName, readRequest, type ItemRequest } from './parameters';
import { getMany, getStatus } from './reads';
import { SentCommands } from './sentCommands';
import { unlockPolicyFailureForAll, unlockPolicyFailure } from '../service/unlockPolicy';

/**
 * Runs an action node: one output item for each device, paired with its input item. With On Error =
 * Continue nothing throws. Otherwise every device is still tried, and the node fails once at the
 * end.
 */
export async function executeLockNode(
	context: IExecuteFunctions,
	definition: ServiceDefinition,
): Promise<INodeExecutionData[][]> {
	return toOutputs(context, definition, await answerItems(context, definition));
}

/** The answer of each item, in their order. */
export interface Answered {
	answers: readonly ItemAnswer[];
	/** Complete once all devices have answered. */
	names: DeviceNames;
	deviceCount: number;
}

/**
 * The outputs of an action node.
 * @throws NodeApiError, NodeOperationError for failures, unless On Error = Continue.
 */
export function toOutputs(
	context: IExecuteFunctions,
	definition: ServiceDefinition,
	{ answers, names, deviceCount }: Answered,
): INodeExecutionData[][] {
	const outputs = answers.map(({ itemIndex, results, failures }) => ({
		itemIndex,
		results,
		failures: failures.map((failed) => withName(failed, itemIndex, names)),
	}));
	const failures = outputs.flatMap((output) => output.failures);
	// after a stop, n8n shows its own message, which our error would hide
	const isStopped = context.getExecutionCancelSignal?.()?.aborted === true;
	if (failures.length > 0 && !context.continueOnFail() && !isStopped) {
		throw thrownError(context.getNode(), definition, failures, deviceCount);
	}
	const items = outputs.flatMap((output) =>
		[
			...output.results,
			...output.failures.map((failed) => errorItem(definition.service, failed)),
		].map((json) => ({ json, pairedItem: { item: output.itemIndex } })),
	);
	return [items];
}

async function answerItems(
	context: IExecuteFunctions,
	definition: ServiceDefinition,
): Promise<Answered> {
	const { requests, session, names } = await openItems(context, definition, (itemIndex) =>
		readRequest(context, itemIndex, definition),
	);
	const valid = requests.filter((request): request is ItemRequest => !(request instanceof Failure));
	const invalid = requests.flatMap((request, itemIndex) =>
		request instanceof Failure ? [invalidItem(context, definition, itemIndex, request)] : [],
	);
	const asked = [...valid, ...invalid.flatMap(({ failures }) => failures)];
	for (const { deviceId } of asked) {
		if (deviceId !== null) names.note(deviceId, pickedName(context));
	}
	const answers = [...invalid, ...(await answerRequests(context, session, valid))].sort(
		(one, other) => one.itemIndex - other.itemIndex,
	);
	const inForms = answers.map((answer) => {
		const request = requests[answer.itemIndex];
		const isValid = request !== undefined && !(request instanceof Failure);
		return isValid ? inForm(answer, request, definition, names) : answer;
	});
	return { answers: inForms, names, deviceCount: countDevices(answers) };
}

/** The answer to an item with an invalid parameter. */
function invalidItem(
	context: IExecuteFunctions,
	definition: ServiceDefinition,
	itemIndex: number,
	failure: Failure,
): ItemAnswer {
	const deviceId = namedDevice(context, itemIndex, definition);
	const outcome = nothingDone(context.getNodeParameter('operation', itemIndex, ''));
	return failedItem(itemIndex, failure, deviceId, outcome);
}

async function answerRequests(
	context: IExecuteFunctions,
	session: Session | Failure,
	requests: readonly ItemRequest[],
): Promise<ItemAnswer[]> {
	const sent = new SentCommands(context);
	if (session instanceof Failure) {
		return requests.map(({ operation, itemIndex, deviceId }) => {
			const outcome = isCommand(operation) ? sent.outcomeOf(operation, itemIndex) : undefined;
			return failedItem(itemIndex, session, deviceId, outcome);
		});
	}
	const answers = await operate({ session, sent, caller: callerOf(context) }, requests);
	if (answers.every(({ failures }) => failures.length === 0)) sent.forgetAll();
	return answers;
}

/** Carries out the operation. It takes no expressions, so it is the same for all items. */
async function operate(run: CommandRun, requests: readonly ItemRequest[]): Promise<ItemAnswer[]> {
	const [first] = requests;
	if (first === undefined) return [];
	const { operation } = first;
	const pool = new DevicePool(run.session, widestParts(first, requests));
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

function widestParts({ parts }: ItemRequest, requests: readonly ItemRequest[]): WantedParts {
	return requests.every((request) => request.parts === parts) ? parts : 'lockAndWindows';
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
	const mayAll = unlockPolicyFailureForAll(command, session.credentials, caller) === undefined;
	if (mayAll && needing.some(({ deviceId }) => deviceId === null)) await pool.loadAll();
	const deviceIds = needing.flatMap(({ deviceId }) => deviceId ?? []);
	// a device that may not be unlocked is not even read
	const allowed = deviceIds.filter(
		(id) => unlockPolicyFailure(command, id, session.credentials, caller) === undefined,
	);
	await pool.load(allowed);
}

function nothingDone(operation: unknown): CommandOutcome | undefined {
	return isCommand(operation) ? { command: operation, evidence: 'none', sent: false } : undefined;
}

/**
 * Counts each device once, because several input items may name the same one. An item that is not
 * about a device counts as one.
 */
export function countDevices(answers: readonly ItemAnswer[]): number {
	const outcomes = answers.flatMap(({ results, failures }) => [...results, ...failures]);
	const ids = outcomes.map(({ deviceId }, index) =>
		typeof deviceId === 'string' ? comparableId(deviceId) : index,
	);
	return new Set(ids).size;
}
