import type { Clock } from '../../nodes/shared/basics/clock';
import { loadedModule } from './rig';

/** The clock of the nodes that n8n's loader takes. The build has its own. */
export const builtClock = (): Clock =>
	loadedModule<{ clock: Clock }>('nodes/shared/basics/clock').clock;
