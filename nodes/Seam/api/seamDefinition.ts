import { ServiceClient } from '../../shared/http/client';
import type { ServiceDefinition } from '../../shared/service/lockService';
import { secretsOf } from '../../shared/http/secrets';
import { originOf } from '../../shared/service/session';
import { SEAM_ORIGIN } from './seamCredential';
import { requireUsableKey } from './seamKey';
import { SeamService } from './seamService';

/** The same request time-out as Seam's own SDK. */
const REQUEST_TIMEOUT_MS = 30_000;

export const seamDefinition: ServiceDefinition = {
	service: 'seam',
	label: 'Seam',
	deviceType: 'lock',
	credentialType: 'seamApi',
	operations: ['getLockStatus', 'getMany', 'lock', 'unlock'],
	defaultTimeoutSeconds: 30,
	readingIsFree: true,
	readingsProve: false,
	pauses: { first: 1000, growth: 1.2, longest: 5000 },
	open(context, credentials, maxWaitMs) {
		requireUsableKey(credentials);
		return new SeamService(
			new ServiceClient(context, {
				label: 'Seam',
				credentialType: 'seamApi',
				origin: originOf(credentials, SEAM_ORIGIN),
				timeoutMs: REQUEST_TIMEOUT_MS,
				maxWaitMs,
				secrets: secretsOf(credentials),
			}),
		);
	},
};
