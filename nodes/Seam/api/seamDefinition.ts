import type { ServiceDefinition } from '../../shared/service/lockService';
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
	connect(credentials) {
		requireUsableKey(credentials);
		return { productionOrigin: SEAM_ORIGIN, timeoutMs: REQUEST_TIMEOUT_MS };
	},
	create: (client) => new SeamService(client),
};
