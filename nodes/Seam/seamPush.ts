import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { clock } from '../shared/clock';
import { attempt, Failure } from '../shared/failure';
import { toLockStatus, type Reading } from '../shared/lockStatus';
import { asNodeErrors } from '../shared/operations/outputs';
import { accept, isDelivery, readDelivery, refuse, start } from '../shared/push/delivery';
import { toNoticeItem } from '../shared/push/notice';
import { PushState, pushStateOf } from '../shared/push/pushState';
import { openSession } from '../shared/session';
import { observe } from '../shared/watch/changes';
import type { LoggedChange } from '../shared/watch/observation';
import { toEventItem, type Change } from '../shared/watch/events';
import { nothingRead } from '../shared/watch/parts';
import { chosenDeviceIds } from '../shared/watch/watchParameters';
import { deviceRecord } from '../shared/watch/watchState';
import { seamDefinition } from './seamDefinition';
import { chosenEventTypes, toldBySeam, type SeamTold } from './seamPushEvents';
import { readOwnWebhook, webhookKey } from './seamWebhook';
import { isSignedBySvix } from './svix';

const LOCK_RULES = { events: new Set(['locked', 'unlocked'] as const), leftMinutes: 0 };
/** The status comes along where Seam tells it in time; an event does not wait for it. */
const STATUS_WITHIN_MS = 10_000;

interface Wanted {
	eventTypes: string[];
	/** `null` = every lock. */
	deviceIds: string[] | null;
}

/** Takes one delivery of Seam's: answers it at once, and starts the workflow with what is new. */
export async function receiveFromSeam(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const delivery = readDelivery(context);
	if (!isDelivery(delivery)) return delivery;
	const staticData = context.getWorkflowStaticData('node');
	const isTest = context.getMode() === 'manual';
	const own = readOwnWebhook(staticData[webhookKey(isTest)]);
	if (own === undefined || !isSignedBySvix(delivery, own.secret, clock.now())) {
		return refuse(context, 401, 'Wrong signature');
	}
	const wanted = await asNodeErrors(context, () => wantedBy(context));
	accept(context);
	const told = toldBySeam(delivery.body);
	if (told === undefined || !isOfInterest(told, delivery.body.event_type, wanted)) return start([]);
	// a test event has a state of its own, so that the published trigger still finds it new
	const state = isTest ? new PushState(staticData) : pushStateOf(context, staticData);
	// no pause between these, because deliveries come in parallel
	if (!isTest && state.isRepeat(told.eventId)) return start([]);
	const changes = told.kind === 'lock' ? changesBy(told.entry, state) : [];
	if (!isTest) state.store(staticData);
	const reading = await readDevice(context, told.deviceId);
	return start(itemsOf(told, changes, reading, state));
}

function wantedBy(context: IWebhookFunctions): Wanted {
	return { eventTypes: chosenEventTypes(context), deviceIds: chosenDeviceIds(context) };
}

function isOfInterest({ deviceId }: SeamTold, eventType: unknown, wanted: Wanted): boolean {
	const isWatched = wanted.deviceIds?.includes(deviceId) ?? true;
	return isWatched && wanted.eventTypes.includes(String(eventType));
}

/** What the event changed of what is known; an event that was overtaken is told all the same. */
function changesBy(entry: LoggedChange, state: PushState): Change[] {
	const record = deviceRecord(state, entry.deviceId);
	const known = record.known ?? { name: entry.deviceId, log: { at: 0, from: 'log' as const } };
	const observation = {
		reading: nothingRead(seamDefinition, entry.deviceId, known.name),
		log: [entry],
	};
	const observed = observe(known, observation, LOCK_RULES, clock.now());
	record.known = observed.known;
	return observed.changes;
}

function itemsOf(
	told: SeamTold,
	changes: readonly Change[],
	reading: Reading | undefined,
	state: PushState,
): IDataObject[] {
	const nowMs = clock.now();
	const record = deviceRecord(state, told.deviceId);
	const name = reading?.name ?? record.known?.name ?? told.deviceId;
	if (record.known !== undefined) record.known.name = name;
	if (told.kind === 'notice') {
		const notice = {
			id: told.eventId,
			event: told.event,
			service: 'seam' as const,
			deviceId: told.deviceId,
			name,
			observedAtMs: told.atMs,
			text: told.say(name),
			details: told.details,
		};
		return [
			toNoticeItem(notice, reading === undefined ? null : toLockStatus(reading, nowMs), nowMs),
		];
	}
	const now = reading ?? nothingRead(seamDefinition, told.deviceId, name);
	// the event is ahead of what Seam shows
	const lock = record.known?.lock ?? now.lock;
	const status = toLockStatus({ ...now, lock }, nowMs);
	return changes.map((change) => toEventItem(change, status, nowMs, 0));
}

async function readDevice(
	context: IWebhookFunctions,
	deviceId: string,
): Promise<Reading | undefined> {
	const readings = await attempt(async () => {
		const { service } = await openSession(context, seamDefinition, 0);
		const options = { parts: 'lock', onceWithinMs: STATUS_WITHIN_MS } as const;
		return await service.read([deviceId], { calls: 0 }, options);
	});
	const reading = readings instanceof Failure ? readings : readings.get(deviceId);
	if (reading instanceof Failure) {
		context.logger.warn(`Seam: the status of a lock could not be read. ${reading.message}`);
	}
	return reading instanceof Failure ? undefined : reading;
}
