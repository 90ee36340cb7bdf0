import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Command } from '../model/evidence';
import { shownName, type FailureFacts } from '../model/failure';
import { comparableId } from '../model/vin';
import type { Caller } from './caller';

/** Returns why `command` must not be sent to this device, or `undefined` if it may be. */
export function unlockPolicyFailure(
	command: Command,
	deviceId: string,
	credentials: ICredentialDataDecryptedObject,
	caller: Caller,
): FailureFacts | undefined {
	const forAll = unlockPolicyFailureForAll(command, credentials, caller);
	if (forAll !== undefined || command !== 'unlock') return forAll;
	if (mayUnlockDevice(credentials, deviceId)) return undefined;
	return refused(
		`This credential does not allow unlocking the device "${shownName(deviceId)}"`,
		"add it to 'Unlock Only These Devices'",
	);
}

/**
 * Returns why `command` must not be sent to any device, or `undefined` if that depends on the
 * device.
 */
export function unlockPolicyFailureForAll(
	command: Command,
	credentials: ICredentialDataDecryptedObject,
	caller: Caller,
): FailureFacts | undefined {
	if (command !== 'unlock') return undefined;
	const who = whoMayUnlock(credentials.unlock);
	if (who === 'never') {
		return refusedForAll('This credential does not allow unlocking', "set 'Unlocking' to allow it");
	}
	if (caller === 'workflow' || who === 'workflowsAndAgents') return undefined;
	if (who === 'workflows') {
		return refusedForAll(
			'This credential does not allow AI agents to unlock',
			"set 'Unlocking' to 'By Workflows, and by AI Agents After Human Review' or to 'By Workflows and AI Agents'",
		);
	}
	return caller === 'reviewedAgent' ? undefined : NOT_REVIEWED;
}

const NOT_REVIEWED: FailureFacts = {
	reason: 'unlockNotAllowed',
	what: 'This credential lets an AI agent unlock only after a person has approved the call',
	userAction:
		"In a workflow, connect the tool to a human review step, and that to an AI Agent 3 or newer; a review that is pinned or timed out does not count, and neither does an approval in n8n's own Agents",
	notExecuted: true,
	ofOneDevice: false,
};

const WHO_MAY_UNLOCK = ['workflows', 'workflowsAndReviewedAgents', 'workflowsAndAgents'] as const;

/** A credential saved before this field existed has no value, so n8n's default applies. */
function whoMayUnlock(value: unknown): (typeof WHO_MAY_UNLOCK)[number] | 'never' {
	if (value === undefined) return 'workflows';
	return WHO_MAY_UNLOCK.find((who) => who === value) ?? 'never';
}

/**
 * An empty string allows every device. So does a credential saved before this field existed. A
 * value of any other type allows none, such as the result of an expression with a missing variable.
 */
function mayUnlockDevice(credentials: ICredentialDataDecryptedObject, deviceId: string): boolean {
	if (!('unlockDevices' in credentials)) return true;
	const listed: unknown = credentials.unlockDevices;
	if (typeof listed !== 'string') return false;
	if (listed.trim() === '') return true;
	const wanted = comparableId(deviceId);
	return listed.split(',').some((id) => comparableId(id) === wanted);
}

function refusedForAll(what: string, change: string): FailureFacts {
	return { ...refused(what, change), ofOneDevice: false };
}

function refused(what: string, change: string): FailureFacts {
	return {
		reason: 'unlockNotAllowed',
		what,
		userAction: `The owner of the credential can ${change}`,
		notExecuted: true,
	};
}
