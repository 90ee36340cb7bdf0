import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { badRequest } from '../../n8n/checkedValues';
import { clock } from '../../basics/clock';
import { attempt, Failure } from '../../model/failure';
import type { ServiceClient } from '../../http/client';
import { toLockStatus, type Reading } from '../../model/lockStatus';
import { nodeKey } from '../../n8n/nodeKey';
import type { DeviceNames } from '../../service/deviceNames';
import { openSession } from '../../service/session';
import { MINUTE_MS } from '../../basics/times';
import { observe } from '../changes/observe';
import { toEventItem, type Change } from '../changes/change';
import { PollReport, isForPerson } from './pollReport';
import { isLogAhead, lockOf } from '../changes/knownDevice';
import { isPausedAt } from './budget';
import type { Observation, WatchRules } from '../changes/observation';
import {
	copyForPoll,
	forget,
	isFirstPoll,
	isSameKnown,
	keep,
	keepCalls,
	notePolled,
	recalled,
	storedState,
} from './pollMemory';
import { readWithinBudget } from './readWithinBudget';
import { readTogether } from './readTogether';
import { sampleItems } from './testEvent';
import { reuseEmittedIds } from '../emittedIds';
import type { WatchDefinition } from './pollDefinition';
import { readWatchParameters, type WatchParameters } from './pollParameters';
import { whyLeftIsLate } from './lateLeftEvents';
import { storedText, writeState, type TriggerState } from '../triggerState';
import { asNodeErrors, nodeError } from '../../n8n/nodeErrors';

type PollAnswer = INodeExecutionData[][] | null;

/** How long n8n before 2.38 is assumed to wait. */
const DEFAULT_POLL_MS = 5 * MINUTE_MS;
/** Leaves n8n time to store the result. */
const SHARE_OF_TIME = 0.9;
/** No poll runs this long. n8n has dropped an older one. */
const FORGOTTEN_AFTER_MS = 10 * MINUTE_MS;

/** Running polls of this process by workflow and node, with their start time. */
const running = new Map<string, number>();

/**
 * Runs one poll of a trigger. Returns the items of the changes, or `null`, so that n8n starts no
 * execution. In the editor ('Fetch Test Event') it returns a sample and stores nothing.
 */
export async function pollDevices(
	context: IPollFunctions,
	watch: WatchDefinition,
): Promise<PollAnswer> {
	return await asNodeErrors(context, async () => {
		const parameters = readWatchParameters(context, watch);
		if (context.getMode() === 'manual') return [await sampleItems(context, watch, parameters)];
		return await withoutOverlap(context, watch, parameters);
	});
}

/** n8n starts a poll even if the last one is still running. The next poll finds what is new. */
async function withoutOverlap(
	context: IPollFunctions,
	watch: WatchDefinition,
	parameters: WatchParameters,
): Promise<PollAnswer> {
	const key = nodeKey(context);
	const startedAtMs = running.get(key);
	if (startedAtMs !== undefined && clock.now() - startedAtMs < FORGOTTEN_AFTER_MS) return null;
	const nowMs = clock.now();
	running.set(key, nowMs);
	try {
		return await poll(context, watch, parameters, key);
	} finally {
		if (running.get(key) === nowMs) running.delete(key);
	}
}

