import type { IDataObject, INode } from 'n8n-workflow';

import type { Engine } from '../../../test/support/engine';
import { httpRequestNode } from '../../rig/peers';
import { addHttpRequest } from '../../rig/rig';

/** The events that both contenders look for. */
export const EVENTS = ['locked', 'unlocked'];
/** Long enough that sign-in plays no part. */
export const TOKEN_SECONDS = 60 * 24 * 60 * 60;
/** Set by the owner of the credential, for the hand-made workflow. */
export const OPENED = { allowedHttpRequestDomains: 'all' };

/** n8n's own node with our credential. */
export async function httpRequest(
	engine: Engine,
	credentialType: string,
	parameters: IDataObject,
): Promise<INode> {
	await addHttpRequest(engine);
	return httpRequestNode(engine, credentialType, parameters);
}

export const jsonHeaders = (headers: Record<string, string>): IDataObject => ({
	sendHeaders: true,
	specifyHeaders: 'json',
	jsonHeaders: JSON.stringify(headers),
});

/** The field of an answer, as a person who writes a Code node uses it. */
export function field(answer: unknown, ...names: string[]): unknown {
	return names.reduce<unknown>((value, name) => (value as IDataObject | undefined)?.[name], answer);
}
