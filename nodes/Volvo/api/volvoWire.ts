import type { Command } from '../../shared/model/evidence';
import type { WireRequest } from '../../shared/http/request';

export type VolvoApiVersion = 'v1' | 'v2';

export type VolvoResource = keyof typeof RESOURCES;

/** The request formats of one version of Volvo's API. */
export interface VolvoWire {
	root: string;
	/** `accept` for the answer of a path. */
	accept(resource: VolvoResource): string;
	/** Name, headers and body of a command; v2 takes no body. */
	command(
		command: Command,
		options: VolvoCommandOptions,
	): Pick<WireRequest, 'headers' | 'body'> & {
		name: string;
	};
}

export interface VolvoCommandOptions {
	/** Locks with the interior movement sensors of the alarm switched off. */
	reducedGuard: boolean;
	/** Seconds for which v1 unlocks the tailgate. */
	unlockDuration: number;
}

const VENDOR = 'application/vnd.volvocars.api.connected-vehicle.';
/**
 * v1's content type of an answer, and the scopes that the request needs. Source: Volvo's developer
 * portal.
 */
const RESOURCES = {
	list: { v1Type: 'vehiclelist', scopes: ['conve:vehicle_relation'] },
	vehicle: { v1Type: 'vehicle', scopes: ['conve:vehicle_relation'] },
	doors: { v1Type: 'vehicledata', scopes: ['conve:doors_status', 'conve:lock_status'] },
	windows: { v1Type: 'vehicledata', scopes: ['conve:windows_status'] },
	request: { v1Type: 'requestdetailresponse', scopes: ['conve:commands'] },
	commands: { v1Type: 'commandlist', scopes: ['conve:commands'] },
	'command-accessibility': {
		v1Type: 'commands.accessibility',
		scopes: ['conve:command_accessibility'],
	},
};

export function scopesToRead(resource: VolvoResource): string[] {
	return RESOURCES[resource].scopes;
}

export function scopesToSend(command: Command): string[] {
	return [`conve:${command}`];
}

/**
 * The user's own document describes v1. Volvo announced its end for April 2024 and moved on to v2.
 */
export const VOLVO_WIRES: Record<VolvoApiVersion, VolvoWire> = {
	v1: {
		root: '/connected-vehicle/v1',
		accept: (resource) => `${VENDOR}${RESOURCES[resource].v1Type}.v1+json`,
		command: (command, { unlockDuration }) => ({
			name: command,
			headers: {
				'content-type': `${VENDOR}${command}.v1+json`,
				// the page of the commands names no type for the answer, Volvo's description does
				accept: `${VENDOR}commandinvokeresponse.v1+json, application/json;q=0.5`,
			},
			...(command === 'unlock' ? { body: JSON.stringify({ unlockDuration }) } : {}),
		}),
	},
	v2: {
		root: '/connected-vehicle/v2',
		accept: () => 'application/json',
		command: (command, { reducedGuard }) => ({
			name: command === 'lock' && reducedGuard ? 'lock-reduced-guard' : command,
			headers: { 'content-type': 'application/json' },
		}),
	},
};
