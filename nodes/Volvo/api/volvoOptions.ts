import type { IDataObject } from 'n8n-workflow';

import { booleanOf, numberOf } from '../../shared/n8n/checkedValues';
import type { VolvoCommandOptions } from './volvoWire';

const MAX_UNLOCK_SECONDS = 120;

/** @throws Failure `badRequest` that names the option and its valid values. */
export function volvoCommandOptions(options: IDataObject): VolvoCommandOptions {
	return {
		reducedGuard: booleanOf('Reduced Guard', options.reducedGuard),
		unlockDuration: numberOf(
			'Unlock Duration (Seconds)',
			options.unlockDuration,
			MAX_UNLOCK_SECONDS,
			1,
			MAX_UNLOCK_SECONDS,
		),
	};
}
