import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { Failure } from '../../shared/model/failure';
import { toLockStatus, type Reading } from '../../shared/model/lockStatus';
import { accept, isDelivery, readDelivery, start } from '../../shared/triggers/webhook/delivery';
import { logLeftOut, refuse } from '../../shared/triggers/webhook/refusal';
import { toNoticeItem } from '../../shared/triggers/webhook/notice';
import { isCurrent, PushState, pushStateOf } from '../../shared/triggers/webhook/webhookState';
import { lockOf } from '../../shared/triggers/changes/knownDevice';
import { toEventItem, type Change } from '../../shared/triggers/changes/change';
import { nothingRead } from '../../shared/triggers/changes/parts';
import { chosenDeviceIds, isChosen } from '../../shared/triggers/triggerParameters';
import { deviceRecord } from '../../shared/triggers/triggerState';
import { seamDefinition } from '../api/seamDefinition';
import { chosenEventTypes, seamEventOf, type SeamPushed } from './seamPushEvents';
import { OwnWebhookStore } from './ownWebhook';
import { changesBy } from './pushedLocks';
import { lockOfNotice, notSure, readDevice } from './pushedDevices';
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
export async function receiveFromSeam(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const delivery = readDelivery(context, label);
	if (!isDelivery(delivery)) return delivery;
	const staticData = context.getWorkflowStaticData('node');
	const isTest = context.getMode() === 'manual';
	const store = new OwnWebhookStore(context);
	const endMs = clock.now() + ANSWER_WITHIN_MS;
	const own = await signingWebhook(context, delivery, store, endMs);
	if (isRefusal(own)) return refuse(context, label, own);
	const wanted = await asNodeErrors(context, () => wantedBy(context));
	const pushed = seamEventOf(delivery.body);
	const { event_type } = delivery.body;
	if (pushed === undefined || !isOfInterest(pushed, event_type, wanted)) {
		accept(context);
		const isWanted = pushed === undefined && wanted.eventTypes.includes(String(event_type));
		if (isWanted) logLeftOut(context, label, `An event (${String(event_type)}) names no lock`);
		return start([]);
	}
	// a test event has its own state, so that it is still new for the published trigger
	const state = isTest ? new PushState(staticData) : pushStateOf(context, staticData);
	const lock =
		pushed.kind === 'notice'
			? await lockOfNotice(context, pushed.deviceId, state, endMs)
			: undefined;
	if (lock instanceof Failure) return refuse(context, label, notSure(lock));
	accept(context);
	if (lock === 'noLock') return start([]);
	// no `await` between these, because deliveries come in parallel
	const isRepeat = !isTest && state.isRepeat(pushed.eventId);
	const changes = pushed.kind === 'lock' && !isRepeat ? changesBy(pushed.entry, state) : [];
	const reading = isRepeat
		? undefined
		: (lock ?? (await readDevice(context, pushed.deviceId, state)));
	const items = isRepeat ? [] : itemsOf(pushed, changes, reading, state);
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

function isOfInterest({ deviceId }: SeamPushed, eventType: unknown, wanted: Wanted): boolean {
	return isChosen(wanted.deviceIds, deviceId) && wanted.eventTypes.includes(String(eventType));
}

function itemsOf(
	pushed: SeamPushed,
	changes: readonly Change[],
	outcome: Reading | Failure | undefined,
	state: PushState,
): IDataObject[] {
	const nowMs = clock.now();
	const reading = outcome instanceof Failure ? undefined : outcome;
	const record = deviceRecord(state, pushed.deviceId);
	const name = reading?.name ?? record.known?.name ?? pushed.deviceId;
	if (record.known !== undefined) record.known.name = name;
	if (pushed.kind === 'notice') {
		const notice = {
			id: pushed.eventId,
			event: pushed.event,
			service: 'seam' as const,
			deviceId: pushed.deviceId,
			name,
			observedAtMs: pushed.atMs,
			text: pushed.say(name),
			details: pushed.details,
		};
		return [
			toNoticeItem(notice, reading === undefined ? null : toLockStatus(reading, nowMs), nowMs),
		];
	}
	const now = reading ?? {
		...nothingRead(seamDefinition, pushed.deviceId, name),
		notes: ['The lock could not be read, so the state of its door is unknown'],
	};
	// the event is newer than Seam's device state
	const lock = (record.known && lockOf(record.known)) ?? now.lock;
	const status = toLockStatus({ ...now, lock }, nowMs);
	return changes.map((change) => toEventItem(change, status, nowMs, 0));
}
