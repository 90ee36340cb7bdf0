import type { INode, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { clock } from '../clock';
import { attempt, Failure } from '../failure';
import { toLockStatus, type Reading } from '../lockStatus';
import { nodeError } from '../operations/outputs';
import { openSession } from '../session';
import { observe } from './changes';
import { toEventItem, type Change } from './events';
import { Interruptions } from './interruptions';
import { readTogether, readWithinBudget } from './readDevices';
import { sampleItems } from './samples';
import type { WatchDefinition } from './watchDefinition';
import { readWatchParameters, type WatchParameters } from './watchParameters';
import { readState, writeState, type WatchState } from './watchState';

type PollAnswer = INodeExecutionData[][] | null;

const MINUTE_MS = 60_000;
/** What n8n before 2.38 is trusted to wait for. */
const DEFAULT_POLL_MS = 5 * MINUTE_MS;
/** Leaves n8n time to store what was found. */
const SHARE_OF_TIME = 0.9;
/** No poll lasts so long; one that is older has been forgotten by n8n. */
const FORGOTTEN_AFTER_MS = 10 * MINUTE_MS;

/** Polls of this process that are not over, by workflow and node: since when. */
const running = new Map<string, number>();

interface Unsaved {
	state: WatchState;
	atMs: number;
}

/**
 * States that n8n does not keep, or may not: of a poll that throws none, and with durable cursors that of the
 * poll at publishing neither.
 */
const unsaved = new Map<string, Unsaved>();

/** What is older is no baseline any more, and its calls are long over. */
const LONGEST_UNSAVED_MS = 24 * 60 * MINUTE_MS;

/** What n8n has polled with since it started or published; workflows that have polled in this process. */
const usedContexts = new WeakSet<IPollFunctions>();
const polled = new Set<string>();

/**
 * One poll of a trigger: the items of what has changed, or `null`, with which n8n starts no execution. In the editor
 * ('Fetch Test Event') it gives a sample and touches nothing.
 */
export async function pollDevices(
	context: IPollFunctions,
	watch: WatchDefinition,
): Promise<PollAnswer> {
	const answer = await attempt(async () => {
		const parameters = readWatchParameters(context, watch);
		if (context.getMode() === 'manual') return [await sampleItems(context, watch, parameters)];
		return await withoutOverlap(context, watch, parameters);
	});
	if (answer instanceof Failure) throw nodeError(context.getNode(), answer);
	return answer;
}

/** n8n starts a poll though the last one is not over; what is new then is found by the next. */
async function withoutOverlap(
	context: IPollFunctions,
	watch: WatchDefinition,
	parameters: WatchParameters,
): Promise<PollAnswer> {
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
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
	const before = withUnsaved(readState(staticData), unsaved.get(key));
	const state = forCredential(before, context.getNode(), definition.credentialType);
	const interruptions = new Interruptions(state, budget, definition.label, (line) =>
		context.logger.warn(line),
	);
	const isFirst = isFirstPoll(context, key);
	if (interruptions.isPaused()) return null;

	const { service } = await openSession(context, definition, 0);
	service.client.endBy(endMs);
	const job = {
		service,
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
			unsaved.set(key, { state: withCallsOf(state, before), atMs: clock.now() });
			throw failure;
		}
		context.logger.warn(`${definition.label}: ${failure.message}`);
	}
	polled.add(key);
	usedContexts.add(context);

	const nowMs = clock.now();
	// ours may be minutes off, and what happened is told in theirs
	const serviceNowMs = service.client.estimatedServiceTime(nowMs);
	const found: Array<{ change: Change; reading: Reading }> = [];
	for (const observation of observations instanceof Failure ? [] : observations) {
		const { reading } = observation;
		const record = state.devices.get(reading.deviceId)!;
		const { known, changes } = observe(record.known, observation, rules, serviceNowMs);
		record.known = known;
		// where there is a log it is ahead of the reading
		const lock = reading.lock === 'unknown' ? reading.lock : (known.lock ?? reading.lock);
		found.push(...changes.map((change) => ({ change, reading: { ...reading, lock } })));
	}
	// the poll at publishing may not be kept
	if (isFirst) unsaved.set(key, { state, atMs: nowMs });
	else unsaved.delete(key);
	writeState(staticData, state);
	if (found.length === 0) return null;
	found.sort((a, b) => a.change.orderMs - b.change.orderMs);
	return [
		found.map(({ change, reading }) => ({
			json: toEventItem(change, toLockStatus(reading, nowMs), nowMs, rules.leftMinutes),
		})),
	];
}

function timeOfPoll(context: IPollFunctions): number {
	return 'getPollBudgetMs' in context && typeof context.getPollBudgetMs === 'function'
		? context.getPollBudgetMs()
		: DEFAULT_POLL_MS;
}

/**
 * Whether this is the poll with which n8n publishes, or starts again. Each start has a context of its own; only newer
 * versions make one for every poll, for an `update`.
 */
function isFirstPoll(context: IPollFunctions, key: string): boolean {
	if (usedContexts.has(context)) return false;
	return context.getActivationMode() !== 'update' || !polled.has(key);
}

function withUnsaved(stored: WatchState | undefined, last: Unsaved | undefined): WatchState {
	const isUsable = last !== undefined && clock.now() - last.atMs < LONGEST_UNSAVED_MS;
	if (!isUsable) return stored ?? { devices: new Map() };
	return stored === undefined ? cloneState(last.state) : withCallsOf(last.state, stored);
}

/** What is known, with the calls of a poll whose state was not kept: they were made all the same. */
function withCallsOf({ devices, ...made }: WatchState, kept: WatchState): WatchState {
	const state = cloneState(kept);
	const { day, calls, recent, listedAt } = made;
	Object.assign(state, { day, calls, recent, listedAt });
	for (const [id, { due, failing, known }] of devices) {
		const record = state.devices.get(id) ?? {};
		// before its baseline a device is read as soon as a person has mended what was wrong
		state.devices.set(id, { ...record, failing, due: known === undefined ? undefined : due });
	}
	return state;
}

/** With another credential nothing of the account and its quota holds any more; what is known of devices may. */
function forCredential(state: WatchState, node: INode, type: string): WatchState {
	const credential = node.credentials?.[type]?.id ?? undefined;
	const next = cloneState(state);
	if (state.credential !== undefined && state.credential !== credential) {
		for (const name of ['calls', 'day', 'listedAt', 'pausedUntil', 'recent'] as const) {
			delete next[name];
		}
		for (const [id, { known }] of next.devices) next.devices.set(id, { known, gone: true });
	}
	return { ...next, credential };
}

function cloneState({ devices, ...rest }: WatchState): WatchState {
	return { ...structuredClone(rest), devices: structuredClone(devices) };
}

function tooSmall(calls: number): Failure {
	return new Failure({
		reason: 'badRequest',
		what: `'Calls per Day' is smaller than one reading, which takes ${calls} calls`,
		userAction: `Use at least ${calls}, or watch events that need fewer calls`,
		notExecuted: true,
	});
}
