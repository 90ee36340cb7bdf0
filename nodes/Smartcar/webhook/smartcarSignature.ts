import { createHmac } from 'crypto';

import { recordOf, textOf } from '../../shared/basics/guards';
import { isSame, type Delivery } from '../../shared/triggers/webhook/delivery';

/**
 * `hex(HMAC-SHA256(key = application management token, raw body))`; a challenge is hashed like a
 * body. Source: smartcar.com, "Webhooks".
 */
export function smartcarHash(content: Buffer | string, managementToken: string): string {
	return createHmac('sha256', managementToken).update(content).digest('hex');
}

export function isSigned({ raw, header }: Delivery, managementToken: string): boolean {
	return isSame(header('sc-signature') ?? '', smartcarHash(raw, managementToken));
}

/** No JSON object consists only of these characters. */
const HARMLESS_CHALLENGE = /^[\w.~+/=-]{1,256}$/;

/**
 * The challenge with which Smartcar checks an address. It is not signed. Anyone who can get
 * arbitrary text hashed can sign deliveries, so only text that cannot be a delivery is accepted as
 * a challenge.
 */
export function challengeOf({ body }: Delivery): string | undefined {
	if (body.eventType !== 'VERIFY') return undefined;
	const challenge = textOf(recordOf(body.data).challenge);
	return challenge !== undefined && HARMLESS_CHALLENGE.test(challenge) ? challenge : undefined;
}
