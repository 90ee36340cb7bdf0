import { clock } from '../clock';
import { mapBounded } from '../concurrency';
import { attempt, Failure } from '../failure';
import type { CallMeter } from '../http';
import type { LockService, WantedParts } from '../lockService';
import type { Reading } from '../lockStatus';
import { withName } from '../operations/devicePool';
import { bookCalls, bookReading, callsLeft, planReadings, type CallBudget } from './budget';
import type { LoggedChange, Observation } from './changes';
import type { WatchEvent } from './events';
import type { Interruptions } from './interruptions';
import type { DeviceRecord, WatchState } from './watchState';

export interface ReadJob {
	service: LockService;
	state: WatchState;
	/** `null` = every device of the account. */
	deviceIds: string[] | null;
	events: ReadonlySet<WatchEvent>;
	parts: WantedParts;
	/** Calls of one reading, as a rule. */
	callsPerReading: number;
	/** When the poll has to be over, Unix time in milliseconds. */
	endMs: number;
	interruptions: Interruptions;
}

const DEVICES_AT_ONCE = 10;
const HOUR_MS = 60 * 60 * 1000;
const LIST_AGAIN_AFTER_MS = 6 * HOUR_MS;
const FAILED_LIST_AGAIN_AFTER_MS = HOUR_MS / 4;
const NAME_AGAIN_AFTER_MS = 24 * HOUR_MS;
/** A reading that begins later than this before the end has no chance. */
const SHORTEST_READING_MS = 1000;

/** Reads all devices together, and the log of lock events where one is kept and wanted. */
export async function readTogether(job: ReadJob): Promise<Observation[]> {
	const { service, state, deviceIds } = job;
	const meter: CallMeter = { calls: 0 };
	const readings = new Map<string, Reading | Failure>();
	if (deviceIds === null) {
		for (const { deviceId, reading } of await service.list(meter, false)) {
			if (reading !== undefined) readings.set(deviceId, reading);
		}
	} else {
		const options = { parts: job.parts };
		const wellFormed = wellFormedIds(job, deviceIds);
		for (const entry of await service.read(wellFormed, meter, options)) readings.set(...entry);
	}
	// after the readings, so that what they show is in the log already
	const log = await readLog(job, meter);
	return [...readings].flatMap(([deviceId, outcome]) => {
		recordOf(state, deviceId);
		const reading = job.interruptions.sort(deviceId, outcome);
		if (reading === undefined) return [];
		return [{ reading, ...(log === undefined ? {} : { log: log.get(deviceId) ?? [] }) }];
	});
}

const LOCK_EVENTS: readonly WatchEvent[] = ['locked', 'unlocked', 'leftUnlocked'];

/** Entries by device; `undefined` when there is no log, or nobody wants to know. */
async function readLog(
	{ service, state, deviceIds, events, endMs }: ReadJob,
	meter: CallMeter,
): Promise<Map<string, LoggedChange[]> | undefined> {
	if (service.readLog === undefined || !LOCK_EVENTS.some((event) => events.has(event))) {
		// an old mark would bring up what happened while nobody watched
		delete state.log;
		return undefined;
	}
	const { entries, mark } = await service.readLog(state.log, deviceIds, meter, endMs - clock.now());
	state.log = mark;
	const byDevice = new Map<string, LoggedChange[]>();
	for (const entry of entries) {
		byDevice.set(entry.deviceId, [...(byDevice.get(entry.deviceId) ?? []), entry]);
	}
	return byDevice;
}

/** Reads those devices whose turn it is, one by one, within the budget. */
export async function readWithinBudget(job: ReadJob, budget: CallBudget): Promise<Observation[]> {
	const { state } = job;
	const deviceIds = await watchedIds(job, budget);
	const planned = planReadings(state, budget, deviceIds, job.callsPerReading, clock.now());
	const observations = await mapBounded(planned, DEVICES_AT_ONCE, async (deviceId) => {
		const isOver = clock.now() > job.endMs - SHORTEST_READING_MS;
		if (isOver || job.interruptions.isPaused()) return [];
		const reading = await readOne(job, budget, deviceId, deviceIds.length);
		return reading === undefined ? [] : [{ reading }];
	});
	// the plan is in the order of need; events come in the order of the devices
	const order = new Map(deviceIds.map((id, index) => [id, index]));
	return observations
		.flat()
		.sort((a, b) => order.get(a.reading.deviceId)! - order.get(b.reading.deviceId)!);
}

