import type { IWebhookFunctions } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { attempt, Failure, isAboutDevice } from '../../shared/model/failure';
import type { Reading } from '../../shared/model/lockStatus';
import { openSession } from '../../shared/service/session';
import type { WebhookState } from '../../shared/triggers/webhook/webhookState';
import { logOnce, type Refusal } from '../../shared/triggers/webhook/refusal';
import { seamDefinition } from '../api/seamDefinition';
import { rememberLock } from './knownLocks';
import { CallMeter } from '../../shared/http/request';

/** The status is included if Seam returns it in time. An event does not wait longer for it. */
const STATUS_WITHIN_MS = 10_000;

/**
 * The lock that an event is about, as far as it can be read in time; why it cannot is logged once.
 */
export async function readDevice(
	context: IWebhookFunctions,
	deviceId: string,
	state: WebhookState,
): Promise<Reading | Failure> {
	const reading = await askForDevice(context, deviceId, state, clock.now() + STATUS_WITHIN_MS);
	if (reading instanceof Failure) {
		const { facts, message } = reading;
		const cause = `status ${facts.reason} ${isAboutDevice(facts) ? deviceId : ''}`;
		logOnce(context, cause, `Seam: the status of a lock could not be read. ${message}`);
	}
	return reading;
}

/**
 * Whether a device of which Seam sends a notice can be locked: Seam sends them of thermostats and
 * sensors, too, with nothing to tell them apart by. The locks are known since the publishing, or
 * since they were heard of; of another device Seam is asked once, and one that cannot be locked is
 * remembered for a day.
 * @param deadlineMs Unix time in milliseconds by which Seam has to say it.
 * @returns The lock as it was just read; `undefined` where it was not. A failure where Seam could
 * not say: the notice may be one of a lock, so Seam has to send it again.
 */
export async function lockOfNotice(
	context: IWebhookFunctions,
	deviceId: string,
	state: WebhookState,
	deadlineMs: number,
): Promise<Reading | 'noLock' | Failure | undefined> {
	if (state.devices.get(deviceId)?.known !== undefined) return undefined;
	if (state.isForeign(deviceId)) return 'noLock';
	const reading = await askForDevice(context, deviceId, state, deadlineMs);
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
	{ devices }: WebhookState,
	deadlineMs: number,
): Promise<Reading | Failure> {
	return await attempt(async () => {
		const { service, names } = await openSession(context, seamDefinition, 0);
		const options = { parts: 'lock', deadlineMs, retry: false } as const;
		const outcome = (await service.read([deviceId], new CallMeter(), options)).get(deviceId)!;
		if (!(outcome instanceof Failure)) return outcome;
		for (const [id, { known }] of devices) names.note(id, known?.name ?? null);
		return names.named(outcome, deviceId);
	});
}
