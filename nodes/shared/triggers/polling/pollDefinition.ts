import type { IDataObject } from 'n8n-workflow';

import type { ServiceDefinition, WantedParts } from '../../service/lockService';
import type { CallBudget } from './budget';
import type { WatchEvent } from '../changes/change';

/** What a polling trigger needs to know of its service. */
export interface WatchDefinition {
	definition: ServiceDefinition;
	/** Which events a service can tell. */
	events: readonly WatchEvent[];
	/**
	 * Where readings are scarce: how many there may be.
	 * @throws Failure `badRequest` when its option makes no sense.
	 */
	budgetOf?(options: IDataObject): CallBudget;
	/** What a person can do where that is too seldom for the events about what was left so. */
	howLeftInTime?: string;
	/** What has to be read for these events, and how many calls that is for each device. */
	readingFor(events: ReadonlySet<WatchEvent>): { parts: WantedParts; calls: number };
}
