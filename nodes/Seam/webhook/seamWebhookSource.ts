import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { Failure } from '../../shared/model/failure';
import { toLockStatus, type Reading } from '../../shared/model/lockStatus';
import { toEventItem, type Change } from '../../shared/triggers/changes/change';
import { lockOf } from '../../shared/triggers/changes/knownDevice';
import { nothingRead } from '../../shared/triggers/changes/parts';
import { chosenDeviceIds, isChosen } from '../../shared/triggers/triggerParameters';
import { deviceRecord } from '../../shared/triggers/triggerState';
import type { Delivery } from '../../shared/triggers/webhook/delivery';
import { toNoticeItem } from '../../shared/triggers/notice';
import type { WebhookSource } from '../../shared/triggers/webhook/receive';
import type { WebhookState } from '../../shared/triggers/webhook/webhookState';
import { seamDefinition } from '../api/seamDefinition';
import { changesBy } from './knownLocks';
import { lockOfNotice, notSure, readDevice } from './lockReadings';
import { OwnWebhookStore, type OwnWebhook } from './ownWebhook';
import { chosenEventTypes, seamEventOf, type SeamEvent } from './seamWebhookEvents';
import { isRefusal, signingWebhook } from './signingWebhook';

/** An event, with the state of its lock if that was read before the answer. */
type CheckedEvent = SeamEvent & { lock?: Reading };

/** The sender is known by the webhook that has signed the delivery. */
export const seamWebhookSource: WebhookSource<OwnWebhook, CheckedEvent> = {
	label: seamDefinition.label,

	async verify(context, delivery, deadlineMs) {
		const own = await signingWebhook(context, delivery, new OwnWebhookStore(context), deadlineMs);
		return isRefusal(own) ? own : { sender: own };
	},

	parse: parseEvent,

	async complete(context, event, state, deadlineMs) {
		if (event.kind !== 'notice') return event;
		const lock = await lockOfNotice(context, event.deviceId, state, deadlineMs);
		if (lock instanceof Failure) return notSure(lock);
		return lock === 'noLock' ? 'ignored' : { ...event, lock };
	},

	async events(context, event, state) {
		const changes = event.kind === 'lock' ? changesBy(event.entry, state) : [];
		const reading = event.lock ?? (await readDevice(context, event.deviceId, state));
		return itemsOf(event, changes, reading, state);
	},

	isCurrent: (context, own) => new OwnWebhookStore(context).get() === own,

	store(context) {
		new OwnWebhookStore(context).store();
	},
};

function parseEvent(
	context: IWebhookFunctions,
	{ body }: Delivery,
): SeamEvent | { leftOut: string } | undefined {
	const eventTypes = chosenEventTypes(context);
	const deviceIds = chosenDeviceIds(context);
	const type = String(body.event_type);
	if (!eventTypes.includes(type)) return undefined;
	const event = seamEventOf(body);
	if (event === undefined) return { leftOut: `An event (${type}) names no lock` };
	return isChosen(deviceIds, event.deviceId) ? event : undefined;
}

function itemsOf(
	event: SeamEvent,
	changes: readonly Change[],
	outcome: Reading | Failure,
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
			observedAtMs: event.atMs,
			text: event.describe(name),
			details: event.details,
		};
		const device = { service: 'seam', deviceId: event.deviceId, name };
		const status = reading === undefined ? null : toLockStatus(reading, nowMs);
		return [toNoticeItem(notice, device, status, nowMs)];
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
