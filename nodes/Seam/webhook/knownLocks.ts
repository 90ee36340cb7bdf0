import type { IHookFunctions } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { attempt, Failure } from '../../shared/model/failure';
import { publishWebhookState, webhookStateOf } from '../../shared/triggers/webhook/processStates';
import type { WebhookState } from '../../shared/triggers/webhook/webhookState';
import { openSession } from '../../shared/service/session';
import { reduce } from '../../shared/triggers/reduce';
import type { Change } from '../../shared/triggers/changes/change';
import type { KnownDevice } from '../../shared/triggers/changes/knownDevice';
import { encodeLog } from '../../shared/triggers/changes/knownLog';
import { nothingRead } from '../../shared/triggers/changes/parts';
import { chosenDeviceIds, isChosen } from '../../shared/triggers/triggerParameters';
import { seamDefinition } from '../api/seamDefinition';
import { learnCodesOf } from '../events/codeNames';
import { RememberedCodes } from '../events/rememberedCodes';
import { needsCodeNames } from './seamWebhookEvents';
import type { LockLogEntry } from '../../shared/model/lockLog';
import type { Reading } from '../../shared/model/lockStatus';
import { CallMeter } from '../../shared/http/request';

const LOCK_RULES = { events: new Set(['locked', 'unlocked'] as const), leftMinutes: 0 };

/** What the event changed in the known state. An event that was overtaken is emitted anyway. */
export function changesBy(entry: LockLogEntry, state: WebhookState): Change[] {
	const { deviceId, atMs } = entry;
	const known = state.devices.get(deviceId)?.known ?? nothingKnown(deviceId);
	const reading = nothingRead(seamDefinition, deviceId, known.name);
	// our clock may be behind, and the order is that of Seam's times
	const nowMs = Math.max(clock.now(), atMs);
	const devices = new Map([[deviceId, { known }]]);
	const reduced = reduce(devices, [{ reading, log: [entry] }], LOCK_RULES, nowMs);
	state.apply(reduced);
	return reduced.found.map(({ change }) => change);
}

/**
 * On publishing, reads the locks without a known state, so that their first event has a previous
 * state. This is optional: a lock that is not read begins with its first event.
 */
export async function rememberLocks(context: IHookFunctions): Promise<void> {
	// a test listener keeps no state
	if (context.getMode() === 'manual') return;
	const deviceIds = chosenDeviceIds(context);
	const session = await attempt(async () => await openSession(context, seamDefinition, 0));
	const listed = await attempt(async () => {
		return session instanceof Failure ? [] : await session.service.list(new CallMeter(), true);
	});
	const state = webhookStateOf(context, context.getWorkflowStaticData('node'));
	const locks = listed instanceof Failure ? [] : listed;
	const watched = locks.filter(({ deviceId }) => isChosen(deviceIds, deviceId));
	for (const { deviceId, name, reading } of watched) {
		rememberLock(state, reading ?? nothingRead(seamDefinition, deviceId, name));
	}
	if (!(session instanceof Failure) && needsCodeNames(context)) {
		const ids = watched.map(({ deviceId }) => deviceId);
		await learnCodesOf(session.client, ids, new RememberedCodes(state));
	}
	publishWebhookState(context);
}

/** Begins with the current state of a lock, unless a state is known. */
export function rememberLock(
	state: WebhookState,
	{ deviceId, name, lock }: Pick<Reading, 'deviceId' | 'name' | 'lock'>,
): void {
	if (state.devices.get(deviceId)?.known !== undefined) return;
	const reading = { ...nothingRead(seamDefinition, deviceId, name), lock };
	const devices = new Map([[deviceId, { known: nothingKnown(name) }]]);
	state.apply(reduce(devices, [{ reading, log: [] }], LOCK_RULES, clock.now()));
}

function nothingKnown(name: string): KnownDevice {
	return { name, parts: '', changes: 0, log: encodeLog({ phase: 'agreed' }) };
}
