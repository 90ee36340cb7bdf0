import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeLockNode } from '../shared/operations/executeLockNode';
import { searchDevices } from '../shared/searchDevices';
import { OPERATION_SUBTITLE } from '../shared/subtitles';
import { seamDefinition } from './seamDefinition';
import { seamProperties } from './seamProperties';

export class Seam implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Seam',
		name: 'seam',
		icon: { light: 'file:../../icons/seam.svg', dark: 'file:../../icons/seam.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: OPERATION_SUBTITLE,
		description: 'Read, lock and unlock smart locks of many brands through Seam',
		defaults: { name: 'Seam' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'seamApi', required: true }],
		properties: seamProperties,
	};

	methods = {
		listSearch: {
			async searchLocks(
				this: ILoadOptionsFunctions,
				filter?: string,
				paginationToken?: string,
			): Promise<INodeListSearchResult> {
				return await searchDevices(this, seamDefinition, filter, paginationToken);
			},
		},
	};

	async execute(this: IExecuteFunctions) {
		return await executeLockNode(this, seamDefinition);
	}
}
