import type { ServiceClock } from '../../http/serviceClock';
import { clock } from '../../basics/clock';
import { mapBounded } from '../../basics/concurrency';
import { attempt, Failure } from '../../model/failure';
import type { DeviceNames } from '../../service/deviceNames';
import type { LockService, ServiceDefinition, WantedParts } from '../../service/lockService';
import { type Reading, withName } from '../../model/lockStatus';
import { DAY_MS, HOUR_MS } from '../../basics/times';
import { bookReading, callsLeft, planReadings, type CallBudget } from './budget';
import { budgetMeter } from './budgetMeter';
import type { Observation } from '../changes/observation';
import type { WatchEvent } from '../changes/change';
import { isForPerson, isPause, type PollFindings } from './pollFindings';
import { deviceRecord, forgetLongGone, type TriggerState } from '../triggerState';

export interface ReadJob {
	definition: ServiceDefinition;
	service: LockService;
	serviceClock: ServiceClock;
	names: DeviceNames;
	state: TriggerState;
	/** `null` = all devices of the account. */
	deviceIds: string[] | null;
	events: ReadonlySet<WatchEvent>;
	/** Chosen events that are no changes of a device. */
	notices: ReadonlySet<string>;
	parts: WantedParts;
	/** Normal number of calls for one reading. */
	callsPerReading: number;
	/** Deadline of the poll, Unix time in milliseconds. */
	deadlineMs: number;
	findings: PollFindings;
}

const DEVICES_AT_ONCE = 10;
const LIST_AGAIN_AFTER_MS = 6 * HOUR_MS;
const LIST_SOON_AFTER_MS = HOUR_MS / 4;
const NAME_AGAIN_AFTER_MS = 30 * DAY_MS;
/** A reading that starts with less time than this left cannot succeed. */
const SHORTEST_READING_MS = 1000;

/** Reads the devices that are due, one by one, within the budget. */
export async function readWithinBudget(job: ReadJob, budget: CallBudget): Promise<Observation[]> {
	const { state, callsPerReading } = job;
	const deviceIds = await watchedIds(job, budget);
	job.findings.note({ kind: 'watched', deviceIds });
	forgetLongGone(state, [...deviceIds, ...(job.deviceIds ?? [])], clock.now());
	const planned = planReadings(state, budget, deviceIds, callsPerReading, clock.now());
	const readings = await mapBounded(planned, DEVICES_AT_ONCE, async (deviceId, index) => {
		// the first reading is tried, however short the poll is
		const isWanted = index === 0 ? !isUseless(job) : !isOver(job);
		return isWanted ? await readOne(job, budget, deviceId, deviceIds.length) : undefined;
	});
	const named: Reading[] = [];
	for (const reading of readings) {
		if (reading !== undefined) named.push(await withLookedUpName(job, budget, reading));
	}
	// planned by need; events are sorted by device
	const order = new Map(deviceIds.map((id, index) => [id, index]));
	return named
		.sort((a, b) => order.get(a.deviceId)! - order.get(b.deviceId)!)
		.map((reading) => ({ reading }));
}

function isUseless({ findings }: ReadJob): boolean {
	return findings.isPaused() || findings.isRefused();
}

function isOver(job: ReadJob): boolean {
	return isUseless(job) || clock.now() > job.deadlineMs - SHORTEST_READING_MS;
}

async function readOne(
	job: ReadJob,
	budget: CallBudget,
	deviceId: string,
	deviceCount: number,
): Promise<Reading | undefined> {
	const { service, names, state, parts } = job;
	const record = deviceRecord(state, deviceId);
	if (record.memo !== undefined) service.importLookup?.(deviceId, record.memo);
	const meter = budgetMeter(state, budget, deviceId);
	const options = { parts, allowPartial: true };
	const readings = await attempt(async () => await service.read([deviceId], meter, options));
	const outcome = readings instanceof Failure ? readings : readings.get(deviceId)!;
	if (!(outcome instanceof Failure)) names.learn(deviceId, outcome.name);
	if (meter.calls > 0) bookReading(state, budget, deviceId, deviceCount, meter.calls, clock.now());
	// no time or no call was left for it; it comes first in the next poll
	const isLeftOut = (failure: Failure) =>
		isNotReached(failure) && (meter.calls === 0 || meter.isSpent);
	if (outcome instanceof Failure && isLeftOut(outcome)) return undefined;
	if (
		!(outcome instanceof Failure) &&
		outcome.missingBecause !== undefined &&
		isLeftOut(outcome.missingBecause)
	) {
		delete outcome.missingBecause;
	}
	job.findings.note({ kind: 'read', deviceId, outcome });
	record.memo = undefined;
	if (outcome instanceof Failure) return undefined;
	record.memo = await service.exportLookup?.(deviceId);
	return withName(outcome, names.of(deviceId));
}

