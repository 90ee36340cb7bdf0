import type { IDataObject } from 'n8n-workflow';

import { booleanParameter, numberParameter } from '../../shared/n8n/parameterValues';
import type { VolvoCommandOptions } from './volvoWire';

const MAX_UNLOCK_SECONDS = 120;

/** @throws Failure `badRequest` that names the option and its valid values. */
export function volvoCommandOptions(options: IDataObject): VolvoCommandOptions {
	return {
		reducedGuard: booleanParameter('Reduced Guard', options.reducedGuard),
		unlockDuration: numberParameter(
			'Unlock Duration (Seconds)',
			options.unlockDuration,
			MAX_UNLOCK_SECONDS,
			1,
			MAX_UNLOCK_SECONDS,
		),
	};
}
