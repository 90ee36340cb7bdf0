import { MemoryWire } from '../support/memoryWire';
import type { FuzzCase } from './fuzz';
import { SECRETS } from './samples';
import { seamCases } from './seamCases';
import { smartcarCases } from './smartcarCases';
import { triggerCases } from './triggerCases';
import { volvoCases } from './volvoCases';

const custom = { environment: 'custom', host: 'http://127.0.0.1:9', unlock: 'workflows' };
const signedIn = { access_token: SECRETS.token, refresh_token: SECRETS.refresh };

/** n8n's engine with a credential of each kind. */
export async function startFuzzWire(): Promise<MemoryWire> {
	return await MemoryWire.start({
		seamApi: { ...custom, apiKey: SECRETS.seam, workspaceId: '' },
		smartcarOAuth2Api: {
			...custom,
			clientId: 'client_fuzz',
			clientSecret: SECRETS.client,
			managementToken: SECRETS.management,
			mode: 'live',
			oauthTokenData: signedIn,
		},
		smartcarV2OAuth2Api: {
			...custom,
			clientId: 'client_fuzz',
			clientSecret: SECRETS.client,
			oauthTokenData: signedIn,
		},
		volvoOAuth2Api: {
			...custom,
			clientId: 'client_fuzz',
			clientSecret: SECRETS.client,
			vccApiKey: SECRETS.vccKey,
			oauthTokenData: signedIn,
		},
	});
}

/** Every kind of answer or delivery from a service. */
export const fuzzCases = (wire: () => MemoryWire): FuzzCase[] => [
	...smartcarCases(wire),
	...volvoCases(wire, 'v1'),
	...volvoCases(wire, 'v2'),
	...seamCases(wire),
	...triggerCases(wire),
];
