import { z } from 'zod';
import type { FaultDefinition, FaultTable } from '../../shared/faults';

const define = (description: string): FaultDefinition => ({
	description,
	parameters: z.object({ deviceId: z.string().optional() }).strict(),
});

/**
 * Faults of programming a lock, after Seam has accepted the request. Each attempt of Seam at the
 * lock takes the first that applies.
 */
export const CODE_FAULTS = {
	codeNotSet: define('the lock does not take the code; Seam keeps trying'),
	codeNotUpdated: define('the lock keeps the old PIN and times; Seam keeps trying'),
	codeNotRemoved: define('the lock does not erase the code; it still opens'),
	codeLies: define('Seam reports the code as set, but it is not on the lock'),
	codeAttemptFails: define('the action attempt of a code ends with an error; the code is set'),
} as const satisfies FaultTable;

export type CodeFaultName = keyof typeof CODE_FAULTS;
