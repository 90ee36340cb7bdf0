import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { attempt, Failure } from '../model/failure';
import { originFrom } from '../forms/credentialHost';
import { DeviceNames } from './deviceNames';
import type { LockService, ServiceDefinition } from './lockService';
import { recordOf, textOf } from '../basics/guards';
import { ServiceClient } from '../http/client';
import type { RequestContext } from '../http/request';
import { secretsOf } from '../http/secrets';

/** One run of one node with its credential. */
export interface Session {
	definition: ServiceDefinition;
	service: LockService;
	/** The connection to the service, with its clock and its deadline. */
	client: ServiceClient;
	credentials: ICredentialDataDecryptedObject;
	names: DeviceNames;
}

/** Reads the credential once, because each read costs n8n a database query and a decryption. */
export async function openSession(
	context: RequestContext,
	definition: ServiceDefinition,
	maxWaitMs: number,
): Promise<Session> {
	// for a version that does not exist n8n finds no credential, and its message would mention only
	// that
	definition.checkAccess?.();
	const credentials = await credentialsOf(context, definition);
	const { productionOrigin, ...connection } = definition.connect(credentials);
	const client = new ServiceClient(context, {
		...connection,
		label: definition.label,
		credentialType: definition.credentialType,
		origin: originOf(credentials, productionOrigin),
		maxWaitMs,
		secrets: secretsOf(credentials),
	});
	const service = definition.create(client, credentials);
	const names = new DeviceNames(context.getNode(), definition, service);
	return { definition, credentials, client, service, names };
}

async function credentialsOf(
	context: RequestContext,
	{ credentialType, label }: ServiceDefinition,
): Promise<ICredentialDataDecryptedObject> {
	const credentials = await attempt(async () => await context.getCredentials(credentialType));
	if (!(credentials instanceof Failure)) return credentials;
	throw new Failure({
		reason: 'authentication',
		what: `This node has no usable ${label} credential`,
		userAction: "Choose one in 'Credential to connect with', or create one there",
		detail: credentials.facts.what,
		notExecuted: true,
	});
}

/**
 * The origin that every URL of a service is made from; a Host may come without its scheme.
 * @throws Failure `badRequest` when the credential's Host is not one origin.
 */
export function originOf(
	credentials: ICredentialDataDecryptedObject,
	productionOrigin: string,
): string {
	if (credentials.environment !== 'custom') return productionOrigin;
	const url = parseUrl(originFrom(textOf(credentials.host) ?? ''));
	if (url !== undefined) return url.origin;
	throw new Failure({
		reason: 'badRequest',
		// the field may contain a password, so it is not repeated
		what: "The credential's Host must be an address with only a scheme, a host and a port",
		userAction:
			'Enter it like https://example.com or http://127.0.0.1:4030, without a path, a user name or a password',
		notExecuted: true,
		ofOneDevice: false,
	});
}

/**
 * n8n's editor does not test a browser sign-in, so a missing one is explained here.
 * @throws Failure `authentication` when the credential has not been connected yet.
 */
export function requireSignIn(credentials: ICredentialDataDecryptedObject, label: string): void {
	if (textOf(recordOf(credentials.oauthTokenData).access_token) !== undefined) return;
	throw new Failure({
		reason: 'authentication',
		what: `The ${label} credential is not connected yet`,
		userAction: 'Open the credential, press Connect and sign in',
		notExecuted: true,
	});
}

/** When n8n expects the access token to expire. n8n before 2.41 does not store it. */
export function tokenEnd(credentials: ICredentialDataDecryptedObject): number | undefined {
	return Number(recordOf(credentials.oauthTokenData).n8n_expires_at) || undefined;
}

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
