import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { clock } from '../../basics/clock';
import { MINUTE_MS } from '../../basics/times';
import { attempt, Failure } from '../../model/failure';
import { badRequest } from '../../n8n/parameterValues';
import { asNodeErrors, nodeError } from '../../n8n/nodeErrors';
import { nodeKey } from '../../n8n/nodeKey';
import type { WantedParts } from '../../service/lockService';
import { openSession, type Session } from '../../service/session';
import { toEventItems } from '../eventItems';
import { storedText, writeState, type TriggerState } from '../triggerState';
import type { CallBudget } from './budget';
import { isPausedAt } from './pauses';
import { whyLeftIsLate } from './whyLeftIsLate';
import type { WatchDefinition } from './pollDefinition';
import { PollFindings } from './pollFindings';
import {
	copyForPoll,
	forget,
	isFirstPoll,
	keep,
	isStoring,
	keepCalls,
	noteEmitted,
	notePolled,
	recalled,
	storedState,
} from './pollMemory';
import { readWatchParameters, type WatchParameters } from './pollParameters';
import { readTogether } from './readTogether';
import { readWithinBudget } from './readWithinBudget';
import { reducePoll, type PollOutcome, type PollReadings } from './reducePoll';
import { sampleItems } from './testEvent';

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
	parameters: WatchParameters,
	key: string,
): Promise<PollAnswer> {
	const plan = planPoll(context, watch, parameters);
	const memory = recall(context, watch, key);
	if (isPausedAt(memory.state, clock.now()) || isStoring(key, memory.stored)) return null;
	const session = await openSession(context, watch.definition, 0);
	const readings = await readDevices(session, plan, memory.state);
	const { names } = session;
	const { label } = watch.definition;
	const outcome = reducePoll(readings, { ...plan, ...memory, label, names });
	return await commit(context, key, session, plan, memory, readings, outcome);
}

/** What this poll may do. */
interface PollPlan extends WatchParameters {
	watch: WatchDefinition;
	budget: CallBudget | undefined;
	parts: WantedParts;
	/** Normal number of calls for one reading. */
	callsPerReading: number;
	deadlineMs: number;
}

function planPoll(
	context: IPollFunctions,
	watch: WatchDefinition,
	parameters: WatchParameters,
): PollPlan {
	const deadlineMs = clock.now() + timeOfPoll(context) * SHARE_OF_TIME;
	const budget = watch.budgetOf?.(parameters.options);
	const { parts, calls } = watch.readingFor(parameters.rules.events);
	if (budget?.callsPerDay !== undefined && budget.callsPerDay < calls) throw tooSmall(calls);
	return { ...parameters, watch, budget, parts, callsPerReading: calls, deadlineMs };
}

interface PollStart {
	/** As n8n has stored it. */
	stored: string | undefined;
	/** The known state before the poll. */
	before: TriggerState;
	/** A copy for this poll. */
	state: TriggerState;
	isFirst: boolean;
}

function recall(context: IPollFunctions, { definition }: WatchDefinition, key: string): PollStart {
	const stored = storedText(context.getWorkflowStaticData('node'));
	const log = (line: string) => context.logger.warn(`${definition.label}: ${line}`);
	const isFirst = isFirstPoll(context, key);
	const before = recalled(key, storedState(key, stored, log), isFirst);
	const state = copyForPoll(before, context.getNode(), definition.credentialType);
	return { stored, before, state, isFirst };
}

/** Makes the calls. They are booked in the state as they are made. */
async function readDevices(
	{ definition, client, service, names }: Session,
	plan: PollPlan,
	state: TriggerState,
): Promise<PollReadings> {
	const { budget, deviceIds, rules, notices, parts, callsPerReading, deadlineMs } = plan;
	client.setDeadline(deadlineMs);
	for (const [id, { known, name }] of state.devices) names.note(id, name ?? known?.name ?? null);
	const findings = new PollFindings(state, budget);
	const job = {
		definition,
		service,
		serviceClock: client.serviceClock,
		names,
		state,
		deviceIds,
		events: rules.events,
		notices,
		parts,
		callsPerReading,
		deadlineMs,
		findings,
	};
	const observations = await attempt(async () =>
		budget === undefined ? await readTogether(job) : await readWithinBudget(job, budget),
	);
	if (observations instanceof Failure) findings.note({ kind: 'allFailed', failure: observations });
	// our clock may be minutes off, and the service's times are by its own clock
	const serviceNowMs = client.serviceClock.now();
	return { state, findings: findings.all, observations, serviceNowMs };
}

/**
 * Writes the log, stores the state and returns the items.
 * @throws Failure if the poll failed. Then n8n stores nothing, and the process keeps its calls.
 */
async function commit(
	context: IPollFunctions,
	key: string,
	session: Session,
	plan: PollPlan,
	{ stored, before, isFirst }: PollStart,
	{ observations, serviceNowMs }: PollReadings,
	{ state, found, notices, lines, quotaWaits, failure }: PollOutcome,
): Promise<PollAnswer> {
	const { watch, rules, budget, deviceIds } = plan;
	for (const line of lines) context.logger.warn(line);
	const readings =
		observations instanceof Failure ? [] : observations.map(({ reading }) => reading);
	let items = toEventItems(found, readings, serviceNowMs, rules.leftMinutes, notices);
	if (failure !== undefined) {
		keepCalls(key, state, before);
		throw failure;
	}
	const completed = { ...plan, context, session, state, readings };
	items = (await watch.complete?.(items, completed)) ?? items;
	if (isFirst && budget !== undefined) {
		const late = whyLeftIsLate(watch, rules, budget, watchedCount(state, deviceIds));
		if (late !== undefined) context.logger.warn(`${watch.definition.label}: ${late}`);
	}
	notePolled(context, key);
	// n8n may not store the poll at publishing
	if (isFirst) keep(key, state);
	else forget(key);
	writeState(context.getWorkflowStaticData('node'), state, stored);
	if (isFirst && items.length > 0) noteEmitted(key, stored);
	for (const wait of quotaWaits) showInExecutions(context, wait);
	return items.length === 0 ? null : [items.map((json) => ({ json }))];
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
