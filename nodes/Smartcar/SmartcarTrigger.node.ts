import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { EVENTS_SUBTITLE } from '../shared/forms/subtitles';
import { pollDevices } from '../shared/triggers/polling/poll';
import { getDevices } from './smartcarAccess';
import { smartcarWatch, smartcarWatchHints, smartcarWatchProperties } from './smartcarWatch';

export class SmartcarTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Smartcar Trigger',
		name: 'smartcarTrigger',
		icon: { light: 'file:../../icons/smartcar.svg', dark: 'file:../../icons/smartcar.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: EVENTS_SUBTITLE,
		description: 'Starts when a car is locked or unlocked, or a door or window opened or closed',
		// else n8n's canvas says that it waits for an event, while it fetches one
		eventTriggerDescription: '',
		defaults: { name: 'Smartcar Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
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
		hints: smartcarWatchHints,
		properties: smartcarWatchProperties,
	};

	methods = { loadOptions: { getDevices } };

	async poll(this: IPollFunctions) {
		return await pollDevices(this, smartcarWatch(this.getNodeParameter('apiVersion', 'v3')));
	}
}
