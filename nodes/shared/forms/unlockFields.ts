import type { INodeProperties } from 'n8n-workflow';

/**
 * Credential fields that restrict unlocking, in every credential of this package.
 * @param exampleId A device ID in the service's format.
 * @param exampleHost The host of the service's API.
 */
export function unlockPolicyFields(exampleId: string, exampleHost: string): INodeProperties[] {
	return [
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
					name: 'By Workflows, and by AI Agents After Human Review',
					value: 'workflowsAndReviewedAgents',
					description:
						"An AI agent may unlock once a person has approved this exact call in n8n's human review",
				},
				{
					name: 'By Workflows and AI Agents',
					value: 'workflowsAndAgents',
					description: 'An AI agent that uses the node as a tool may also unlock',
				},
				{
					name: 'Never',
					value: 'never',
					description: 'This credential can read and lock only',
				},
			],
			default: 'workflows',
			description:
				'Who may unlock with this credential. People with whom it is shared cannot change this. Before n8n 2.33, the old HTTP Request Tool of AI agents can bypass it.',
		},
		{
			displayName: 'Unlock Only These Devices',
			name: 'unlockDevices',
			type: 'string',
			default: '',
			placeholder: `e.g. ${exampleId}`,
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
				"Whether n8n's HTTP Request node may use this credential. Any choice but None makes it possible to bypass Unlocking. Before n8n 2.33, the old HTTP Request Tool ignores this field.",
		},
		{
			displayName: 'Allowed Domains',
			name: 'allowedDomains',
			type: 'string',
			default: '',
			placeholder: `e.g. ${exampleHost}`,
			displayOptions: { show: { allowedHttpRequestDomains: ['domains'] } },
			description: 'Comma-separated list of domains; * matches any subdomain',
		},
	];
}
