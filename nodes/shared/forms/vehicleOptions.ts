import type { INodeProperties } from 'n8n-workflow';

import { SECURE_PARTS } from '../model/reading';
import { SECURE_PART_NAMES } from '../model/security';
import * as options from './optionFields';

/** Options of all vehicle services. Their readings cost a call and have an age. */

const maxAge = options.maxAgeMinutes(
	'At which age a reading is marked as stale; 0 = never. The age counts from when the vehicle last reported the value to the service.',
);

const freshAge: INodeProperties = {
	...options.maxAgeMinutes("How old a reading may be for 'Skip If Already'"),
	default: 5,
};

const skipIfAlready = options.skipIfAlready(
	"Whether to read first, and send nothing if a reading no older than 'Max Age (Minutes)' already shows the wanted state. Costs one call.",
);

const timeoutSeconds = options.timeoutSeconds(180);

export const readOptions = [options.includeRaw, maxAge, options.maxWaitSeconds];

/** @param cost What reading windows costs, if anything. A sentence with a trailing space. */
export function secureParts(cost = ''): INodeProperties {
	return {
		displayName: 'Parts That Count',
		name: 'secureParts',
		type: 'multiOptions',
		options: [
			{ name: SECURE_PART_NAMES.doors, value: 'doors' },
			{
				name: SECURE_PART_NAMES.sunroof,
				value: 'sunroof',
				description: 'Leave it out for a vehicle without one whose sunroof is always unknown',
			},
			{
				name: SECURE_PART_NAMES.trunk,
				value: 'trunk',
				description: 'Trunk, front trunk and hood',
			},
			{ name: SECURE_PART_NAMES.windows, value: 'windows' },
		],
		default: [...SECURE_PARTS],
		description: `What has to be closed, besides the lock being locked, for 'secure' to be true. ${cost}If none is chosen, only the lock counts.`,
	};
}

export const statusOptions = [...readOptions, options.secureSummary];

export const windowOptions = [
	...readOptions,
	options.outputAs(
		'One item that says whether all windows are closed; a vehicle that could not be read counts as not known',
	),
];

export const unlockOptions = [
	options.dryRun,
	freshAge,
	options.maxWaitSeconds,
	options.requiredEvidence,
	skipIfAlready,
	timeoutSeconds,
];

export const lockOptions = [options.checkOpenings, ...unlockOptions];
