import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { clock } from '../../basics/clock';
import { CallMeter } from '../../http/request';
import { attempt, Failure } from '../../model/failure';
import { withName, type Reading } from '../../model/lockStatus';
import type { ListedDevice, LockService, WantedParts } from '../../service/lockService';
import { openSession, type Session } from '../../service/session';
import type { WatchEvent } from '../changes/change';
import { sampleNotices, samplesOf } from '../sampleEvents';
import type { WatchDefinition } from './pollDefinition';
import type { WatchParameters } from './pollParameters';

/** A person is waiting for the result. */
const MAX_WAIT_MS = 5000;
const TIME_OF_SAMPLES_MS = 45_000;
const MOST_CANDIDATES = 5;

/** Sample items for each chosen event, made from a current reading of one device. */
export async function sampleItems(
	context: IPollFunctions,
	watch: WatchDefinition,
	{ rules, notices, deviceIds }: WatchParameters,
): Promise<INodeExecutionData[]> {
	const session = await openSession(context, watch.definition, MAX_WAIT_MS);
	session.client.setDeadline(clock.now() + TIME_OF_SAMPLES_MS);
	const reading = await readOneDevice(session, watch, rules.events, deviceIds);
	const wanted = [...(watch.notices ?? [])].flatMap(([name, notice]) =>
		notices.has(name) ? [notice] : [],
	);
	const samples = samplesOf(reading, rules, session.service.log !== undefined);
	return [...samples, ...sampleNotices(reading, wanted)];
}

/** The first of the chosen devices that can be read. */
async function readOneDevice(
	{ service, names }: Session,
	watch: WatchDefinition,
	events: ReadonlySet<WatchEvent>,
	deviceIds: string[] | null,
): Promise<Reading> {
	const meter = new CallMeter();
	const { parts } = watch.readingFor(events);
	const candidates: Candidate[] =
		deviceIds?.map((deviceId) => ({ deviceId, name: deviceId })) ??
		(await service.list(meter, false));
	let failure = new Failure({
		reason: 'notFound',
		what: `The account has no ${watch.definition.deviceType}`,
		userAction: `Add one to it, or choose another ${watch.definition.label} credential`,
		notExecuted: true,
		ofOneDevice: false,
	});
	for (const { deviceId, name, reading: listed } of candidates.slice(0, MOST_CANDIDATES)) {
		names.learn(deviceId, name);
		const reading = listed ?? (await readCandidate(service, deviceId, meter, parts));
		if (!(reading instanceof Failure)) return await named(service, withName(reading, name), meter);
		failure = names.named(reading, deviceId);
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
	const nonsense = service.idProblem(deviceId);
	if (nonsense !== undefined) return new Failure(nonsense);
	const readings = await attempt(async () => await service.read([deviceId], meter, { parts }));
	return readings instanceof Failure ? readings : readings.get(deviceId)!;
}

async function named(service: LockService, reading: Reading, meter: CallMeter): Promise<Reading> {
	if (reading.name !== reading.deviceId) return reading;
	const name = await attempt(async () => await service.nameOf?.(reading.deviceId, meter));
	return withName(reading, name instanceof Failure ? null : (name ?? null));
}
