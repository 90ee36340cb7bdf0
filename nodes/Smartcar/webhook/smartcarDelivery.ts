import { createHash } from 'crypto';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { attempt, Failure } from '../../shared/model/failure';
import { accept, isDelivery, readDelivery, start } from '../../shared/triggers/webhook/delivery';
import { logLeftOut, refuse } from '../../shared/triggers/webhook/refusal';
import { toNoticeItem } from '../../shared/triggers/webhook/notice';
import { webhookStateOf, type WebhookState } from '../../shared/triggers/webhook/webhookState';
import type { WatchRules } from '../../shared/triggers/changes/observation';
import { WATCH_EVENTS } from '../../shared/triggers/changes/change';
import { toEventItems } from '../../shared/triggers/eventItems';
import { reduce } from '../../shared/triggers/reduce';
import { asSample, samplesOf, withoutValues } from '../../shared/triggers/sampleEvents';
import { chosenDeviceIds, isChosen } from '../../shared/triggers/triggerParameters';
import { textOf } from '../../shared/basics/guards';
import { shortened } from '../../shared/basics/sentences';
import {
	challengeOf,
	isAboutLocks,
	isSigned,
	smartcarHash,
	contentOf,
	type VehicleErrorEntry,
	type VehicleState,
	type VehicleErrors,
} from './smartcarPayload';
import { reasonOf } from '../api/smartcarFailures';
import { NO_CREDENTIAL, NO_TOKEN, UNSIGNED, WRONGLY_SIGNED } from './smartcarRefusals';
import { chosenWebhookEvents, includeAllErrors } from './smartcarWebhookEvents';
import { asNodeErrors } from '../../shared/n8n/nodeErrors';

interface Wanted {
	rules: WatchRules;
	includeErrors: boolean;
	includeAllErrors: boolean;
	/** `null` = every vehicle. */
	deviceIds: string[] | null;
	isTest: boolean;
}

const LABEL = 'Smartcar';
/** Of Smartcar's description of an error. */
const MAX_DESCRIPTION_CHARACTERS = 200;
/** Enough to tell the errors of one vehicle apart. */
const KEY_LETTERS = 6;

const SAMPLE_ERROR: VehicleErrorEntry = {
	type: 'VEHICLE_STATE',
	code: 'ASLEEP',
	state: 'ERROR',
	description: 'The vehicle is asleep',
	signals: ['closure-islocked'],
};

const NOTHING: WatchRules = { events: new Set(), leftMinutes: 0 };

/**
 * Handles one delivery of Smartcar: answers at once, and starts the workflow with the new events.
 */
export async function handleSmartcarDelivery(
	context: IWebhookFunctions,
): Promise<IWebhookResponseData> {
	const delivery = readDelivery(context, LABEL);
	if (!isDelivery(delivery)) return delivery;
	const credentials = await attempt(async () => await context.getCredentials('smartcarOAuth2Api'));
	if (credentials instanceof Failure) return refuse(context, LABEL, NO_CREDENTIAL);
	const managementToken = textOf(credentials.managementToken)?.trim();
	if (managementToken === undefined || managementToken === '') {
		return refuse(context, LABEL, NO_TOKEN);
	}
	const challenge = challengeOf(delivery);
	const isUnsigned = delivery.header('sc-signature') === undefined;
	if (challenge !== undefined && (isUnsigned || isSigned(delivery, managementToken))) {
		accept(context, { challenge: smartcarHash(challenge, managementToken) });
		return start([]);
	}
	if (isUnsigned) return refuse(context, LABEL, UNSIGNED);
	if (!isSigned(delivery, managementToken)) return refuse(context, LABEL, WRONGLY_SIGNED);

	const isTest = credentials.mode === 'simulated';
	const wanted = await asNodeErrors(context, () => wantedBy(context, isTest));
	const staticData = context.getWorkflowStaticData('node');
	accept(context);
	const content = contentOf(delivery);
	if (content === undefined) {
		const kind = shortened(textOf(delivery.body.eventType) ?? 'none', 40);
		logLeftOut(context, LABEL, `Its kind (${kind}) is unknown, or it names no event or vehicle`);
		return start([]);
	}
	const isOfInterest = concerns(content, wanted);
	// a test listener shows the shapes, and changes no state
	if (context.getMode() === 'manual') {
		return start(isOfInterest || content.isTest ? testItems(content, wanted) : []);
	}
	if (!isOfInterest) return start([]);
	const state = webhookStateOf(context, staticData);
	// no `await` from here on, because deliveries come in parallel
	const items = state.isRepeat(content.eventId) ? [] : newsOf(content, state, wanted);
	// at each delivery, because a polling trigger of the same workflow may have stored an older copy
	state.store(staticData);
	return start(items);
}

