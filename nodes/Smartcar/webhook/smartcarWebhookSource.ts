import type { IWebhookFunctions } from 'n8n-workflow';

import { textOf } from '../../shared/basics/guards';
import { shortened } from '../../shared/basics/sentences';
import { attempt, Failure } from '../../shared/model/failure';
import { WATCH_EVENTS } from '../../shared/triggers/changes/change';
import { chosenDeviceIds, isChosen } from '../../shared/triggers/triggerParameters';
import type { Delivery } from '../../shared/triggers/webhook/delivery';
import type { WebhookSource } from '../../shared/triggers/webhook/receive';
import { newItems, testItems, type Wanted } from './smartcarEventItems';
import { contentOf, type VehicleErrors, type VehicleState } from './smartcarPayload';
import { NO_CREDENTIAL, NO_TOKEN, UNSIGNED, WRONGLY_SIGNED } from './smartcarRefusals';
import { challengeOf, isSigned, smartcarHash } from './smartcarSignature';
import { chosenWebhookEvents, includeAllErrors } from './smartcarWebhookEvents';

interface Sender {
	/** The credential is for simulated vehicles. */
	isTest: boolean;
}

interface VehicleEvent {
	eventId: string;
	content: VehicleState | VehicleErrors;
	wanted: Wanted;
}

export const smartcarWebhookSource: WebhookSource<Sender, VehicleEvent> = {
	label: 'Smartcar',

	async verify(context, delivery) {
		const credentials = await attempt(
			async () => await context.getCredentials('smartcarOAuth2Api'),
		);
		if (credentials instanceof Failure) return NO_CREDENTIAL;
		const managementToken = textOf(credentials.managementToken)?.trim();
		if (managementToken === undefined || managementToken === '') return NO_TOKEN;
		const challenge = challengeOf(delivery);
		const isUnsigned = delivery.header('sc-signature') === undefined;
		const isGenuine = !isUnsigned && isSigned(delivery, managementToken);
		if (challenge !== undefined && (isUnsigned || isGenuine)) {
			return { reply: { challenge: smartcarHash(challenge, managementToken) } };
		}
		if (isUnsigned) return UNSIGNED;
		return isGenuine ? { sender: { isTest: credentials.mode === 'simulated' } } : WRONGLY_SIGNED;
	},

	parse: parseEvent,

	events(context, { content, wanted }, state) {
		// a test listener shows the shapes, and changes no state
		if (context.getMode() === 'manual') return testItems(content, wanted);
		return newItems(content, state, wanted);
	},
};

function parseEvent(
	context: IWebhookFunctions,
	delivery: Delivery,
	{ isTest }: Sender,
): VehicleEvent | { leftOut: string } | undefined {
	const wanted = wantedBy(context, isTest);
	const content = contentOf(delivery);
	if (content === undefined) {
		const kind = shortened(textOf(delivery.body.eventType) ?? 'none', 40);
		return { leftOut: `Its kind (${kind}) is unknown, or it names no event or vehicle` };
	}
	const isShown = context.getMode() === 'manual' && content.isTest;
	if (!isShown && !concerns(content, wanted)) return undefined;
	return { eventId: content.eventId, content, wanted };
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
 * Tests of the Dashboard are answered, and reach only somebody who waits for a test event: their
 * vehicle need not be a chosen one. A credential for simulated vehicles is for tests. What nobody
 * wants stores nothing either: Smartcar sends the first errors of a vehicle beside its first state,
 * perhaps to another process.
 */
function concerns(
	content: VehicleState | VehicleErrors,
	{ deviceIds, isTest, includeErrors }: Wanted,
): boolean {
	if (content.kind === 'errors' && !includeErrors) return false;
	const deviceId = content.kind === 'state' ? content.reading.deviceId : content.deviceId;
	return content.isTest === isTest && isChosen(deviceIds, deviceId);
}
