import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { DEFAULT_LEFT_MINUTES } from '../../forms/triggerFields';
import { isRecord } from '../../basics/guards';
import { numberParameter } from '../../n8n/parameterValues';
import type { WatchRules } from '../changes/observation';
import { chosenDeviceIds, chosenEvents, parameter } from '../triggerParameters';
import type { WatchDefinition } from './pollDefinition';

const WEEK_MINUTES = 7 * 24 * 60;

export interface WatchParameters {
	rules: WatchRules;
	/** Chosen events that are no changes of a device. */
	notices: ReadonlySet<string>;
	/** `null` = all devices of the account. */
	deviceIds: string[] | null;
	options: IDataObject;
}

/** @throws Failure `badRequest` that names the parameter and its allowed values. */
export function readWatchParameters(
	context: IPollFunctions,
	watch: WatchDefinition,
): WatchParameters {
	const options = parameter(context, 'options', {});
	const noticeNames = [...(watch.notices?.keys() ?? [])];
	const chosen = chosenEvents<string>(context, [...watch.events, ...noticeNames]);
	return {
		notices: new Set(noticeNames.filter((name) => chosen.has(name))),
		rules: {
			events: new Set(watch.events.filter((event) => chosen.has(event))),
			leftMinutes: numberParameter(
				'Left for (Minutes)',
				parameter(context, 'leftMinutes', DEFAULT_LEFT_MINUTES),
				DEFAULT_LEFT_MINUTES,
				1,
				WEEK_MINUTES,
			),
		},
		deviceIds: chosenDeviceIds(context),
		options: isRecord(options) ? (options as IDataObject) : {},
	};
}
