import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeLockNode } from '../shared/actions/executeLockNode';
import { operationSubtitle } from '../shared/forms/subtitles';
import { searchVehicles, testVolvoToken } from './volvoAccess';
import { volvoDefinition } from './api/volvoDefinition';
import { volvoProperties } from './volvoProperties';

export class Volvo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Volvo Cars',
		name: 'volvo',
		icon: { light: 'file:../../icons/volvo.svg', dark: 'file:../../icons/volvo.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle('all vehicles'),
		description: 'Read doors, windows and locks of Volvo cars, lock and unlock them',
		defaults: { name: 'Volvo Cars' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'volvoOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
			{
				name: 'volvoApi',
				required: true,
				testedBy: 'testVolvoToken',
				displayOptions: { show: { authentication: ['accessToken'] } },
			},
		],
		properties: volvoProperties,
	};

	methods = { listSearch: { searchVehicles }, credentialTest: { testVolvoToken } };

	async execute(this: IExecuteFunctions) {
		const apiVersion = this.getNodeParameter('apiVersion', 0, 'v2');
		const authentication = this.getNodeParameter('authentication', 0, 'oAuth2');
		return await executeLockNode(this, volvoDefinition(apiVersion, authentication));
	}
}
