import { optionParameter } from '../../shared/n8n/parameterValues';
import { Failure } from '../../shared/model/failure';
import type { ServiceDefinition } from '../../shared/service/lockService';
import { RateWindow } from '../../shared/http/publishedLimits';
import { requireSignIn, tokenEnd } from '../../shared/service/session';
import { MINUTE_MS } from '../../shared/basics/times';
import { textOf } from '../../shared/basics/guards';
import { namesTheVccKey } from './volvoFailures';
import { volvoCommandOptions } from './volvoOptions';
import { VolvoService } from './volvoService';
import { VOLVO_WIRES, type VolvoApiVersion } from './volvoWire';

/** Volvo holds a command open for up to 150 seconds. */
const REQUEST_TIMEOUT_MS = 170_000;
/** Portal news of 20 January 2025: for each Volvo ID and client. */
const REQUESTS_A_MINUTE = 100;

/** The service for the node's credential and API version. */
export function volvoDefinition(
	// a node that was saved before the fields existed has no values
	apiVersion: unknown = 'v2',
	authentication: unknown = 'oAuth2',
): ServiceDefinition {
	const credentialType = authentication === 'accessToken' ? 'volvoApi' : 'volvoOAuth2Api';
	return {
		service: 'volvo',
		label: 'Volvo',
		deviceType: 'vehicle',
		credentialType,
		operations: ['getLockStatus', 'getMany', 'getWindows', 'lock', 'unlock'],
		defaultTimeoutSeconds: 180,
		readingIsFree: false,
		readingsProve: true,
		resultDefaults: { unlock: { armedUntil: null } },
		doneInWords: {
			unlock: 'can be opened at the tailgate for a limited time; its doors may stay locked',
		},
		pauses: { first: 5000, growth: 3, longest: 60_000 },
		checkAccess: () => {
			optionParameter('Authentication', authentication, ['oAuth2', 'accessToken']);
			versionOf(apiVersion);
		},
		checkOptions: (options) => void volvoCommandOptions(options),
		connect(credentials) {
			const vccApiKey = (textOf(credentials.vccApiKey) ?? '').trim();
			if (vccApiKey === '') throw new Failure(missingKey());
			if (credentialType === 'volvoOAuth2Api') requireSignIn(credentials, 'Volvo');
			return {
				productionOrigin: 'https://api.volvocars.com',
				headers: { 'vcc-api-key': vccApiKey },
				timeoutMs: REQUEST_TIMEOUT_MS,
				rateLimit: new RateWindow(REQUESTS_A_MINUTE, MINUTE_MS),
				...(credentialType === 'volvoOAuth2Api'
					? {
							isTokenExpired: (answer) => !namesTheVccKey(answer),
							tokenEndsAtMs: tokenEnd(credentials),
						}
					: {}),
			};
		},
		create: (client) => new VolvoService(client, VOLVO_WIRES[versionOf(apiVersion)]),
	};
}

function versionOf(apiVersion: unknown): VolvoApiVersion {
	return optionParameter('API Version', apiVersion, ['v2', 'v1']);
}

function missingKey() {
	return {
		reason: 'authentication',
		what: 'The credential has no VCC API key',
		userAction: 'Copy it from your application on developer.volvocars.com into the credential',
		notExecuted: true,
	} as const;
}
