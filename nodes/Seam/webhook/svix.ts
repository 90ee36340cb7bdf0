import { createHmac } from 'crypto';

import { isSame, type Delivery } from '../../shared/triggers/webhook/delivery';

/** Svix's own libraries refuse what is older, or further ahead. */
const TOLERANCE_SECONDS = 300;
const SECRET_PREFIX = 'whsec_';
const HEADER_FAMILIES = ['svix', 'webhook'] as const;

/** Whether a secret holds a key: anyone could sign with an empty one. */
export function holdsKey(secret: string): boolean {
	return keyOf(secret).length > 0;
}

function keyOf(secret: string): Buffer {
	return Buffer.from(secret.replace(SECRET_PREFIX, ''), 'base64');
}

/**
 * Whether a delivery was signed with the secret of the webhook, lately. Both families of header names are in use, and
 * while a secret is being replaced there are several signatures.
 * Source: docs.svix.com, "Verifying webhooks manually".
 * @param nowMs Unix time in milliseconds.
 */
export function isSignedBySvix({ raw, header }: Delivery, secret: string, nowMs: number): boolean {
	const family = HEADER_FAMILIES.find((name) => header(`${name}-signature`) !== undefined);
	if (family === undefined) return false;
	const id = header(`${family}-id`) ?? '';
	const timestamp = header(`${family}-timestamp`) ?? '';
	const ageSeconds = Math.abs(nowMs / 1000 - Number(timestamp));
	if (!/^\d+$/.test(timestamp) || ageSeconds > TOLERANCE_SECONDS) return false;
	if (!holdsKey(secret)) return false;
	const expected = createHmac('sha256', keyOf(secret))
		.update(`${id}.${timestamp}.`)
		.update(raw)
		.digest('base64');
	const signatures = (header(`${family}-signature`) ?? '').split(' ');
	return signatures
		.filter((signature) => signature.startsWith('v1,'))
		.some((signature) => isSame(signature.slice('v1,'.length), expected));
}
