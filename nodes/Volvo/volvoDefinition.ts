import { badRequest } from '../shared/checkedValues';
import { Failure } from '../shared/failure';
import { ServiceClient } from '../shared/http';
import type { ServiceDefinition } from '../shared/lockService';
import { RateWindow } from '../shared/rateLimit';
import { originOf, requireSignIn, tokenEnd } from '../shared/session';
import { MINUTE_MS } from '../shared/times';
import { recordOf, textOf } from '../shared/wire';
import { namesTheVccKey } from './volvoFailures';
import { volvoCommandOptions } from './volvoOptions';
import { VolvoService } from './volvoService';
import { VOLVO_WIRES, type VolvoApiVersion } from './volvoWire';

/** Volvo holds a command open for up to 150 seconds. */
const REQUEST_TIMEOUT_MS = 170_000;
/** Portal news of 20 January 2025: for each Volvo ID and client. */
const REQUESTS_A_MINUTE = 100;

/** The service with the credential and the version that a node has chosen. */
export function volvoDefinition(apiVersion: unknown, authentication: unknown): ServiceDefinition {
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
		pauses: { first: 5000, growth: 3, longest: 60_000 },
		checkOptions: (options) => void volvoCommandOptions(options),
		open(context, credentials, maxWaitMs) {
			const vccApiKey = (textOf(credentials.vccApiKey) ?? '').trim();
			if (vccApiKey === '') throw new Failure(missingKey());
			if (credentialType === 'volvoOAuth2Api') requireSignIn(credentials, 'Volvo');
			const client = new ServiceClient(context, {
				label: 'Volvo',
				credentialType,
				origin: originOf(credentials, 'https://api.volvocars.com'),
				headers: { 'vcc-api-key': vccApiKey },
				timeoutMs: REQUEST_TIMEOUT_MS,
				maxWaitMs,
				rateLimit: new RateWindow(REQUESTS_A_MINUTE, MINUTE_MS),
				secrets: [
					vccApiKey,
					textOf(credentials.accessToken) ?? '',
					textOf(recordOf(credentials.oauthTokenData).access_token) ?? '',
				],
				...(credentialType === 'volvoOAuth2Api'
					? {
							isTokenExpired: (answer) => !namesTheVccKey(answer),
							tokenEndsAtMs: tokenEnd(credentials),
						}
					: {}),
			});
			return new VolvoService(client, VOLVO_WIRES[versionOf(apiVersion)]);
		},
	};
}

/** A node that was saved before the field existed has no value. */
function versionOf(apiVersion: unknown = 'v2'): VolvoApiVersion {
	if (apiVersion === 'v1' || apiVersion === 'v2') return apiVersion;
	throw badRequest("'API Version' is neither v2 nor v1", 'Choose one of them');
}

function missingKey() {
	return {
		reason: 'authentication',
		what: 'The credential has no VCC API key',
		userAction: 'Copy it from your application on developer.volvocars.com into the credential',
		notExecuted: true,
	} as const;
}