async function poll(
	context: IPollFunctions,
	watch: WatchDefinition,
	{ rules, deviceIds, options }: WatchParameters,
	key: string,
): Promise<PollAnswer> {
	const deadlineMs = clock.now() + timeOfPoll(context) * SHARE_OF_TIME;
	const budget = watch.budgetOf?.(options);
	const { definition } = watch;
	const { parts, calls } = watch.readingFor(rules.events);
	if (budget?.callsPerDay !== undefined && budget.callsPerDay < calls) throw tooSmall(calls);
	const staticData = context.getWorkflowStaticData('node');
	const stored = storedText(staticData);
	const log = (line: string) => context.logger.warn(`${definition.label}: ${line}`);
	const isFirst = isFirstPoll(context, key);
	const before = recalled(key, storedState(key, stored, log), isFirst);
	const state = copyForPoll(before, context.getNode(), definition.credentialType);
	if (isPausedAt(state, clock.now())) return null;

	const { service, names } = await openSession(context, definition, 0);
	service.client.endBy(deadlineMs);
	for (const [id, { known, name }] of state.devices) names.note(id, name ?? known?.name ?? null);
	const report = new PollReport(state, budget, definition.label, names, (line) =>
		context.logger.warn(line),
	);
	const job = {
		definition,
		service,
		names,
		state,
		deviceIds,
		events: rules.events,
		parts,
		callsPerReading: calls,
		deadlineMs,
		report,
	};
	const read = async () =>
		budget === undefined ? await readTogether(job) : await readWithinBudget(job, budget);
	const observations = await attempt(read);
	if (observations instanceof Failure) report.noteForAll(observations);

	const failure = report.failureOfAll();
	if (failure !== undefined) {
		// a new list shows whether these devices still belong to the account
		if (report.isOtherAccount()) delete state.listedAt;
		if (!isFirst || report.needsPerson()) {
			rememberNames(state, names);
			keepCalls(key, state, before);
			throw failure;
		}
		log(failure.message);
	}

	const items =
		observations instanceof Failure ? [] : compare(observations, state, rules, service.client);
	rememberNames(state, names);
	const partFailure = report.failureOfPart();
	// a failed poll stores nothing, so it may fail only if there is nothing to store
	const mayFail = isFirst ? isForPerson : () => items.length === 0 && isSameKnown(state, before);
	if (partFailure !== undefined && mayFail(partFailure)) {
		keepCalls(key, state, before);
		throw partFailure;
	}
	if (isFirst && budget !== undefined) {
		const late = whyLeftIsLate(watch, rules, budget, watchedCount(state, deviceIds));
		if (late !== undefined) log(late);
	}
	notePolled(context, key);
	// n8n may not store the poll at publishing
	if (isFirst) keep(key, state);
	else forget(key);
	writeState(staticData, state, stored);
	for (const wait of report.quotaWaits) showInExecutions(context, wait);
	return items.length === 0 ? null : [items];
}

/**
 * Adds a failed execution to n8n's list, which also starts the error workflow. The poll itself does
 * not fail, because n8n stores nothing of a failed poll.
 */
function showInExecutions(context: IPollFunctions, failure: Failure): void {
	try {
		context.__emitError(nodeError(context.getNode(), failure));
	} catch {
		// this host has no such list; the log has the message
	}
}

function watchedCount({ devices }: TriggerState, deviceIds: readonly string[] | null): number {
	return deviceIds?.length ?? [...devices.values()].filter(({ gone }) => gone !== true).length;
}

/**
 * A device without a name from a reading keeps the name from the list or the picker, for messages.
 */
function rememberNames({ devices }: TriggerState, names: DeviceNames): void {
	for (const [id, record] of devices) {
		const isNamed = record.known !== undefined && record.known.name !== id;
		record.name = isNamed ? undefined : (names.forMessage(id) ?? undefined);
	}
}

/**
 * Compares the observations with the known state and updates it. Returns the items of the changes.
 */
function compare(
	observations: readonly Observation[],
	state: TriggerState,
	rules: WatchRules,
	client: ServiceClient,
): INodeExecutionData[] {
	const nowMs = clock.now();
	// our clock may be minutes off, and the service's times are by its own clock
	const serviceNowMs = client.serviceClock.estimatedAt(nowMs);
	const found: Array<{ change: Change; reading: Reading }> = [];
	for (const observation of observations) {
		const { reading } = observation;
		const record = state.devices.get(reading.deviceId)!;
		const { known, changes } = observe(record.known, observation, rules, serviceNowMs);
		record.known = known;
		const emitted = reuseEmittedIds(changes, reading);
		if (emitted.length === 0) continue;
		// a log entry that no reading has shown yet is newer; otherwise the reading is
		const isBehind = isLogAhead(known) && !observation.isLogMissing && reading.lock !== 'unknown';
		const lock = (isBehind ? lockOf(known) : undefined) ?? reading.lock;
		found.push(...emitted.map((change) => ({ change, reading: { ...reading, lock } })));
	}
	return found
		.sort((a, b) => a.change.orderMs - b.change.orderMs)
		.map(({ change, reading }) => ({
			json: toEventItem(change, toLockStatus(reading, serviceNowMs), nowMs, rules.leftMinutes),
		}));
}

function timeOfPoll(context: IPollFunctions): number {
	return 'getPollBudgetMs' in context && typeof context.getPollBudgetMs === 'function'
		? context.getPollBudgetMs()
		: DEFAULT_POLL_MS;
}

function tooSmall(calls: number): Failure {
	return badRequest(
		`'Calls per Day' is smaller than one reading, which takes ${calls} calls`,
		`Use at least ${calls}, or watch events that need fewer calls`,
	);
}