function wantedBy(context: IWebhookFunctions, isTest: boolean): Wanted {
	const events = chosenWebhookEvents(context);
	return {
		rules: { events: new Set(WATCH_EVENTS.filter((event) => events.has(event))), leftMinutes: 0 },
		includeErrors: events.has('vehicleError'),
		includeAllErrors: includeAllErrors(context),
		deviceIds: chosenDeviceIds(context),
		isTest,
	};
}

/**
 * Tests of the Dashboard are answered, and reach only somebody who waits for a test event: their vehicle need not be a
 * chosen one. A credential for simulated vehicles is for tests. What nobody wants stores nothing either: Smartcar sends
 * the first errors of a vehicle beside its first state, perhaps to another process.
 */
function concerns(
	content: VehicleState | VehicleErrors,
	{ deviceIds, isTest, includeErrors }: Wanted,
): boolean {
	if (content.kind === 'errors' && !includeErrors) return false;
	const deviceId = content.kind === 'state' ? content.reading.deviceId : content.deviceId;
	return content.isTest === isTest && isChosen(deviceIds, deviceId);
}

function newsOf(
	content: VehicleState | VehicleErrors,
	state: WebhookState,
	wanted: Wanted,
): IDataObject[] {
	if (content.kind === 'state') return changesOf(content, state, wanted);
	const { deviceId, sequence, deliveredAtMs } = content;
	return errorItems(content, wanted, (error) => {
		if (!isWanted(error, wanted)) return false;
		const errorId = errorKey(error);
		if (sequence !== undefined && state.isOvertaken(deviceId, errorId, sequence)) return false;
		// Smartcar may report one error under two event ids, seconds apart
		const subject = `${deviceId} ${errorId}`;
		return !state.isRecentMessage(subject, error.state, deliveredAtMs ?? clock.now());
	});
}

/** One error of a vehicle: what is wrong, with which signals. Short, because it is kept. */
function errorKey({ type, code, signals }: VehicleErrorEntry): string {
	const content = [type, code, ...signals].join(' ');
	return createHash('sha256').update(content).digest('base64').slice(0, KEY_LETTERS);
}

function isWanted(error: VehicleErrorEntry, { includeAllErrors: wantsAllErrors }: Wanted): boolean {
	return wantsAllErrors || isAboutLocks(error);
}

function changesOf(content: VehicleState, state: WebhookState, { rules }: Wanted): IDataObject[] {
	const { reading, sequence, deliveredAtMs, isFirst } = content;
	const nowMs = clock.now();
	// our clock may be behind, and the order is that of Smartcar's times
	const smartcarNowMs = Math.max(nowMs, deliveredAtMs ?? 0);
	const observations = [{ reading, sequence }];
	const reduced = reduce(state.devices, observations, isFirst ? NOTHING : rules, smartcarNowMs);
	state.apply(reduced);
	return toEventItems(reduced.found, [reading], nowMs, 0);
}

function errorItems(
	{ eventId, deviceId, name, errors, deliveredAtMs }: VehicleErrors,
	{ includeErrors }: Wanted,
	isNews: (error: VehicleErrorEntry) => boolean,
): IDataObject[] {
	if (!includeErrors) return [];
	return errors.flatMap((error, index) => {
		if (!isNews(error)) return [];
		const { type, code, state, description, signals } = error;
		const isOver = state === 'RESOLVED';
		const given = description || [type, code].filter(Boolean).join(': ');
		const what = shortened(given, MAX_DESCRIPTION_CHARACTERS);
		const notice = {
			id: errors.length > 1 ? `${eventId}:${index}` : eventId,
			event: 'vehicleError',
			service: 'smartcar' as const,
			deviceId,
			name,
			observedAtMs: deliveredAtMs,
			text: isOver
				? `The problem of ${name} is resolved: ${what}`
				: `${name} has a problem: ${what}`,
			details: {
				reason: reasonOf(type, code),
				state: isOver ? 'resolved' : 'error',
				type,
				code,
				signals,
			},
		};
		return [toNoticeItem(notice, null, clock.now())];
	});
}

/**
 * A sample of each chosen event. A test of the Dashboard may be about signals that the trigger
 * ignores.
 */
function testItems(content: VehicleState | VehicleErrors, wanted: Wanted): IDataObject[] {
	const isInvented = content.isTest && !wanted.isTest;
	if (content.kind === 'errors') {
		const items = errorItems(content, wanted, (error) => content.isTest || isWanted(error, wanted));
		return isInvented ? items.map(asSample) : items;
	}
	const { deliveredAtMs, sequence, isTest } = content;
	const reading = isInvented ? withoutValues(content.reading) : content.reading;
	const { deviceId, name } = reading;
	const of = { kind: 'errors', eventId: 'sample:vehicleError', deviceId, name } as const;
	const sample = { ...of, deliveredAtMs, sequence, isTest, errors: [SAMPLE_ERROR] };
	return [
		...samplesOf(reading, wanted.rules, false).map(({ json }) => json),
		...errorItems(sample, wanted, () => true).map(asSample),
	];
}
