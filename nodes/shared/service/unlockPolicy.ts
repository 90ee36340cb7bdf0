import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Command } from '../model/evidence';
import { shownName, type FailureFacts } from '../model/failure';
import { comparableId } from '../model/vin';

/** Says why `command` must not be sent to this device, or `undefined` when it may. */
export function fenceFailure(
	command: Command,
	deviceId: string,
	credentials: ICredentialDataDecryptedObject,
	nodeType: string,
): FailureFacts | undefined {
	const forAll = fenceAgainstAll(command, credentials, nodeType);
	if (forAll !== undefined || command !== 'unlock') return forAll;
	if (mayUnlockDevice(credentials, deviceId)) return undefined;
	return refused(
		`This credential does not allow unlocking the device "${shownName(deviceId)}"`,
		"add it to 'Unlock Only These Devices'",
	);
}

/** Says why `command` must be sent to no device at all, or `undefined` when it depends on the device. */
export function fenceAgainstAll(
	command: Command,
	credentials: ICredentialDataDecryptedObject,
	nodeType: string,
): FailureFacts | undefined {
	if (command !== 'unlock') return undefined;
	const who = whoMayUnlock(credentials.unlock);
	if (who === 'never') {
		return refusedForAll('This credential does not allow unlocking', "set 'Unlocking' to allow it");
	}
	if (who === 'workflows' && isAiTool(nodeType)) {
		return refusedForAll(
			'This credential does not allow AI agents to unlock',
			"set 'Unlocking' to 'By Workflows and AI Agents'",
		);
	}
	return undefined;
}

/** A credential that was saved before this field existed holds no value, and n8n's default counts. */
function whoMayUnlock(value: unknown): 'workflows' | 'workflowsAndAgents' | 'never' {
	if (value === undefined || value === 'workflows') return 'workflows';
	return value === 'workflowsAndAgents' ? value : 'never';
}

/** n8n names the tool variant of a node so; `isToolExecution()` is wrong in newer agents. */
export function isAiTool(nodeType: string): boolean {
	return nodeType.endsWith('Tool');
}

/**
 * An empty text means every device, and so does a credential that was saved before this field existed. A value of
 * another kind means none, also what an expression gives whose variable is missing.
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
