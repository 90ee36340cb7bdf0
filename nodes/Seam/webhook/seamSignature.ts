import { createHmac } from 'crypto';

import { durationInWords } from '../../shared/basics/times';
import { isSame, type Delivery } from '../../shared/triggers/webhook/delivery';
import type { Refusal } from '../../shared/triggers/webhook/refusal';

/** Svix's own libraries reject deliveries that are older, or further ahead. */
const TOLERANCE_SECONDS = 300;
const SECRET_PREFIX = 'whsec_';
const HEADER_FAMILIES = ['svix', 'webhook'] as const;

/** Whether a secret contains a key. Anyone could sign with an empty one. */
export function holdsKey(secret: string): boolean {
	return keyOf(secret).length > 0;
}

function keyOf(secret: string): Buffer {
	return Buffer.from(secret.replace(SECRET_PREFIX, ''), 'base64');
}

/**
 * Why a delivery is refused, unless it was signed recently with the secret of the webhook. Seam
 * sends its deliveries through Svix, so the signature is Svix's. Both families of header names are
 * in use. While a secret is being replaced there are several signatures. Source: docs.svix.com,
 * "Verifying webhooks manually".
 * @param nowMs Unix time in milliseconds.
 */
export function signatureRefusal(
	{ raw, header }: Delivery,
	secret: string,
	nowMs: number,
): Refusal | undefined {
	const family = HEADER_FAMILIES.find((name) => header(`${name}-signature`) !== undefined);
	if (family === undefined) return UNSIGNED;
	const id = header(`${family}-id`) ?? '';
	const timestamp = header(`${family}-timestamp`) ?? '';
	if (!/^\d+$/.test(timestamp) || !holdsKey(secret)) return WRONGLY_SIGNED;
	const expected = createHmac('sha256', keyOf(secret))
		.update(`${id}.${timestamp}.`)
		.update(raw)
		.digest('base64');
	const isSigned = (header(`${family}-signature`) ?? '')
		.split(' ')
		.filter((signature) => signature.startsWith('v1,'))
		.some((signature) => isSame(signature.slice('v1,'.length), expected));
	if (!isSigned) return WRONGLY_SIGNED;
	const aheadSeconds = nowMs / 1000 - Number(timestamp);
	return Math.abs(aheadSeconds) > TOLERANCE_SECONDS ? wronglyTimed(aheadSeconds) : undefined;
}

const UNSIGNED: Refusal = {
	status: 401,
	cause: 'unsigned',
	answer: 'No signature',
	why: 'It has no Seam signature. Look for another sender, or a proxy that removes headers',
};

/** It may be right with another secret. */
export const WRONGLY_SIGNED: Refusal = {
	status: 401,
	cause: 'wronglySigned',
	answer: 'Wrong signature',
	why: "Its signature does not match the secret of the webhook. If Seam's deliveries are missing, publish the workflow again; otherwise it came from somebody else",
};

function wronglyTimed(aheadSeconds: number): Refusal {
	const isAhead = aheadSeconds > 0;
	const difference = `${durationInWords(Math.abs(aheadSeconds))} ${isAhead ? 'ahead of' : 'behind'} Seam's`;
	const allowed = durationInWords(TOLERANCE_SECONDS);
	const orOld = isAhead ? '; if it is right, somebody has replayed an old delivery' : '';
	return {
		status: 401,
		cause: isAhead ? 'clockAhead' : 'clockBehind',
		answer: 'The time of the signature is too far from the clock of this n8n',
		why: `This n8n's clock is ${difference}, and ${allowed} are allowed. Set the clock of its machine${orOld}`,
	};
}
