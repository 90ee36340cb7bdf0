import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { clock } from '../clock';
import { attempt, Failure } from '../failure';
import type { CallMeter } from '../http';
import type { ListedDevice, LockService, WantedParts } from '../lockService';
import { toLockStatus, type Reading } from '../lockStatus';
import { withName } from '../operations/devicePool';
import { openSession } from '../session';
import type { WatchRules } from './observation';
import { toEventItem, WATCH_EVENTS, type Change, type WatchEvent } from './events';
import { kindOf, knownStates, type KnownState, type PartKind, type PartPath } from './parts';
import type { WatchDefinition } from './watchDefinition';
import type { WatchParameters } from './watchParameters';

/** A person is waiting for it. */
const MAX_WAIT_MS = 5000;
const TIME_OF_SAMPLES_MS = 45_000;
const MOST_CANDIDATES = 5;

const SAMPLES: Record<WatchEvent, { kind: PartKind; from: KnownState | null; to: KnownState }> = {
	doorClosed: { kind: 'door', from: 'open', to: 'closed' },
	doorOpened: { kind: 'door', from: 'closed', to: 'open' },
	leftOpen: { kind: 'door', from: null, to: 'open' },
	leftUnlocked: { kind: 'lock', from: null, to: 'unlocked' },
	locked: { kind: 'lock', from: 'unlocked', to: 'locked' },
	unlocked: { kind: 'lock', from: 'locked', to: 'unlocked' },
	windowClosed: { kind: 'window', from: 'open', to: 'closed' },
	windowOpened: { kind: 'window', from: 'closed', to: 'open' },
};

const USUAL_PARTS: Record<PartKind, PartPath> = {
	lock: 'lock',
	door: 'doors.frontLeft',
	window: 'windows.frontLeft',
};

/** What each chosen event would look like, made from a reading of one device as it is now. */
export async function sampleItems(
	context: IPollFunctions,
	watch: WatchDefinition,
	{ rules, deviceIds }: WatchParameters,
): Promise<INodeExecutionData[]> {
	const { service } = await openSession(context, watch.definition, MAX_WAIT_MS);
	service.client.endBy(clock.now() + TIME_OF_SAMPLES_MS);
	const reading = await readOneDevice(service, watch, rules.events, deviceIds);
	return samplesOf(reading, rules, service.readLog !== undefined);
}

/**
 * One item for each chosen event, as if it had just happened to the device of a reading.
 * @param hasLog Whether the service keeps a log of lock events, whose entries say more.
 */
export function samplesOf(
	reading: Reading,
	rules: WatchRules,
	hasLog: boolean,
): INodeExecutionData[] {
	const nowMs = clock.now();
	return WATCH_EVENTS.filter((event) => rules.events.has(event)).map((event) => {
		const change = sampleChange(event, reading, hasLog, nowMs);
		return {
			json: toEventItem(change, toLockStatus(reading, nowMs), nowMs, rules.leftMinutes),
		};
	});
}

/** The first of the chosen devices that can be read. */
async function readOneDevice(
	service: LockService,
	watch: WatchDefinition,
	events: ReadonlySet<WatchEvent>,
	deviceIds: string[] | null,
): Promise<Reading> {
	const meter = { calls: 0 };
	const { parts } = watch.readingFor(events);
	const candidates: Candidate[] =
		deviceIds?.map((deviceId) => ({ deviceId, name: deviceId })) ??
		(await service.list(meter, false));
	let failure = new Failure({
		reason: 'notFound',
		what: `The account has no ${watch.definition.deviceType}`,
		userAction: `Add one to it, or choose another ${watch.definition.label} credential`,
		notExecuted: true,
	});
	for (const { deviceId, name, reading: listed } of candidates.slice(0, MOST_CANDIDATES)) {
		const reading = listed ?? (await readCandidate(service, deviceId, meter, parts));
		if (!(reading instanceof Failure)) return await named(service, withName(reading, name), meter);
		failure = reading;
	}
	throw failure;
}

type Candidate = Pick<ListedDevice, 'deviceId' | 'name' | 'reading'>;

async function readCandidate(
	service: LockService,
	deviceId: string,
	meter: CallMeter,
	parts: WantedParts,
): Promise<Reading | Failure> {
	const nonsense = service.malformedId(deviceId);
	if (nonsense !== undefined) return new Failure(nonsense);
	const readings = await attempt(async () => await service.read([deviceId], meter, { parts }));
	return readings instanceof Failure ? readings : readings.get(deviceId)!;
}

async function named(service: LockService, reading: Reading, meter: CallMeter): Promise<Reading> {
	if (reading.name !== reading.deviceId) return reading;
	const name = await attempt(async () => await service.nameOf?.(reading.deviceId, meter));
	return withName(reading, name instanceof Failure ? null : (name ?? null));
}

function sampleChange(event: WatchEvent, reading: Reading, hasLog: boolean, nowMs: number): Change {
	const { kind, from, to } = SAMPLES[event];
	const ownPart = knownStates(reading).find(([path]) => kindOf(path) === kind)?.[0];
	const part = ownPart ?? (reading.deviceType === 'lock' ? 'doors.door' : USUAL_PARTS[kind]);
	const isLogged = hasLog && kind === 'lock';
	const readAtMs = reading.observedAt === null ? null : Date.parse(reading.observedAt);
	const toldAtMs = readAtMs ?? (isLogged ? nowMs : null);
	return {
		id: `sample:${event}`,
		deviceId: reading.deviceId,
		event,
		part: kind === 'lock' ? 'lock' : part,
		from,
		to,
		// what is left so has a beginning, also where the service tells no time
		observedAtMs: toldAtMs ?? (from === null ? nowMs : null),
		previousObservedAtMs: toldAtMs,
		orderMs: nowMs,
		...(isLogged && from !== null ? { logged: { method: 'manual', accessCodeId: null } } : {}),
	};
}
