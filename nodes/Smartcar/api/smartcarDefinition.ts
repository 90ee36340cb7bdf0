import { optionParameter } from '../../shared/n8n/parameterValues';
import type { ServiceDefinition } from '../../shared/service/lockService';
import { RateBucket } from '../../shared/http/publishedLimits';
import { requireSignIn, tokenEnd } from '../../shared/service/session';
import { SmartcarV2Service } from './smartcarV2';
import { SmartcarV3Service } from './smartcarV3';

/** The same time-out as Smartcar's own SDKs: a vehicle may take minutes to answer. */
const REQUEST_TIMEOUT_MS = 310_000;
/**
 * Source: smartcar.com, "API limits": 120 requests, and 2 more every minute, for each application.
 */
const BUCKET_REQUESTS = 120;
const REFILL_MS = 30_000;

interface Version {
	credentialType: string;
	productionOrigin: string;
	/** Signed in by a person in the browser. */
	needsSignIn: boolean;
}

const V2: Version = {
	credentialType: 'smartcarV2OAuth2Api',
	productionOrigin: 'https://api.smartcar.com',
	needsSignIn: true,
};
const V3: Version = {
	credentialType: 'smartcarOAuth2Api',
	productionOrigin: 'https://vehicle.api.smartcar.com',
	needsSignIn: false,
};

/** The service for the node's API version. Choosing the credential in the editor sets it. */
export function smartcarDefinition(apiVersion: unknown): ServiceDefinition {
	const version = apiVersion === 'v2' ? V2 : V3;
	return {
		service: 'smartcar',
		label: 'Smartcar',
		deviceType: 'vehicle',
		credentialType: version.credentialType,
		operations: ['getLockStatus', 'getMany', 'getWindows', 'lock', 'unlock'],
		defaultTimeoutSeconds: 180,
		readingIsFree: false,
		readingsProve: true,
		pauses: { first: 5000, growth: 3, longest: 60_000 },
		// a node that was saved before the field existed has no value
		checkAccess: () => void optionParameter('API Version', apiVersion ?? 'v3', ['v3', 'v2']),
		connect(credentials) {
			if (version.needsSignIn) requireSignIn(credentials, 'Smartcar');
			return {
				productionOrigin: version.productionOrigin,
				timeoutMs: REQUEST_TIMEOUT_MS,
				rateLimit: new RateBucket(BUCKET_REQUESTS, REFILL_MS),
				isTokenExpired: () => true,
				tokenEndsAtMs: tokenEnd(credentials),
			};
		},
		create(client, credentials) {
			if (version === V2) return new SmartcarV2Service(client);
			return new SmartcarV3Service(client, credentials.mode === 'simulated' ? 'simulated' : 'live');
		},
	};
}
