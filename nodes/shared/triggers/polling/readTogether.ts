import { clock } from '../../basics/clock';
import { attempt, Failure } from '../../model/failure';
import type { Reading } from '../../model/lockStatus';
import type { WatchEvent } from '../changes/change';
import type { Observation } from '../changes/observation';
import { lockHoldsFrom } from '../changes/knownDevice';
import { cursorAt, readLog } from '../../service/lockLog';
import { nothingRead } from '../changes/parts';
import { wellFormedIds, type ReadJob } from './readWithinBudget';
import { deviceRecord, forgetLongGone, type TriggerState } from '../triggerState';
import { CallMeter } from '../../http/request';
import type { LockLogEntry, LoggedNotice } from '../../model/lockLog';

/** Reads all devices together, and the log of lock events if there is one and it is needed. */
export async function readTogether(job: ReadJob): Promise<Observation[]> {
	const { service, serviceClock, names, state, deviceIds, findings } = job;
	const meter = new CallMeter();
	const outcomes = new Map<string, Reading | Failure>();
	if (deviceIds === null) {
		const devices = await service.list(meter, false);
		findings.note({ kind: 'listed', deviceCount: devices.length });
		for (const { deviceId, reading } of devices) {
			if (reading !== undefined) outcomes.set(deviceId, reading);
		}
	} else {
		const options = { parts: job.parts, allowPartial: true };
		const asked = await service.read(wellFormedIds(job, deviceIds), meter, options);
		// a typed id may differ from the service's spelling
		for (const [id, outcome] of asked) {
			outcomes.set(outcome instanceof Failure ? id : outcome.deviceId, outcome);
		}
	}
	const readings = new Map<string, Reading>();
	for (const [deviceId, outcome] of outcomes) {
		deviceRecord(state, deviceId);
		findings.note({ kind: 'read', deviceId, outcome });
		if (outcome instanceof Failure) continue;
		names.learn(deviceId, outcome.name);
		readings.set(deviceId, outcome);
	}
	findings.note({ kind: 'watched', deviceIds: [...outcomes.keys()] });
	const watchedIds = [...outcomes.keys(), ...(deviceIds ?? [])];
	const returned = new Set(watchedIds.filter((id) => state.devices.get(id)?.leftAt !== undefined));
	if (deviceIds === null) noteLeaving(job, watchedIds);
	forgetLongGone(state, watchedIds, clock.now());
	const all = () => [...readings.values()];
	if (!isLogWanted(job)) {
		// an old cursor would bring up events from before anyone watched
		delete state.log;
		return all().map((reading) => ({ reading }));
	}
	// a baseline without the log marks where the news begins
	const newCursor = cursorAt(serviceClock.now(), job.notices);
	const withoutLog = () => {
		state.log ??= newCursor;
		return all().map((reading) => ({ reading, log: [], isLogMissing: true }));
	};
	if (findings.isPaused()) return withoutLog();
	const beforeMs = state.log?.cursorMs ?? 0;
	// read after the devices, so that the log already has what they show
	const log = await attempt(async () => await entriesByDevice(job, meter));
	if (log instanceof Failure) {
		const observations = withoutLog();
		findings.note({ kind: 'logFailed', failure: log });
		return observations;
	}
	for (const deviceId of log.keys()) addUnread(job, readings, deviceId);
	for (const deviceId of returned) dropEmitted(state, log, deviceId, beforeMs);
	return all().map((reading) => ({ reading, ...(log.get(reading.deviceId) ?? NOTHING_LOGGED) }));
}

interface OfDevice {
	log: readonly LockLogEntry[];
	notices: readonly LoggedNotice[];
}

const NOTHING_LOGGED: OfDevice = { log: [], notices: [] };

/**
 * Reports devices that have left the list. A missing lock would look like one that does not change.
 */
function noteLeaving({ state, findings }: ReadJob, listedIds: readonly string[]): void {
	const listed = new Set(listedIds);
	for (const [id, { leftAt, gone }] of state.devices) {
		if (!listed.has(id) && leftAt === undefined && gone !== true) {
			findings.note({ kind: 'gone', deviceId: id });
		}
	}
}

/** Log entries of a known lock count even if it could not be read this time. */
function addUnread(
	{ definition, state }: ReadJob,
	readings: Map<string, Reading>,
	deviceId: string,
): void {
	const known = state.devices.get(deviceId)?.known;
	if (known === undefined || readings.has(deviceId)) return;
	readings.set(deviceId, nothingRead(definition, deviceId, known.name));
}

/** Drops entries that were emitted before. Emitted ids are kept only for watched locks. */
function dropEmitted(
	state: TriggerState,
	byDevice: Map<string, OfDevice>,
	deviceId: string,
	beforeMs: number,
): void {
	const known = state.devices.get(deviceId)?.known;
	const emittedUntilMs = known === undefined ? 0 : lockHoldsFrom(known);
	const { log, notices } = byDevice.get(deviceId) ?? NOTHING_LOGGED;
	byDevice.set(deviceId, {
		log: log.filter(({ atMs }) => atMs > emittedUntilMs),
		notices: notices.filter(({ atMs }) => atMs > beforeMs),
	});
}

const LOCK_EVENTS: readonly WatchEvent[] = ['locked', 'unlocked', 'leftUnlocked'];

function isLogWanted({ service, events, notices }: ReadJob): boolean {
	const isWanted = notices.size > 0 || LOCK_EVENTS.some((event) => events.has(event));
	return service.log !== undefined && isWanted;
}

async function entriesByDevice(job: ReadJob, meter: CallMeter): Promise<Map<string, OfDevice>> {
	const { service, serviceClock, state, deviceIds, deadlineMs, findings } = job;
	const byDevice = new Map<string, { log: LockLogEntry[]; notices: LoggedNotice[] }>();
	const ofDevice = (deviceId: string) => {
		const found = byDevice.get(deviceId) ?? { log: [], notices: [] };
		byDevice.set(deviceId, found);
		return found;
	};
	const timeoutMs = deadlineMs - clock.now();
	if (service.log === undefined) return byDevice;
	const isAgain = state.log?.failing !== undefined;
	const read = await readLog(
		service.log,
		serviceClock,
		state.log,
		deviceIds,
		meter,
		timeoutMs,
		job.notices,
	);
	findings.note({ kind: 'logRead', isAgain, hasGap: read.hasGap });
	state.log = read.cursor;
	for (const entry of read.entries) ofDevice(entry.deviceId).log.push(entry);
	for (const notice of read.notices) ofDevice(notice.deviceId).notices.push(notice);
	return byDevice;
}
