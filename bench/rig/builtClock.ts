import type { Clock } from '../../nodes/shared/basics/clock';
import { loadedModule } from './rig';

/** The clock of the nodes that n8n's loader takes: those of the build, which have one of their own. */
export const builtClock = (): Clock =>
	loadedModule<{ clock: Clock }>('nodes/shared/basics/clock').clock;
