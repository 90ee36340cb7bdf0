import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { attempt, Failure } from '../../shared/model/failure';
import { toLockStatus, type Reading } from '../../shared/model/lockStatus';
import {
	accept,
	isDelivery,
	readDelivery,
	refuse,
	start,
} from '../../shared/triggers/webhook/delivery';
import { toNoticeItem } from '../../shared/triggers/webhook/notice';
import { isCurrent, PushState, pushStateOf } from '../../shared/triggers/webhook/webhookState';
import { openSession } from '../../shared/service/session';
import { lockOf } from '../../shared/triggers/changes/knownDevice';
import { toEventItem, type Change } from '../../shared/triggers/changes/change';
import { nothingRead } from '../../shared/triggers/changes/parts';
import { chosenDeviceIds, isChosen } from '../../shared/triggers/triggerParameters';
import { deviceRecord } from '../../shared/triggers/triggerState';
import { seamDefinition } from '../api/seamDefinition';
import { chosenEventTypes, toldBySeam, type SeamTold } from './seamPushEvents';
import { OwnWebhookStore } from './ownWebhook';
import { changesBy } from './pushedLocks';
import { signingWebhook } from './signingWebhook';
import { asNodeErrors } from '../../shared/n8n/nodeErrors';

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
	const store = new OwnWebhookStore(context);
	const own = await signingWebhook(context, delivery, store);
	if (own === undefined) return refuse(context, 401, 'Wrong signature');
	const wanted = await asNodeErrors(context, () => wantedBy(context));
	accept(context);
	const told = toldBySeam(delivery.body);
	if (told === undefined || !isOfInterest(told, delivery.body.event_type, wanted)) return start([]);
	// a test event has a state of its own, so that the published trigger still finds it new
	const state = isTest ? new PushState(staticData) : pushStateOf(context, staticData);
	// no pause between these, because deliveries come in parallel
	const isRepeat = !isTest && state.isRepeat(told.eventId);
	const changes = told.kind === 'lock' && !isRepeat ? changesBy(told.entry, state) : [];
	const reading = isRepeat ? undefined : await readDevice(context, told.deviceId, state);
	const items = isRepeat ? [] : itemsOf(told, changes, reading, state);
	// n8n stores our copy of its static data as a whole, which is old when the workflow was published meanwhile
	if (!isTest && store.get() === own && isCurrent(context, state)) {
		state.store(staticData);
		store.store();
	}
	return start(items);
}

function wantedBy(context: IWebhookFunctions): Wanted {
	return { eventTypes: chosenEventTypes(context), deviceIds: chosenDeviceIds(context) };
}

function isOfInterest({ deviceId }: SeamTold, eventType: unknown, wanted: Wanted): boolean {
	return isChosen(wanted.deviceIds, deviceId) && wanted.eventTypes.includes(String(eventType));
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
	const lock = (record.known && lockOf(record.known)) ?? now.lock;
	const status = toLockStatus({ ...now, lock }, nowMs);
	return changes.map((change) => toEventItem(change, status, nowMs, 0));
}

async function readDevice(
	context: IWebhookFunctions,
	deviceId: string,
	{ devices }: PushState,
): Promise<Reading | undefined> {
	const reading = await attempt(async () => {
		const { service, names } = await openSession(context, seamDefinition, 0);
		const options = { parts: 'lock', onceBy: clock.now() + STATUS_WITHIN_MS } as const;
		const outcome = (await service.read([deviceId], { calls: 0 }, options)).get(deviceId);
		if (!(outcome instanceof Failure)) return outcome;
		for (const [id, { known }] of devices) names.note(id, known?.name ?? null);
		return names.named(outcome, deviceId);
	});
	if (!(reading instanceof Failure)) return reading;
	context.logger.warn(`Seam: the status of a lock could not be read. ${reading.message}`);
	return undefined;
}
