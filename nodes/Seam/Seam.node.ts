import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeLockNode } from '../shared/actions/executeLockNode';
import { operationSubtitle } from '../shared/forms/subtitles';
import { seamDefinition } from './api/seamDefinition';
import { searchLocks, testSeamKey } from './seamAccess';
import { seamProperties } from './seamProperties';

export class Seam implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Seam',
		name: 'seam',
		icon: { light: 'file:../../icons/seam.svg', dark: 'file:../../icons/seam.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle('all locks'),
		description: 'Read, lock and unlock smart locks of many brands through Seam',
		defaults: { name: 'Seam' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'seamApi', required: true, testedBy: 'testSeamKey' }],
		properties: seamProperties,
	};

	methods = { listSearch: { searchLocks }, credentialTest: { testSeamKey } };

	async execute(this: IExecuteFunctions) {
		return await executeLockNode(this, seamDefinition);
	}
}
