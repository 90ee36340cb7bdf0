import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';

import type { Command } from './evidence';
import { shownName, type FailureFacts } from './failure';
import { isVin } from './vin';

/** Credential fields that fence unlocking, in every credential of this pack. */
export const unlockFenceFields: INodeProperties[] = [
	{
		displayName: 'Unlocking',
		name: 'unlock',
		type: 'options',
		options: [
			{
				name: 'By Workflows',
				value: 'workflows',
				description: 'Unlock steps of workflows may unlock, AI agents may not',
			},
			{
				name: 'By Workflows and AI Agents',
				value: 'workflowsAndAgents',
				description: 'An AI agent that uses the node as a tool may unlock as well',
			},
			{
				name: 'Never',
				value: 'never',
				description: 'This credential can read and lock only',
			},
		],
		default: 'workflows',
		description:
			'Who may unlock with this credential. People with whom it is shared cannot change this.',
	},
	{
		displayName: 'Unlock Only These Devices',
		name: 'unlockDevices',
		type: 'string',
		default: '',
		placeholder: 'e.g. 11111111-1111-4111-8111-111111111111',
		displayOptions: { hide: { unlock: ['never'] } },
		description:
			'Comma-separated IDs of the only devices that may be unlocked. Leave empty to allow all of them.',
	},
	{
		displayName: 'Allowed HTTP Request Domains',
		name: 'allowedHttpRequestDomains',
		type: 'options',
		options: [
			{
				name: 'All',
				value: 'all',
				description: 'Any HTTP Request node may use this credential, also to unlock',
			},
			{
				name: 'None',
				value: 'none',
				description: 'Only the nodes of this package may use this credential',
			},
			{
				name: 'Specific Domains',
				value: 'domains',
				description:
					'HTTP Request nodes may use this credential for the domains below, also to unlock',
			},
		],
		default: 'none',
		description:
			"Whether n8n's HTTP Request node may use this credential. Anything but None opens a way around the two fields above.",
	},
	{
		displayName: 'Allowed Domains',
		name: 'allowedDomains',
		type: 'string',
		default: '',
		placeholder: 'e.g. connect.getseam.com',
		displayOptions: { show: { allowedHttpRequestDomains: ['domains'] } },
		description: 'Comma-separated list of domains; * stands for any subdomain',
	},
];

/** Says why `command` must not be sent to this device, or `undefined` when it may. */
export function fenceFailure(
	command: Command,
	deviceId: string,
	credentials: ICredentialDataDecryptedObject,
	nodeType: string,
): FailureFacts | undefined {
	const forAll = fenceAgainstAll(command, credentials, nodeType);
	if (forAll !== undefined || command !== 'unlock') return forAll;
	if (mayUnlockDevice(credentials.unlockDevices, deviceId)) return undefined;
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
		return refused('This credential does not allow unlocking', "set 'Unlocking' to allow it");
	}
	if (who === 'workflows' && isAiTool(nodeType)) {
		return refused(
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
function isAiTool(nodeType: string): boolean {
	return nodeType.endsWith('Tool');
}

/** Nothing listed means every device; a value of another kind means none. */
function mayUnlockDevice(listed: unknown, deviceId: string): boolean {
	if (listed === undefined) return true;
	if (typeof listed !== 'string') return false;
	if (listed.trim() === '') return true;
	return listed.split(',').some((id) => comparable(id) === comparable(deviceId));
}

/** VINs are the same in small letters; of other ids nobody says so. */
function comparable(deviceId: string): string {
	const id = deviceId.trim();
	return isVin(id) ? id.toUpperCase() : id;
}

function refused(what: string, change: string): FailureFacts {
	return {
		reason: 'unlockNotAllowed',
		what,
		userAction: `The owner of the credential can ${change}`,
		notExecuted: true,
	};
}
