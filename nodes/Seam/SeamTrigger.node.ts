import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { lockTriggerForm, lockTriggerHints } from '../shared/forms/lockForm';
import { EVENTS_SUBTITLE } from '../shared/forms/subtitles';
import { pollDevices } from '../shared/triggers/polling/poll';
import { watchLocks } from '../shared/triggers/polling/watchLocks';
import { seamDefinition } from './api/seamDefinition';
import { SAMPLE_NOTICES } from './api/seamNotices';
import { completePoll } from './events/completePoll';
import { onlyTheseCodesField } from './events/onlyTheseCodes';
import { samplesWithCodes } from './events/sampleCodes';
import { getDevices, testSeamKey } from './seamAccess';
import { seamPollEvents } from './triggerEventOptions';

const watch = { ...watchLocks(seamDefinition), notices: SAMPLE_NOTICES, complete: completePoll };

export class SeamTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Seam Trigger',
		name: 'seamTrigger',
		icon: { light: 'file:../../icons/seam.svg', dark: 'file:../../icons/seam.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: EVENTS_SUBTITLE,
		description: 'Starts when a smart lock is locked or unlocked, or its door opened or closed',
		// else n8n's canvas says that it waits for an event, while it fetches one
		eventTriggerDescription: '',
		defaults: { name: 'Seam Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'seamApi', required: true, testedBy: 'testSeamKey' }],
		hints: lockTriggerHints,
		properties: [...lockTriggerForm(seamPollEvents), onlyTheseCodesField],
	};

	methods = { loadOptions: { getDevices }, credentialTest: { testSeamKey } };

	async poll(this: IPollFunctions) {
		const items = await pollDevices(this, watch);
		return this.getMode() === 'manual' ? samplesWithCodes(this, items) : items;
	}
}
