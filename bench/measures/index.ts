import type { Measure } from '../row';
import { changes } from './changes';
import { confirmedLock } from './confirmedLock';
import { growth } from './growth';
import { guestCodes } from './guestCodes';
import { limits } from './limits';
import { packageSize } from './package';
import { quietPolls } from './quietPolls';
import { queueMode } from './queueMode';
import { status } from './status';

/** In the order of the table. */
export const MEASURES: readonly Measure[] = [
	status,
	limits,
	quietPolls,
	growth,
	changes,
	confirmedLock,
	guestCodes,
	queueMode,
	packageSize,
];
