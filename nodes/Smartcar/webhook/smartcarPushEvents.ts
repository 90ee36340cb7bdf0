import type { IHookFunctions, INodePropertyOptions, IWebhookFunctions } from 'n8n-workflow';

import { vehicleEvents } from '../../shared/forms/triggerFields';
import { chosenEvents } from '../../shared/triggers/triggerParameters';

/** What Smartcar pushes; how long something stays open only a polling trigger can tell. */
export const smartcarPushEvents: INodePropertyOptions[] = [
	...vehicleEvents.filter(({ value }) => !String(value).startsWith('left')),
	{
		name: 'Vehicle Error',
		value: 'vehicleError',
		action: 'On vehicle error',
		description: 'Smartcar cannot read a vehicle, or can again: the reason and its state',
	},
].sort((a, b) => a.name.localeCompare(b.name));

/** @throws Failure `badRequest` when 'Trigger On' names none, or another one. */
export function chosenPushEvents(context: IHookFunctions | IWebhookFunctions): ReadonlySet<string> {
	return chosenEvents(
		context,
		smartcarPushEvents.map(({ value }) => String(value)),
	);
}
