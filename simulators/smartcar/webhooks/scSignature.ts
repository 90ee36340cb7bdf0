import { createHmac } from 'node:crypto';
import type { OutgoingDelivery } from '../../shared/webhooks/post';
import { MANAGEMENT_TOKEN } from '../seed';

/**
 * The same for a challenge and a body,
 * https://smartcar.com/docs/integrations/webhooks/payload-verification.
 */
export const hashWith = (content: string, token = MANAGEMENT_TOKEN): string =>
	createHmac('sha256', token).update(content).digest('hex');

/** A delivery. Without a signature it is unsigned. */
export const compose = (body: string, signature?: string): OutgoingDelivery => ({
	headers: {
		'Content-Type': 'application/json',
		'User-Agent': 'Smartcar/4.0',
		...(signature === undefined ? {} : { 'SC-Signature': signature }),
	},
	body,
});
