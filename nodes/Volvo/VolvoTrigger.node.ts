import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { EVENTS_SUBTITLE } from '../shared/forms/subtitles';
import { pollDevices } from '../shared/triggers/polling/poll';
import { getDevices, testVolvoToken } from './volvoAccess';
import { volvoWatch, volvoWatchHints, volvoWatchProperties } from './volvoWatch';

export class VolvoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Volvo Cars Trigger',
		name: 'volvoTrigger',
		icon: { light: 'file:../../icons/volvo.svg', dark: 'file:../../icons/volvo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: EVENTS_SUBTITLE,
		description: 'Starts when a Volvo is locked or unlocked, or a door or window opened or closed',
		// else n8n's canvas says that it waits for an event, while it fetches one
		eventTriggerDescription: '',
		defaults: { name: 'Volvo Cars Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
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
		hints: volvoWatchHints,
		properties: volvoWatchProperties,
	};

	methods = { loadOptions: { getDevices }, credentialTest: { testVolvoToken } };

	async poll(this: IPollFunctions) {
		const apiVersion = this.getNodeParameter('apiVersion', 'v2');
		const authentication = this.getNodeParameter('authentication', 'oAuth2');
		return await pollDevices(this, volvoWatch(apiVersion, authentication));
	}
}
