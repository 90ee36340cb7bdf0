import { z } from 'zod';
import { readInput } from '../shared/input';

const SETTINGS = z
	.object({
		serialisation: z.enum(['2024', '2026']),
		failureChannel: z.enum(['invokeStatus', 'http']),
		readyToUnlockUntil: z.enum(['seconds', 'epochMilliseconds']),
		dailyQuota: z.number().int().nonnegative(),
		readsPerMinute: z.number().int().positive(),
		commandsPerMinute: z.number().int().positive(),
	})
	.strict();

/**
 * Variants of Volvo's API that were seen or documented.
 *
 * - `serialisation` of v2: `2024` before, `2026` since August 2026 (alphabetical, nulls,
 * microseconds)
 * - `failureChannel`: how a car's inability is reported: in a 200 or as an HTTP error
 * - `readyToUnlockUntil`: seconds left or milliseconds since 1970; no recording is published
 * - `dailyQuota`: calls a day for each VCC API key
 * - `readsPerMinute`, `commandsPerMinute`: for each user of each client
 */
export type VolvoSettings = z.output<typeof SETTINGS>;

export const USUAL_SETTINGS: VolvoSettings = {
	serialisation: '2026',
	failureChannel: 'invokeStatus',
	readyToUnlockUntil: 'seconds',
	dailyQuota: 10_000,
	readsPerMinute: 100,
	commandsPerMinute: 10,
};

/** The settings with the change in them. Throws `InvalidInput`. */
export const changeSettings = (settings: VolvoSettings, change: unknown): VolvoSettings => ({
	...settings,
	...readInput(SETTINGS.partial(), change),
});
