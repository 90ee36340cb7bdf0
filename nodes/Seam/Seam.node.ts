import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeLockNode } from '../shared/actions/executeLockNode';
import { operationSubtitle } from '../shared/forms/subtitles';
import { seamDefinition } from './api/seamDefinition';
import { executeGuestCodes } from './codes/executeGuestCodes';
import { executeEvents } from './events/executeEvents';
import { getDevices, searchLocks, testSeamKey } from './seamAccess';
import { seamProperties } from './seamProperties';

/** How the subtitle names operations that are not about locks. */
const OF_CODES =
	'{ get: "Get code", getMany: "Get codes", remove: "Remove code", set: "Set code" }';
/** Without `?.[`, which n8n's expressions cannot have. */
const OWN_OPERATIONS = `($parameter["resource"] === "event" ? "Get events" : $parameter["resource"] === "guestCode" ? ${OF_CODES}[$parameter["operation"]] : undefined)`;

export class Seam implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Seam',
		name: 'seam',
		icon: { light: 'file:../../icons/seam.svg', dark: 'file:../../icons/seam.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle('all locks', OWN_OPERATIONS),
		description:
			'Read, lock and unlock smart locks of many brands, and set guest codes, through Seam',
		defaults: { name: 'Seam' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'seamApi', required: true, testedBy: 'testSeamKey' }],
		properties: seamProperties,
	};

	methods = {
		listSearch: { searchLocks },
		loadOptions: { getDevices },
		credentialTest: { testSeamKey },
	};

	async execute(this: IExecuteFunctions) {
		switch (this.getNodeParameter('resource', 0, 'lock')) {
			case 'event':
				return await executeEvents(this);
			case 'guestCode':
				return await executeGuestCodes(this);
			default:
				return await executeLockNode(this, seamDefinition);
		}
	}
}
