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
import { learnCodes, withCodes } from '../events/deliveredCodes';
import { onlyTheseCodes } from '../events/onlyTheseCodes';
import { changesBy } from './knownLocks';
import { lockOfNotice, notSure, readDevice } from './lockReadings';
import { notFirst, withFirstOnly } from './firstOfCode';
import { OwnWebhookStore, type OwnWebhook } from './ownWebhook';
import {
	chosenEventTypes,
	chosenNames,
	seamEventOf,
	type DeliveredNotice,
	type SeamEvent,
} from './seamWebhookEvents';
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

	async complete(context, delivered, state, deadlineMs) {
		const event = await withFirstOnly(context, delivered, deadlineMs);
		if (event instanceof Failure) return notFirst(event);
		if (event.notice === undefined) return event;
		// a change of a lock comes from a lock
		if (event.entry !== undefined) return event;
		const lock = await lockOfNotice(context, event.deviceId, state, deadlineMs);
		if (lock instanceof Failure) return notSure(lock);
		return lock === 'noLock' ? 'ignored' : { ...event, lock };
	},

	async events(context, event, state) {
		const changes = event.entry === undefined ? [] : changesBy(event.entry, state);
		if (event.isNaming) await learnCodes(context, event.deviceId, state);
		if (event.entry === undefined && event.notice === undefined) return [];
		const reading = event.lock ?? (await readDevice(context, event.deviceId, state));
		return await withCodes(context, itemsOf(event, changes, reading, state), state);
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
	onlyTheseCodes(context);
	const type = String(body.event_type);
	if (!eventTypes.includes(type)) return undefined;
	const event = seamEventOf(body, chosenNames(context));
	if (event === undefined) return { leftOut: `An event (${type}) names no lock` };
	return isChosen(deviceIds, event.deviceId) ? event : undefined;
}

/** The items of what the event changed, and of what it says besides. */
function itemsOf(
	{ deviceId, notice }: SeamEvent,
	changes: readonly Change[],
	outcome: Reading | Failure,
	state: WebhookState,
): IDataObject[] {
	const nowMs = clock.now();
	const reading = outcome instanceof Failure ? undefined : outcome;
	const record = deviceRecord(state, deviceId);
	const name = reading?.name ?? record.known?.name ?? deviceId;
	if (record.known !== undefined) record.known.name = name;
	const noticeItems = notice === undefined ? [] : [noticeItem(notice, deviceId, name, reading)];
	const now = reading ?? {
		...nothingRead(seamDefinition, deviceId, name),
		notes: ['The lock could not be read, so the state of its door is unknown'],
	};
	// the event is newer than Seam's device state
	const lock = (record.known && lockOf(record.known)) ?? now.lock;
	const status = toLockStatus({ ...now, lock }, nowMs);
	return [...changes.map((change) => toEventItem(change, status, nowMs, 0)), ...noticeItems];
}

function noticeItem(
	delivered: DeliveredNotice,
	deviceId: string,
	name: string,
	reading: Reading | undefined,
): IDataObject {
	const nowMs = clock.now();
	const { id, event, atMs, details } = delivered;
	const text = delivered.describe(name);
	const notice = { id, event, observedAtMs: atMs, text, details };
	const status = reading === undefined ? null : toLockStatus(reading, nowMs);
	return toNoticeItem(notice, { service: 'seam', deviceId, name }, status, nowMs);
}
