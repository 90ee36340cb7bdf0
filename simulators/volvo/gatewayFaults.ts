import { z } from 'zod';
import type { FaultDefinition } from '../shared/faults';

const ON_PATH = z.object({ path: z.string().startsWith('/').optional() }).strict();

/** Faults before the API handles a request. */
export const GATEWAY_FAULTS = {
	quotaExceeded: {
		description: '403 with the countdown to midnight UTC, as when the daily quota is used up',
		parameters: ON_PATH,
	},
	invalidKey: {
		description: '401 that blames the VCC API key, as was seen for valid ones in January 2024',
		parameters: ON_PATH,
	},
} as const satisfies Record<string, FaultDefinition>;

export type GatewayFaultName = keyof typeof GATEWAY_FAULTS;
