import type { INodeProperties } from 'n8n-workflow';

/**
 * Fields of 'Options' that all services share. Texts that differ between services are parameters.
 */

export const includeRaw: INodeProperties = {
	displayName: 'Include Raw Answer',
	name: 'includeRaw',
	type: 'boolean',
	default: false,
	description: "Whether to add the service's own answer under 'raw'",
};

/** @param description What the summary item contains. */
export function outputAs(description: string): INodeProperties {
	return {
		displayName: 'Output As',
		name: 'outputAs',
		type: 'options',
		displayOptions: { show: { '/target': ['all'] } },
		options: [
			{ name: 'One Item per Device', value: 'items' },
			{ name: 'One Summary', value: 'summary', description },
		],
		default: 'items',
		description: 'Whether to give one item for each device, or a single one for all of them',
	};
}

export const secureSummary = outputAs(
	'One item that says whether everything is secure; a device that could not be read counts as not known',
);

export const maxWaitSeconds: INodeProperties = {
	displayName: 'Max Wait (Seconds)',
	name: 'maxWaitSeconds',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 120,
	description:
		'How long one run may wait for rate limits and repeat readings. Anything not requested by then is reported as rateLimited.',
};

export const dryRun: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to check everything without sending a command',
};

export const requiredEvidence: INodeProperties = {
	displayName: 'Required Evidence',
	name: 'requiredEvidence',
	type: 'options',
	options: [
		{
			name: 'Sent',
			value: 'sent',
			description: 'Weakest: the service accepted the command; nothing is known about the device',
		},
		{
			name: 'Acknowledged',
			value: 'acknowledged',
			description: 'Stronger: the service reports that it is done',
		},
		{
			name: 'Verified',
			value: 'verified',
			description: 'Strongest: the device itself confirmed it',
		},
	],
	default: 'acknowledged',
	description:
		'What has to be proven before the node succeeds, from weakest to strongest. If it is not reached in time, the item fails as notConfirmed.',
};

export const checkOpenings: INodeProperties = {
	displayName: 'Check Openings',
	name: 'checkOpenings',
	type: 'boolean',
	default: false,
	description:
		'Whether to send nothing and fail as doorOpen when a door is known to be open. A door whose state is not known does not stop the command.',
};

export function skipIfAlready(description: string): INodeProperties {
	return {
		displayName: 'Skip If Already',
		name: 'skipIfAlready',
		type: 'boolean',
		default: false,
		description,
	};
}

export function timeoutSeconds(defaultSeconds: number): INodeProperties {
	return {
		displayName: 'Timeout (Seconds)',
		name: 'timeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: defaultSeconds,
		description: 'How long to wait for the required evidence, from the moment the command is sent',
	};
}

export function maxAgeMinutes(description: string): INodeProperties {
	return {
		displayName: 'Max Age (Minutes)',
		name: 'maxAgeMinutes',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description,
	};
}
