import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { Failure } from '../../shared/model/failure';
import { toLockStatus, type Reading } from '../../shared/model/lockStatus';
import { accept, isDelivery, readDelivery, start } from '../../shared/triggers/webhook/delivery';
import { logLeftOut, refuse } from '../../shared/triggers/webhook/refusal';
import { toNoticeItem } from '../../shared/triggers/webhook/notice';
import {
	isCurrent,
	WebhookState,
	webhookStateOf,
} from '../../shared/triggers/webhook/webhookState';
import { lockOf } from '../../shared/triggers/changes/knownDevice';
import { toEventItem, type Change } from '../../shared/triggers/changes/change';
import { nothingRead } from '../../shared/triggers/changes/parts';
import { chosenDeviceIds, isChosen } from '../../shared/triggers/triggerParameters';
import { deviceRecord } from '../../shared/triggers/triggerState';
import { seamDefinition } from '../api/seamDefinition';
import { chosenEventTypes, seamEventOf, type SeamEvent } from './seamWebhookEvents';
import { OwnWebhookStore } from './ownWebhook';
import { changesBy } from './knownLocks';
import { lockOfNotice, notSure, readDevice } from './lockReadings';
import { isRefusal, signingWebhook } from './signingWebhook';
import { asNodeErrors } from '../../shared/n8n/nodeErrors';

const { label } = seamDefinition;
/** Seam waits 15 seconds for the answer to a delivery. */
const ANSWER_WITHIN_MS = 10_000;

interface Wanted {
	eventTypes: string[];
	/** `null` = every lock. */
	deviceIds: string[] | null;
}

/** Handles one delivery of Seam: answers at once, and starts the workflow with the new events. */
export async function handleSeamDelivery(
	context: IWebhookFunctions,
): Promise<IWebhookResponseData> {
	const delivery = readDelivery(context, label);
	if (!isDelivery(delivery)) return delivery;
	const staticData = context.getWorkflowStaticData('node');
	const isTest = context.getMode() === 'manual';
	const store = new OwnWebhookStore(context);
	const deadlineMs = clock.now() + ANSWER_WITHIN_MS;
	const own = await signingWebhook(context, delivery, store, deadlineMs);
	if (isRefusal(own)) return refuse(context, label, own);
	const wanted = await asNodeErrors(context, () => wantedBy(context));
	const event = seamEventOf(delivery.body);
	const { event_type } = delivery.body;
	if (event === undefined || !isOfInterest(event, event_type, wanted)) {
		accept(context);
		const isWanted = event === undefined && wanted.eventTypes.includes(String(event_type));
		if (isWanted) logLeftOut(context, label, `An event (${String(event_type)}) names no lock`);
		return start([]);
	}
	// a test event has its own state, so that it is still new for the published trigger
	const state = isTest ? new WebhookState(staticData) : webhookStateOf(context, staticData);
	const lock =
		event.kind === 'notice'
			? await lockOfNotice(context, event.deviceId, state, deadlineMs)
			: undefined;
	if (lock instanceof Failure) return refuse(context, label, notSure(lock));
	accept(context);
	if (lock === 'noLock') return start([]);
	// no `await` between these, because deliveries come in parallel
	const isRepeat = !isTest && state.isRepeat(event.eventId);
	const changes = event.kind === 'lock' && !isRepeat ? changesBy(event.entry, state) : [];
	const reading = isRepeat
		? undefined
		: (lock ?? (await readDevice(context, event.deviceId, state)));
	const items = isRepeat ? [] : itemsOf(event, changes, reading, state);
	// n8n stores our copy of its static data as a whole, and the copy is old if the workflow was
	// published meanwhile
	if (!isTest && store.get() === own && isCurrent(context, state)) {
		state.store(staticData);
		store.store();
	}
	return start(items);
}

function wantedBy(context: IWebhookFunctions): Wanted {
	return { eventTypes: chosenEventTypes(context), deviceIds: chosenDeviceIds(context) };
}

function isOfInterest({ deviceId }: SeamEvent, eventType: unknown, wanted: Wanted): boolean {
	return isChosen(wanted.deviceIds, deviceId) && wanted.eventTypes.includes(String(eventType));
}

function itemsOf(
	event: SeamEvent,
	changes: readonly Change[],
	outcome: Reading | Failure | undefined,
	state: WebhookState,
): IDataObject[] {
	const nowMs = clock.now();
	const reading = outcome instanceof Failure ? undefined : outcome;
	const record = deviceRecord(state, event.deviceId);
	const name = reading?.name ?? record.known?.name ?? event.deviceId;
	if (record.known !== undefined) record.known.name = name;
	if (event.kind === 'notice') {
		const notice = {
			id: event.eventId,
			event: event.event,
			service: 'seam' as const,
			deviceId: event.deviceId,
			name,
			observedAtMs: event.atMs,
			text: event.describe(name),
			details: event.details,
		};
		return [
			toNoticeItem(notice, reading === undefined ? null : toLockStatus(reading, nowMs), nowMs),
		];
	}
	const now = reading ?? {
		...nothingRead(seamDefinition, event.deviceId, name),
		notes: ['The lock could not be read, so the state of its door is unknown'],
	};
	// the event is newer than Seam's device state
	const lock = (record.known && lockOf(record.known)) ?? now.lock;
	const status = toLockStatus({ ...now, lock }, nowMs);
	return changes.map((change) => toEventItem(change, status, nowMs, 0));
}
