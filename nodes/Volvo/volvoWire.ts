import type { Command } from '../shared/evidence';
import type { WireRequest } from '../shared/http';

export type VolvoApiVersion = 'v1' | 'v2';

export type VolvoResource = keyof typeof V1_TYPES;

/** How one version of Volvo's API wants to be asked. */
export interface VolvoWire {
	root: string;
	/** `accept` for what a path answers. */
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
	/** Locks with the alarm for movements inside switched off. */
	reducedGuard: boolean;
	/** Seconds for which v1 frees the tailgate. */
	unlockDuration: number;
}

const VENDOR = 'application/vnd.volvocars.api.connected-vehicle.';
const V1_TYPES = {
	list: 'vehiclelist',
	vehicle: 'vehicle',
	state: 'vehicledata',
	request: 'requestdetailresponse',
	commands: 'commandlist',
	'command-accessibility': 'commands.accessibility',
};

/** The user's own document describes v1; Volvo announced its end for April 2024 and moved on to v2. */
export const VOLVO_WIRES: Record<VolvoApiVersion, VolvoWire> = {
	v1: {
		root: '/connected-vehicle/v1',
		accept: (resource) => `${VENDOR}${V1_TYPES[resource]}.v1+json`,
		command: (command, { unlockDuration }) => ({
			name: command,
			headers: { 'content-type': `${VENDOR}${command}.v1+json` },
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
