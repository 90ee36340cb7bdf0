import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';

const SECRET_PREFIX = 'whsec_';
const SECRET_BYTES = 24;

/** Variants of Svix's signature headers, by customer or over time. */
export const SVIX_SETTINGS = z
	.object({
		/** Svix's own header names, those of Standard Webhooks, or both. */
		headers: z.enum(['svix', 'webhook', 'both']).default('svix'),
		/** `several`: as during a secret rotation, with the valid signature last. */
		signatures: z.enum(['one', 'several']).default('one'),
		/**
		 * The clock of the signed time. Receivers reject an old one by their own clock, which is real
		 * time even if the simulator's clock was advanced.
		 */
		time: z.enum(['real', 'simulator']).default('real'),
	})
	.strict();
export type SvixSettings = z.output<typeof SVIX_SETTINGS>;

export const createWebhookSecret = (): string =>
	SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64');

const signWith = (secret: string, content: string): string =>
	createHmac('sha256', Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64'))
		.update(content)
		.digest('base64');

export interface SvixContent {
	messageId: string;
	/** Milliseconds since 1970. */
	time: number;
	body: string;
}

/**
 * The value of the signature header, https://docs.svix.com/receiving/verifying-payloads/how-manual.
 */
export function svixSignature(
	secret: string,
	{ messageId, time, body }: SvixContent,
	signatures: SvixSettings['signatures'],
): string {
	const content = `${messageId}.${Math.floor(time / 1000)}.${body}`;
	const valid = `v1,${signWith(secret, content)}`;
	if (signatures === 'one') return valid;
	const ofOldSecret = `v1,${signWith(createWebhookSecret(), content)}`;
	return `v1a,${randomBytes(64).toString('base64')} ${ofOldSecret} ${valid}`;
}

const FAMILIES = { svix: ['svix'], webhook: ['webhook'], both: ['svix', 'webhook'] } as const;

/** The headers for id, time and signature. Without a signature, only the first two. */
export function svixHeaders(
	{ messageId, time }: SvixContent,
	signature: string | undefined,
	family: SvixSettings['headers'],
): Record<string, string> {
	const headers = FAMILIES[family].flatMap((name) => [
		[`${name}-id`, messageId],
		[`${name}-timestamp`, String(Math.floor(time / 1000))],
		...(signature === undefined ? [] : [[`${name}-signature`, signature]]),
	]);
	return Object.fromEntries(headers) as Record<string, string>;
}
