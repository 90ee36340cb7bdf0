import path from 'node:path';

import type { Clock } from '../../nodes/shared/clock';

/** The clock of the nodes that n8n's loader takes: those of the build, which have one of their own. */
export function builtClock(): Clock {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the build has no types
	const { clock } = require(path.resolve(__dirname, '../../dist/nodes/shared/clock.js')) as {
		clock: Clock;
	};
	return clock;
}
