import type {
	IHookFunctions,
	INodeProperties,
	INodePropertyOptions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { LEFT_EVENTS, vehicleEvents } from '../../shared/forms/triggerFields';
import { optionParameter } from '../../shared/n8n/parameterValues';
import { chosenEvents, parameter } from '../../shared/triggers/triggerParameters';

/**
 * The events that Smartcar delivers. Only a polling trigger can measure how long something stays
 * open.
 */
export const smartcarWebhookEvents: INodePropertyOptions[] = [
	...vehicleEvents.filter(({ value }) => !LEFT_EVENTS.some((event) => event === value)),
	{
		name: 'Vehicle Error',
		value: 'vehicleError',
		action: 'On vehicle error',
		description: 'Smartcar cannot read a vehicle, or can again: the reason and its state',
	},
].sort((a, b) => a.name.localeCompare(b.name));

export const vehicleErrorsAboutField: INodeProperties = {
	displayName: 'Vehicle Errors About',
	name: 'vehicleErrorsAbout',
	type: 'options',
	displayOptions: { show: { events: ['vehicleError'] } },
	options: [
		{
			name: 'Doors, Windows and Locks',
			value: 'locks',
			description:
				'Errors that keep a lock, door, window, trunk or hood from being read, or that are about the whole vehicle',
		},
		{
			name: 'Everything',
			value: 'all',
			description: 'Also errors about other signals of the webhook, such as the odometer',
		},
	],
	default: 'locks',
	description: 'Which errors of a vehicle start the workflow',
};

/** @throws Failure `badRequest` when 'Vehicle Errors About' has an unknown value. */
export function includeAllErrors(context: IHookFunctions | IWebhookFunctions): boolean {
	const about = parameter(context, 'vehicleErrorsAbout', 'locks');
	return optionParameter('Vehicle Errors About', about, ['locks', 'all']) === 'all';
}

/** @throws Failure `badRequest` when 'Trigger On' is empty or contains an unknown event. */
export function chosenWebhookEvents(
	context: IHookFunctions | IWebhookFunctions,
): ReadonlySet<string> {
	return chosenEvents(
		context,
		smartcarWebhookEvents.map(({ value }) => String(value)),
	);
}
