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
import { onlyTheseCodesField } from './events/onlyTheseCodes';
import { getDevices, testSeamKey } from './seamAccess';
import { seamWebhookEvents } from './triggerEventOptions';
import { createWebhook, deleteWebhook, webhookExists } from './webhook/seamWebhook';
import { seamWebhookSource } from './webhook/seamWebhookSource';

export class SeamWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Seam Webhook Trigger',
		name: 'seamWebhookTrigger',
		icon: { light: 'file:../../icons/seam.svg', dark: 'file:../../icons/seam.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: EVENTS_SUBTITLE,
		description: 'Starts within seconds when Seam reports an event at a smart lock',
		defaults: { name: 'Seam Webhook Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'seamApi', required: true, testedBy: 'testSeamKey' }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'seam' }],
		properties: [
			{
				displayName:
					'Seam must be able to reach this n8n over the internet. Publishing the workflow creates the webhook in Seam, and unpublishing removes it. Seam has no events for doors: use the Seam Trigger for them.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			eventsField(seamWebhookEvents, ['locked', 'unlocked']),
			watchedDevicesField('lock', []),
			onlyTheseCodesField,
		],
	};

	methods = { loadOptions: { getDevices }, credentialTest: { testSeamKey } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return await webhookExists(this);
			},
			async create(this: IHookFunctions) {
				return await createWebhook(this);
			},
			async delete(this: IHookFunctions) {
				return await deleteWebhook(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions) {
		return await receive(this, seamWebhookSource);
	}
}
