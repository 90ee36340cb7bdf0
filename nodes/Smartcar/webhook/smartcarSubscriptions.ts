import type { IHookFunctions } from 'n8n-workflow';

import { Failure } from '../../shared/model/failure';
import { ServiceClient } from '../../shared/http/client';
import { publishWebhookState } from '../../shared/triggers/webhook/processStates';
import { secretsOf } from '../../shared/http/secrets';
import { openSession, originOf } from '../../shared/service/session';
import { chosenDeviceIds } from '../../shared/triggers/triggerParameters';
import { isRecord, textOf } from '../../shared/basics/guards';
import { connectionFromMemo } from '../api/smartcarConnections';
import { smartcarDefinition } from '../api/smartcarDefinition';
import { smartcarFailure } from '../api/smartcarFailures';
import { chosenWebhookEvents, includeAllErrors } from './smartcarWebhookEvents';
import { asNodeErrors } from '../../shared/n8n/nodeErrors';
import { CallMeter } from '../../shared/http/request';

const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Smartcar's webhooks are created in its Dashboard. Here vehicles are subscribed to one. A vehicle
 * that is already subscribed answers with a 409. Source: smartcar.com, management API v3,
 * "Subscriptions".
 */
export async function subscribeVehicles(context: IHookFunctions): Promise<boolean> {
	publishWebhookState(context);
	const webhookId = textOf(context.getNodeParameter('webhookId', ''))?.trim() ?? '';
	return await asNodeErrors(context, async () => {
		// reports now what would fail at every delivery
		chosenWebhookEvents(context);
		includeAllErrors(context);
		const deviceIds = chosenDeviceIds(context);
		if (webhookId !== '') await subscribe(context, webhookId, deviceIds);
		return true;
	});
}

async function subscribe(
	context: IHookFunctions,
	webhookId: string,
	deviceIds: string[] | null,
): Promise<void> {
	const definition = smartcarDefinition('v3');
	const { service, credentials, names } = await openSession(context, definition, 0);
	const meter = new CallMeter();
	const listed = await service.list(meter, false);
	for (const { deviceId, name } of listed) names.learn(deviceId, name);
	const client = new ServiceClient(context, {
		label: 'Smartcar',
		credentialType: definition.credentialType,
		origin: originOf(credentials, 'https://management.api.smartcar.com'),
		timeoutMs: REQUEST_TIMEOUT_MS,
		maxWaitMs: 0,
		secrets: secretsOf(credentials),
		isTokenExpired: () => true,
	});
	for (const vehicleId of deviceIds ?? listed.map(({ deviceId }) => deviceId)) {
		const memo = await service.exportLookup?.(vehicleId);
		if (memo === undefined) throw names.named(new Failure(notConnected(vehicleId)), vehicleId);
		const { userId } = connectionFromMemo(vehicleId, memo);
		const attributes = { webhookId, userId, vehicleId };
		const body = { data: { attributes } };
		const answer = await client.send(
			{ method: 'POST', path: '/v3/subscriptions', body, retry: false },
			meter,
		);
		const isTaken = answer.status < 300 && isRecord(answer.json);
		if (isTaken || answer.status === 409) continue;
		throw names.named(new Failure(smartcarFailure(answer)), vehicleId);
	}
}

function notConnected(vehicleId: string) {
	return {
		reason: 'notFound',
		what: `The vehicle "${vehicleId}" is not connected to this application`,
		userAction: 'Choose the vehicle from the list again',
		notExecuted: true,
	} as const;
}
