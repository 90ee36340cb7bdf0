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
		description: 'Starts within seconds when Smartcar tells that a car has changed',
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
					'The credential needs the Application Management Token. Publish the workflow, then make a webhook in the Smartcar Dashboard with the production URL of this node and the signals of the group Closure. If this node is to subscribe the vehicles, fill in the Webhook ID that the Dashboard then shows, and publish again.',
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
					'The webhook of the Smartcar Dashboard to which the vehicles are subscribed when the workflow is published; empty = you subscribe them in the Dashboard',
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
