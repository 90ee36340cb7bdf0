import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { EVENTS_SUBTITLE } from '../shared/forms/subtitles';
import { eventsField, watchedDevicesField } from '../shared/forms/triggerFields';
import { receive } from '../shared/triggers/webhook/receive';
import { getDevicesOfV3 } from './smartcarAccess';
import { smartcarWebhookEvents, vehicleErrorsAboutField } from './webhook/smartcarWebhookEvents';
import { subscribeVehicles } from './webhook/smartcarSubscriptions';
import { smartcarWebhookSource } from './webhook/smartcarWebhookSource';

export class SmartcarWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Smartcar Webhook Trigger',
		name: 'smartcarWebhookTrigger',
		icon: { light: 'file:../../icons/smartcar.svg', dark: 'file:../../icons/smartcar.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: EVENTS_SUBTITLE,
		description: 'Starts within seconds when Smartcar reports a change to a car',
		defaults: { name: 'Smartcar Webhook Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'smartcarOAuth2Api', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'smartcar' },
		],
		properties: [
			{
				displayName:
					'The credential needs the Application Management Token. Publish the workflow, then create a webhook in the Smartcar Dashboard with the production URL of this node and the signals of the group Closure. To let this node subscribe the vehicles, enter the Webhook ID that the Dashboard shows, and publish again.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			eventsField(smartcarWebhookEvents),
			vehicleErrorsAboutField,
			watchedDevicesField('vehicle', []),
			{
				displayName: 'Webhook ID',
				name: 'webhookId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 3f1a2b4c-5d6e-4f70-8a91-b2c3d4e5f607',
				description:
					'The webhook in the Smartcar Dashboard to which publishing subscribes the vehicles. Leave empty to subscribe them in the Dashboard yourself.',
			},
		],
	};

	methods = { loadOptions: { getDevices: getDevicesOfV3 } };

	webhookMethods = {
		default: {
			// the webhook itself lives in Smartcar's Dashboard; what can be made here is made each time
			async checkExists(this: IHookFunctions) {
				return await Promise.resolve(false);
			},
			async create(this: IHookFunctions) {
				return await subscribeVehicles(this);
			},
			async delete(this: IHookFunctions) {
				return await Promise.resolve(true);
			},
		},
	};

	async webhook(this: IWebhookFunctions) {
		return await receive(this, smartcarWebhookSource);
	}
}