/** Our own client reports that nothing was sent. */
function isNotReached({ facts }: Failure): boolean {
	const isUnsent = facts.notExecuted === true && facts.httpStatus === undefined;
	return isUnsent && ['rateLimited', 'timeout'].includes(facts.reason);
}

/** A name that costs a call is looked up once. After a failure, it is retried now and then. */
async function withLookedUpName(
	job: ReadJob,
	budget: CallBudget,
	reading: Reading,
): Promise<Reading> {
	const { service, state } = job;
	const { deviceId } = reading;
	const record = deviceRecord(state, deviceId);
	const nowMs = clock.now();
	const isWanted = reading.name === deviceId && (record.nameDue ?? 0) <= nowMs;
	const meter = budgetMeter(state, budget, deviceId);
	if (service.nameOf === undefined || !isWanted || isOver(job) || meter.isSpent) return reading;
	const name = await attempt(async () => await service.nameOf?.(deviceId, meter));
	if (name instanceof Failure) {
		if (isNotReached(name)) return reading;
		job.findings.note({ kind: 'nameFailed', deviceId, failure: name });
		if (!isPause(name)) record.nameDue = nowMs + (isForPerson(name) ? NAME_AGAIN_AFTER_MS : DAY_MS);
		return reading;
	}
	job.names.learn(deviceId, name);
	record.nameDue = name === undefined ? nowMs + NAME_AGAIN_AFTER_MS : undefined;
	return name === undefined ? reading : { ...reading, name };
}

async function watchedIds(job: ReadJob, budget: CallBudget): Promise<string[]> {
	const { deviceIds, state, service } = job;
	const nowMs = clock.now();
	if (deviceIds !== null) {
		const ids = wellFormedIds(job, deviceIds);
		for (const id of ids) delete deviceRecord(state, id).gone;
		const isUnknown = (id: string) =>
			deviceRecord(state, id).memo === undefined && (deviceRecord(state, id).due ?? 0) <= nowMs;
		const needsList = service.exportLookup !== undefined && ids.some(isUnknown);
		if (needsList && isDue(state, LIST_SOON_AFTER_MS)) await listDevices(job, budget);
		return ids;
	}
	if (isDue(state, LIST_AGAIN_AFTER_MS) && callsLeft(state, budget, nowMs) > 0) {
		await listDevices(job, budget);
	}
	return [...state.devices].filter(([, { gone }]) => gone !== true).map(([id]) => id);
}

/** A list time in the future was written by a wrong clock. */
function isDue({ listedAt = 0 }: TriggerState, afterMs: number): boolean {
	const ageMs = clock.now() - listedAt;
	return ageMs >= afterMs || ageMs < 0;
}

/** The known state of a device that left the account is kept, because it may come back. */
async function listDevices(
	{ service, names, state, deviceIds, findings }: ReadJob,
	budget: CallBudget,
): Promise<void> {
	const meter = budgetMeter(state, budget);
	const devices = await attempt(async () => await service.list(meter, false));
	const soonMs = clock.now() - LIST_AGAIN_AFTER_MS + LIST_SOON_AFTER_MS;
	if (devices instanceof Failure) {
		const isNeeded = state.devices.size === 0;
		findings.note({ kind: isNeeded ? 'allFailed' : 'listFailed', failure: devices });
		if (!isNeeded) state.listedAt = soonMs;
		return;
	}
	const deviceCount = deviceIds === null ? devices.length : null;
	findings.note({ kind: 'listed', deviceCount });
	for (const { deviceId, name } of devices) {
		names.learn(deviceId, name);
		const record = deviceIds === null ? deviceRecord(state, deviceId) : state.devices.get(deviceId);
		if (record !== undefined) record.memo = await service.exportLookup?.(deviceId);
	}
	state.listedAt = clock.now();
	if (deviceIds !== null) return;
	const listed = new Set(devices.map(({ deviceId }) => deviceId));
	for (const [id, record] of state.devices) {
		const isGone = !listed.has(id);
		if (isGone && record.gone !== true) {
			findings.note({ kind: 'gone', deviceId: id });
			// the service may have omitted it by mistake
			state.listedAt = soonMs;
		}
		record.gone = isGone || undefined;
	}
}

export function wellFormedIds({ service, state, findings }: ReadJob, ids: string[]): string[] {
	return ids.filter((id) => {
		const nonsense = service.idProblem(id);
		if (nonsense === undefined) return true;
		deviceRecord(state, id);
		findings.note({ kind: 'read', deviceId: id, outcome: new Failure(nonsense) });
		return false;
	});
}
