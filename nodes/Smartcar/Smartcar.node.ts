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
import { smartcarDefinition } from './smartcarDefinition';
import { smartcarProperties } from './smartcarProperties';

export class Smartcar implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Smartcar',
		name: 'smartcar',
		icon: { light: 'file:../../icons/smartcar.svg', dark: 'file:../../icons/smartcar.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: OPERATION_SUBTITLE,
		description: 'Read doors, windows and locks of cars of many makers, lock and unlock them',
		defaults: { name: 'Smartcar' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'smartcarOAuth2Api',
				required: true,
				displayOptions: { show: { apiVersion: ['v3'] } },
			},
			{
				name: 'smartcarV2OAuth2Api',
				required: true,
				displayOptions: { show: { apiVersion: ['v2'] } },
			},
		],
		properties: smartcarProperties,
	};

	methods = {
		listSearch: {
			async searchVehicles(
				this: ILoadOptionsFunctions,
				filter?: string,
			): Promise<INodeListSearchResult> {
				const definition = smartcarDefinition(this.getCurrentNodeParameter('apiVersion'));
				return await searchDevices(this, definition, filter);
			},
		},
	};

	async execute(this: IExecuteFunctions) {
		const definition = smartcarDefinition(this.getNodeParameter('apiVersion', 0, 'v3'));
		return await executeLockNode(this, definition);
	}
}
