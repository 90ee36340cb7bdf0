import type { INodePropertyOptions } from 'n8n-workflow';

import { vehicleEvents } from '../shared/watch/watchFields';

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
