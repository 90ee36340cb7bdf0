import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { ServiceDefinition, WantedParts } from '../../service/lockService';
import type { CallBudget } from './budget';
import type { NoticeContent } from '../../model/lockLog';
import type { Reading } from '../../model/lockStatus';
import type { Session } from '../../service/session';
import type { WatchEvent } from '../changes/change';
import type { TriggerState } from '../triggerState';

/** A poll that is about to be stored. */
export interface CompletedPoll {
	context: IPollFunctions;
	session: Session;
	/** What will be stored. */
	state: TriggerState;
	/** What was read of the devices. */
	readings: readonly Reading[];
	/** Chosen events that are no changes of a device. */
	notices: ReadonlySet<string>;
}

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
	/**
	 * Adds the service's own fields to the items of a poll, or leaves items out. May change the
	 * `memo` of devices. It must not fail because the service does not answer.
	 * @throws Failure `badRequest` if a parameter is invalid.
	 */
	complete?(items: IDataObject[], poll: CompletedPoll): Promise<IDataObject[]>;
	/** The parts to read for these events, and the calls that this takes for each device. */
	readingFor(events: ReadonlySet<WatchEvent>): { parts: WantedParts; calls: number };
}
