import type { INodeProperties } from 'n8n-workflow';

import { originCode } from './credentialHost';

/** The host that a credential uses. `custom` is for the simulators of this package. */
export function environmentFields(production: string, exampleHost: string): INodeProperties[] {
	return [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Custom', value: 'custom', description: 'Another host, such as a simulator' },
				{ name: 'Production', value: 'production', description: production },
			],
			default: 'production',
		},
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			default: '',
			placeholder: `e.g. ${exampleHost}`,
			required: true,
			displayOptions: { show: { environment: ['custom'] } },
			description:
				'Where the service answers: host and port, without a path, a user name or a password',
		},
	];
}

/**
 * The notice in a credential's form: where to find its values.
 * @param site A page of the service, as a link. The rest is plain text.
 */
export function whereToFind(before: string, site: Site, after: string): INodeProperties {
	return {
		displayName: `${before} <a href="${site.url}" target="_blank">${site.name}</a>${after}`,
		name: 'notice',
		type: 'notice',
		default: '',
	};
}

interface Site {
	name: string;
	url: string;
}

/** An expression for a credential's URL: on the custom host, or the vendor's own. */
export function urlExpression(path: string, productionUrl: string): string {
	return `={{ $self["environment"] === "custom" ? ${originCode('$self["host"]')} + "${path}" : "${productionUrl}" }}`;
}

/** The same for a credential test, where n8n calls the fields `$credentials`. */
export function testBaseUrl(productionOrigin: string): string {
	return `={{ $credentials.environment === "custom" ? ${originCode('$credentials.host')} : "${productionOrigin}" }}`;
}

/**
 * n8n's usual fields that let the owner of a credential request other scopes.
 * @param hint How the service treats scopes. A sentence without its full stop.
 */
export function scopeFields(scopes: string, hint: string): INodeProperties[] {
	return [
		{
			displayName: 'Custom Scopes',
			name: 'customScopes',
			type: 'boolean',
			default: false,
			description: `Whether to request other scopes than this package needs, for example read access only. ${hint}.`,
		},
		{
			displayName: 'Enabled Scopes',
			name: 'enabledScopes',
			type: 'string',
			default: scopes,
			displayOptions: { show: { customScopes: [true] } },
			description: 'Separated by spaces; connect again after a change',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: `={{ $self["customScopes"] ? $self["enabledScopes"] : "${scopes}" }}`,
		},
	];
}
