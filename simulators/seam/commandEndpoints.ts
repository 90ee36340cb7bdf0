import { z } from 'zod';
import type { ActionAttempts } from './actionAttempts';
import type { SlidingWindow } from '../shared/slidingWindow';
import type { SeamEndpoint } from './endpoint';
import { COMMANDS, READS, defineEndpoint } from './endpoint';
import type { SeamAnswer, SeamCall } from './seamAnswer';
import { deviceNotFound, invalidInput, refuse, succeed, tooManyRequests } from './seamAnswer';
import type { SeamStore } from './seamStore';
import type { SeamActionType, SeamDevice } from './seamTypes';

/** For each device: https://docs.seam.co/latest/api/rate-limits-and-guardrails. */
const COMMANDS_A_MINUTE = 15;

interface CommandParts {
	store: SeamStore;
	attempts: ActionAttempts;
	rateLimit: SlidingWindow;
}

const FLAGS = { LOCK_DOOR: 'can_remotely_lock', UNLOCK_DOOR: 'can_remotely_unlock' } as const;
const COMMAND = z.object({ device_id: z.string() });

const refuseRate = (retryAfterSeconds: number): SeamAnswer => ({
	...tooManyRequests(),
	headers: { 'Retry-After': String(retryAfterSeconds) },
});

function refuseCapability(action: SeamActionType): SeamAnswer {
	const verb = action === 'LOCK_DOOR' ? 'locking' : 'unlocking';
	const message = `Device does not support remote ${verb}`;
	return invalidInput(message, { _errors: [], device_id: { _errors: [message] } });
}

function command(parts: CommandParts, device: SeamDevice, action: SeamActionType): SeamAnswer {
	const isAble = device[FLAGS[action]];
	if (isAble === undefined) return refuseCapability(action);
	const retryAfterSeconds = parts.rateLimit.take(
		`${device.device_id} ${action}`,
		COMMANDS_A_MINUTE,
	);
	if (retryAfterSeconds !== null) return refuseRate(retryAfterSeconds);
	const isReachable = isAble && device.properties.online;
	return succeed({ action_attempt: parts.attempts.start(device, action, isReachable) });
}

/**
 * `/locks/lock_door` and `/locks/unlock_door`: the fake moves any lock of any workspace at once.
 */
export const commandLock = (parts: CommandParts, action: SeamActionType): SeamEndpoint =>
	defineEndpoint(COMMANDS, COMMAND, ({ device_id: deviceId }, call) => {
		const device = parts.store.findDevice(deviceId);
		const isOwn = device?.workspace_id === call.workspaceId && device.is_managed;
		return device && isOwn ? command(parts, device, action) : deviceNotFound();
	});

type PassOn = (call: SeamCall) => Promise<SeamAnswer>;

/** `/action_attempts/get`: the fake answers, after the read has been counted. */
export const getActionAttempt = (attempts: ActionAttempts, passOn: PassOn): SeamEndpoint =>
	defineEndpoint(READS, z.object({ action_attempt_id: z.string() }), (wanted, call) => {
		const { action_attempt_id: attemptId } = wanted;
		if (!attempts.isIn(call.workspaceId, attemptId)) {
			return refuse(404, 'action_attempt_not_found', 'action_attempt not found', {
				data: { action_attempt_id: attemptId },
			});
		}
		attempts.read(attemptId);
		return passOn(call);
	});
