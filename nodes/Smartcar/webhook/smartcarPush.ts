import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { attempt, Failure } from '../../shared/model/failure';
import { toLockStatus } from '../../shared/model/lockStatus';
import {
	accept,
	isDelivery,
	readDelivery,
	refuse,
	start,
} from '../../shared/triggers/webhook/delivery';
import { toNoticeItem } from '../../shared/triggers/webhook/notice';
import { pushStateOf, type PushState } from '../../shared/triggers/webhook/webhookState';
import { observe } from '../../shared/triggers/changes/observe';
import type { WatchRules } from '../../shared/triggers/changes/observation';
import { toEventItem, WATCH_EVENTS } from '../../shared/triggers/changes/change';
import { samplesOf } from '../../shared/triggers/sampleEvents';
import { withToldIds } from '../../shared/triggers/emittedIds';
import { chosenDeviceIds, isChosen } from '../../shared/triggers/triggerParameters';
import { deviceRecord } from '../../shared/triggers/triggerState';
import { textOf } from '../../shared/basics/guards';
import {
	challengeOf,
	isSigned,
	smartcarHash,
	toldBy,
	type VehicleState,
	type VehicleTrouble,
} from './smartcarDelivery';
import { reasonOf } from '../api/smartcarFailures';
import { chosenPushEvents } from './smartcarPushEvents';
import { asNodeErrors } from '../../shared/n8n/nodeErrors';

interface Wanted {
	rules: WatchRules;
	wantsTrouble: boolean;
	/** `null` = every vehicle. */
	deviceIds: string[] | null;
	isTest: boolean;
}

const NOTHING: WatchRules = { events: new Set(), leftMinutes: 0 };

/** Takes one delivery of Smartcar's: answers it at once, and starts the workflow with what is new. */
export async function receiveFromSmartcar(
	context: IWebhookFunctions,
): Promise<IWebhookResponseData> {
	const delivery = readDelivery(context);
	if (!isDelivery(delivery)) return delivery;
	const credentials = await attempt(async () => await context.getCredentials('smartcarOAuth2Api'));
	if (credentials instanceof Failure) return refuse(context, 401, 'There is no usable credential');
	const managementToken = textOf(credentials.managementToken)?.trim();
	if (managementToken === undefined || managementToken === '') {
		return refuse(context, 401, 'The credential has no Application Management Token');
	}
	const challenge = challengeOf(delivery);
	const isUnsigned = delivery.header('sc-signature') === undefined;
	if (challenge !== undefined && (isUnsigned || isSigned(delivery, managementToken))) {
		accept(context, { challenge: smartcarHash(challenge, managementToken) });
		return start([]);
	}
	if (!isSigned(delivery, managementToken)) return refuse(context, 401, 'Wrong signature');

	const isTest = credentials.mode === 'simulated';
	const wanted = await asNodeErrors(context, () => wantedBy(context, isTest));
	const staticData = context.getWorkflowStaticData('node');
	accept(context);
	const told = toldBy(delivery);
	if (told === undefined || !isOfInterest(told, wanted)) return start([]);
	// somebody waits for a test event: it shows the shapes, and changes nothing of what is known
	if (context.getMode() === 'manual') return start(testItems(told, wanted));
	const state = pushStateOf(context, staticData);
	// from here on without a pause, because deliveries come in parallel
	const items = state.isRepeat(told.eventId) ? [] : newsOf(told, state, wanted);
	// with each delivery, for a polling trigger of the same workflow may have stored an older copy
	state.store(staticData);
	return start(items);
}

function wantedBy(context: IWebhookFunctions, isTest: boolean): Wanted {
	const events = chosenPushEvents(context);
	return {
		rules: { events: new Set(WATCH_EVENTS.filter((event) => events.has(event))), leftMinutes: 0 },
		wantsTrouble: events.has('vehicleError'),
		deviceIds: chosenDeviceIds(context),
		isTest,
	};
}

/** Tests of the dashboard are answered, and no more; a credential for simulated vehicles is for tests. */
function isOfInterest(told: VehicleState | VehicleTrouble, { deviceIds, isTest }: Wanted): boolean {
	const deviceId = told.kind === 'state' ? told.reading.deviceId : told.deviceId;
	return told.isTest === isTest && isChosen(deviceIds, deviceId);
}

function newsOf(
	told: VehicleState | VehicleTrouble,
	state: PushState,
	wanted: Wanted,
): IDataObject[] {
	if (told.kind === 'state') return changesOf(told, state, wanted);
	const { deviceId, sequence } = told;
	return troubleOf(told, wanted, ({ type, code }) =>
		sequence === undefined ? true : !state.isOvertaken(deviceId, `${type}:${code}`, sequence),
	);
}

function changesOf(told: VehicleState, state: PushState, { rules }: Wanted): IDataObject[] {
	const { reading, sequence, toldAtMs, isFirst } = told;
	const nowMs = clock.now();
	const record = deviceRecord(state, reading.deviceId);
	const observation = { reading, sequence };
	// ours may be behind, and the order is that of Smartcar's times
	const smartcarNowMs = Math.max(nowMs, toldAtMs ?? 0);
	const observed = observe(record.known, observation, isFirst ? NOTHING : rules, smartcarNowMs);
	record.known = observed.known;
	if (observed.isLate) state.countLate();
	const status = toLockStatus(reading, nowMs);
	return withToldIds(observed.changes, reading).map((change) =>
		toEventItem(change, status, nowMs, 0),
	);
}

function troubleOf(
	told: VehicleTrouble,
	{ wantsTrouble }: Wanted,
	isNews: (error: VehicleTrouble['errors'][number]) => boolean = () => true,
): IDataObject[] {
	const { eventId, deviceId, name, errors, toldAtMs } = told;
	if (!wantsTrouble) return [];
	return errors.flatMap((error, index) => {
		if (!isNews(error)) return [];
		const { type, code, state, words } = error;
		const isOver = state === 'RESOLVED';
		const what = words || [type, code].filter(Boolean).join(': ');
		const notice = {
			id: errors.length > 1 ? `${eventId}:${index}` : eventId,
			event: 'vehicleError',
			service: 'smartcar' as const,
			deviceId,
			name,
			observedAtMs: toldAtMs,
			text: isOver ? `${name} is all right again: ${what}` : `${name} has a problem: ${what}`,
			details: { reason: reasonOf(type, code), state: isOver ? 'resolved' : 'error', type, code },
		};
		return [toNoticeItem(notice, null, clock.now())];
	});
}

function testItems(told: VehicleState | VehicleTrouble, wanted: Wanted): IDataObject[] {
	if (told.kind === 'trouble') return troubleOf(told, wanted);
	return samplesOf(told.reading, wanted.rules, false).map(({ json }) => json);
}
