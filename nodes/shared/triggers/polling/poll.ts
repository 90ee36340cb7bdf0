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
import { Interruptions, isForPerson } from './pollReport';
import { lockOf } from '../changes/knownDevice';
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
import { withToldIds } from '../emittedIds';
import type { WatchDefinition } from './pollDefinition';
import { readWatchParameters, type WatchParameters } from './pollParameters';
import { whyLeftIsLate } from './lateLeftEvents';
import { storedText, writeState, type WatchState } from '../triggerState';
import { asNodeErrors, nodeError } from '../../n8n/nodeErrors';

type PollAnswer = INodeExecutionData[][] | null;

/** What n8n before 2.38 is trusted to wait for. */
const DEFAULT_POLL_MS = 5 * MINUTE_MS;
/** Leaves n8n time to store what was found. */
const SHARE_OF_TIME = 0.9;
/** No poll lasts so long; one that is older has been forgotten by n8n. */
const FORGOTTEN_AFTER_MS = 10 * MINUTE_MS;

/** Polls of this process that are not over, by workflow and node: since when. */
const running = new Map<string, number>();

/**
 * One poll of a trigger: the items of what has changed, or `null`, with which n8n starts no execution. In the editor
 * ('Fetch Test Event') it gives a sample and touches nothing.
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

/** n8n starts a poll though the last one is not over; what is new then is found by the next. */
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
	const endMs = clock.now() + timeOfPoll(context) * SHARE_OF_TIME;
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
	service.client.endBy(endMs);
	for (const [id, { known, name }] of state.devices) names.note(id, name ?? known?.name ?? null);
	const interruptions = new Interruptions(state, budget, definition.label, names, (line) =>
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
		endMs,
		interruptions,
	};
	const read = async () =>
		budget === undefined ? await readTogether(job) : await readWithinBudget(job, budget);
	const observations = await attempt(read);
	if (observations instanceof Failure) interruptions.noteForAll(observations);

	const failure = interruptions.failureOfAll();
	if (failure !== undefined) {
		// a new list tells whether these are still the devices of the account
		if (interruptions.isOtherAccount()) delete state.listedAt;
		if (!isFirst || interruptions.needsPerson()) {
			rememberNames(state, names);
			keepCalls(key, state, before);
			throw failure;
		}
		log(failure.message);
	}

	const items =
		observations instanceof Failure ? [] : compare(observations, state, rules, service.client);
	rememberNames(state, names);
	const partFailure = interruptions.failureOfPart();
	// a poll that fails keeps nothing, so it may only when there is nothing to keep
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
	// the poll at publishing may not be kept
	if (isFirst) keep(key, state);
	else forget(key);
	writeState(staticData, state, stored);
	for (const wait of interruptions.quotaWaits) showInExecutions(context, wait);
	return items.length === 0 ? null : [items];
}

/**
 * A failed execution in n8n's list, which starts the error workflow too, from a poll that does not fail: nothing is
 * stored of one that does.
 */
function showInExecutions(context: IPollFunctions, failure: Failure): void {
	try {
		context.__emitError(nodeError(context.getNode(), failure));
	} catch {
		// a host that has no such list; the log has it
	}
}

function watchedCount({ devices }: WatchState, deviceIds: readonly string[] | null): number {
	return deviceIds?.length ?? [...devices.values()].filter(({ gone }) => gone !== true).length;
}

/** A device that no reading has named yet keeps the name that the list or a picker has told, for the next message. */
function rememberNames({ devices }: WatchState, names: DeviceNames): void {
	for (const [id, record] of devices) {
		const isNamed = record.known !== undefined && record.known.name !== id;
		record.name = isNamed ? undefined : (names.forMessage(id) ?? undefined);
	}
}

/** Compares what was observed with what is known, which it brings up to date; the items of what has changed. */
function compare(
	observations: readonly Observation[],
	state: WatchState,
	rules: WatchRules,
	client: ServiceClient,
): INodeExecutionData[] {
	const nowMs = clock.now();
	// ours may be minutes off, and what happened is told in theirs
	const serviceNowMs = client.serviceClock.estimatedAt(nowMs);
	const found: Array<{ change: Change; reading: Reading }> = [];
	for (const observation of observations) {
		const { reading } = observation;
		const record = state.devices.get(reading.deviceId)!;
		const { known, changes } = observe(record.known, observation, rules, serviceNowMs);
		record.known = known;
		const told = withToldIds(changes, reading);
		if (told.length === 0) continue;
		// an entry that no reading has shown yet is ahead of this one; else the reading is the newer word
		const isBehind =
			known.log?.leads === true && !observation.isLogMissing && reading.lock !== 'unknown';
		const lock = (isBehind ? lockOf(known) : undefined) ?? reading.lock;
		found.push(...told.map((change) => ({ change, reading: { ...reading, lock } })));
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
