import type { IWebhookFunctions } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { attempt, Failure } from '../../shared/model/failure';
import type { Reading } from '../../shared/model/lockStatus';
import { openSession } from '../../shared/service/session';
import type { PushState } from '../../shared/triggers/webhook/webhookState';
import type { Refusal } from '../../shared/triggers/webhook/refusal';
import { seamDefinition } from '../api/seamDefinition';
import { rememberLock } from './pushedLocks';

/** The status is included if Seam returns it in time. An event does not wait longer for it. */
const STATUS_WITHIN_MS = 10_000;

/** The lock that an event is about, if it can be read. A failure is logged. */
export async function readDevice(
	context: IWebhookFunctions,
	deviceId: string,
	state: PushState,
): Promise<Reading | Failure> {
	const reading = await askForDevice(context, deviceId, state);
	if (reading instanceof Failure) {
		context.logger.warn(`Seam: the status of a lock could not be read. ${reading.message}`);
	}
	return reading;
}

/**
 * Whether the device of a notice can be locked. Seam also sends notices of thermostats and sensors,
 * and they do not say which kind it is. Locks are known since publishing, or since their first
 * event. For another device Seam is queried once, and a device that cannot be locked is remembered
 * for a day.
 * @returns The lock as it was just read; `undefined` if it was not read. A failure if Seam could
 * not say: it may be a lock, so Seam has to retry the delivery.
 */
export async function lockOfNotice(
	context: IWebhookFunctions,
	deviceId: string,
	state: PushState,
): Promise<Reading | 'noLock' | Failure | undefined> {
	if (state.devices.get(deviceId)?.known !== undefined) return undefined;
	if (state.isForeign(deviceId)) return 'noLock';
	const reading = await askForDevice(context, deviceId, state);
	if (!(reading instanceof Failure)) {
		rememberLock(state, reading);
		return reading;
	}
	if (reading.facts.reason !== 'notSupported') return reading;
	state.noteForeign(deviceId);
	return 'noLock';
}

/** The answer to a notice when Seam could not say whether its device can be locked. */
export function notSure({ message }: Failure): Refusal {
	return {
		status: 503,
		cause: 'deviceUnknown',
		answer: 'Try again later',
		why: `Seam could not say whether the device of a notice can be locked, so it was asked to send the notice again. ${message}`,
	};
}

async function askForDevice(
	context: IWebhookFunctions,
	deviceId: string,
	{ devices }: PushState,
): Promise<Reading | Failure> {
	return await attempt(async () => {
		const { service, names } = await openSession(context, seamDefinition, 0);
		const options = { parts: 'lock', onceBy: clock.now() + STATUS_WITHIN_MS } as const;
		const outcome = (await service.read([deviceId], { calls: 0 }, options)).get(deviceId)!;
		if (!(outcome instanceof Failure)) return outcome;
		for (const [id, { known }] of devices) names.note(id, known?.name ?? null);
		return names.named(outcome, deviceId);
	});
}
