import type { IDataObject } from 'n8n-workflow';

import type { ServiceDefinition, WantedParts } from '../../service/lockService';
import type { CallBudget } from './budget';
import type { NoticeContent } from '../../model/lockLog';
import type { WatchEvent } from '../changes/change';

/** What a polling trigger needs to know about its service. */
export interface WatchDefinition {
	definition: ServiceDefinition;
	/** The events that the service supports. */
	events: readonly WatchEvent[];
	/** Events of its log that are no changes of a lock: a sample of each, by the event's name. */
	notices?: ReadonlyMap<string, NoticeContent>;
	/**
	 * The call budget, if the service limits readings.
	 * @throws Failure `badRequest` if the option for it is invalid.
	 */
	budgetOf?(options: IDataObject): CallBudget;
	/** What the user can do if the readings are too far apart for the "left" events. */
	howLeftInTime?: string;
	/** The parts to read for these events, and the calls that this takes for each device. */
	readingFor(events: ReadonlySet<WatchEvent>): { parts: WantedParts; calls: number };
}
