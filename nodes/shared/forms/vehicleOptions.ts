import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import * as options from './optionFields';

/** Options that all services for vehicles offer, where a reading costs a call and tells its age. */

const maxAge = options.maxAgeMinutes(
	'From which age a reading is marked as stale; 0 = never. It counts from when the service last heard the value from the vehicle.',
);

const freshAge: INodeProperties = {
	...options.maxAgeMinutes("How old a reading may be for 'Skip If Already'"),
	default: 5,
};

const skipIfAlready = options.skipIfAlready(
	"Whether to read first, and to send nothing when a reading that is no older than 'Max Age (Minutes)' shows the wanted state. Costs one call.",
);

const timeoutSeconds = options.timeoutSeconds(180);

export const readOptions = [options.includeRaw, maxAge, options.maxWaitSeconds];

export const unlockOptions = [
	options.dryRun,
	freshAge,
	options.maxWaitSeconds,
	options.requiredEvidence,
	skipIfAlready,
	timeoutSeconds,
];

export const lockOptions = [options.checkOpenings, ...unlockOptions];

/** Operations that read the same for every service for vehicles. */
export const getWindows: INodePropertyOptions = {
	name: 'Get Windows',
	value: 'getWindows',
	action: 'Get windows',
	description: 'Read the windows and the sunroof of vehicles',
};

export const lockVehicle: INodePropertyOptions = {
	name: 'Lock',
	value: 'lock',
	action: 'Lock a vehicle',
	description: 'Lock and wait until it is proven',
};
