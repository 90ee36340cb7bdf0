import type { INodeProperties, NodeHint } from 'n8n-workflow';

import type { WatchDefinition } from '../shared/triggers/polling/pollDefinition';
import {
	eventsField,
	leftMinutesField,
	leftTooShortHint,
	lockEvents,
	watchedDevicesField,
} from '../shared/forms/triggerFields';
import { seamDefinition } from './api/seamDefinition';

/** A poll takes two calls for any number of locks, so no budget is needed. */
export const seamWatch: WatchDefinition = {
	definition: seamDefinition,
	events: ['doorClosed', 'doorLeftOpen', 'doorOpened', 'leftUnlocked', 'locked', 'unlocked'],
	readingFor: () => ({ parts: 'lock', calls: 1 }),
};

export const seamWatchHints: NodeHint[] = [
	leftTooShortHint(
		"To be in time, choose a shorter poll interval, or raise 'Left for (Minutes)'.",
		'0',
	),
];

export const seamWatchProperties: INodeProperties[] = [
	eventsField(lockEvents),
	leftMinutesField,
	watchedDevicesField('lock', []),
];
