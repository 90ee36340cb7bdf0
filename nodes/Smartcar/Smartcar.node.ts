import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeLockNode } from '../shared/actions/executeLockNode';
import { operationSubtitle } from '../shared/forms/subtitles';
import { searchVehicles } from './smartcarAccess';
import { smartcarDefinition } from './api/smartcarDefinition';
import { smartcarProperties } from './smartcarProperties';

export class Smartcar implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Smartcar',
		name: 'smartcar',
		icon: { light: 'file:../../icons/smartcar.svg', dark: 'file:../../icons/smartcar.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle('all vehicles'),
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

	methods = { listSearch: { searchVehicles } };

	async execute(this: IExecuteFunctions) {
		const definition = smartcarDefinition(this.getNodeParameter('apiVersion', 0, 'v3'));
		return await executeLockNode(this, definition);
	}
}