async function readOne(
	job: ReadJob,
	budget: CallBudget,
	deviceId: string,
	deviceCount: number,
): Promise<Reading | undefined> {
	const { service, state, parts } = job;
	const record = recordOf(state, deviceId);
	if (record.memo !== undefined) service.recall?.(deviceId, record.memo);
	const meter: CallMeter = { calls: 0 };
	const readings = await attempt(async () => await service.read([deviceId], meter, { parts }));
	bookCalls(state, budget, meter.calls, clock.now());
	bookReading(state, budget, deviceId, deviceCount, meter.calls, clock.now());
	const outcome = readings instanceof Failure ? readings : readings.get(deviceId)!;
	const reading = job.interruptions.sort(deviceId, outcome);
	record.memo = reading === undefined ? undefined : await service.memoOf?.(deviceId);
	return reading === undefined ? undefined : await named(job, budget, record, reading);
}

/** A name that costs a call is looked up once, and once a day while that does not work. */
async function named(
	job: ReadJob,
	budget: CallBudget,
	record: DeviceRecord,
	reading: Reading,
): Promise<Reading> {
	const { service, state } = job;
	const { deviceId } = reading;
	const knownName = record.known?.name ?? deviceId;
	const nowMs = clock.now();
	const canAsk =
		service.nameOf !== undefined &&
		!job.interruptions.isPaused() &&
		nowMs < job.endMs - SHORTEST_READING_MS &&
		callsLeft(state, budget, nowMs) > 0;
	if (knownName !== deviceId || reading.name !== deviceId || !canAsk) {
		return withName(reading, knownName);
	}
	if ((record.nameDue ?? 0) > nowMs) return reading;
	const meter: CallMeter = { calls: 0 };
	const name = await service.nameOf!(deviceId, meter);
	bookCalls(state, budget, meter.calls, nowMs);
	record.nameDue = name === undefined ? nowMs + NAME_AGAIN_AFTER_MS : undefined;
	return name === undefined ? reading : { ...reading, name };
}

async function watchedIds(job: ReadJob, budget: CallBudget): Promise<string[]> {
	const { deviceIds, state, service } = job;
	if (deviceIds !== null) {
		const ids = wellFormedIds(job, deviceIds);
		const needsList =
			service.memoOf !== undefined && ids.some((id) => recordOf(state, id).memo === undefined);
		if (needsList) await listDevices(job, budget);
		for (const id of ids) delete recordOf(state, id).gone;
		return ids;
	}
	const isDue = clock.now() - (state.listedAt ?? 0) >= LIST_AGAIN_AFTER_MS;
	if (isDue && callsLeft(state, budget, clock.now()) > 0) await listDevices(job, budget);
	return [...state.devices].filter(([, { gone }]) => gone !== true).map(([id]) => id);
}

/** What is known of a device that has left the account stays, because it may come back. */
async function listDevices(
	{ service, state, deviceIds, interruptions }: ReadJob,
	budget: CallBudget,
): Promise<void> {
	const meter: CallMeter = { calls: 0 };
	const devices = await attempt(async () => await service.list(meter, false));
	bookCalls(state, budget, meter.calls, clock.now());
	if (devices instanceof Failure) {
		interruptions.sort(null, devices);
		if (state.devices.size > 0) {
			state.listedAt = clock.now() - LIST_AGAIN_AFTER_MS + FAILED_LIST_AGAIN_AFTER_MS;
		}
		return;
	}
	for (const { deviceId } of devices) {
		const record = deviceIds === null ? recordOf(state, deviceId) : state.devices.get(deviceId);
		if (record !== undefined) record.memo = await service.memoOf?.(deviceId);
	}
	if (deviceIds !== null) return;
	state.listedAt = clock.now();
	const listed = new Set(devices.map(({ deviceId }) => deviceId));
	for (const [id, record] of state.devices) record.gone = listed.has(id) ? undefined : true;
}

function wellFormedIds({ service, state, interruptions }: ReadJob, ids: string[]): string[] {
	return ids.filter((id) => {
		const nonsense = service.malformedId(id);
		if (nonsense === undefined) return true;
		recordOf(state, id);
		interruptions.sort(id, new Failure(nonsense));
		return false;
	});
}

function recordOf(state: WatchState, deviceId: string): DeviceRecord {
	const record = state.devices.get(deviceId) ?? {};
	state.devices.set(deviceId, record);
	return record;
}
