import type { Router } from 'express';
import { z } from 'zod';
import { controlBody, optionalControlBody } from '../control';
import { readInput } from '../input';
import { BURST_TRAITS } from './burst';
import type { WebhookDesk } from './webhookDesk';

const FORGE = z.object({ forgery: z.string(), messageId: z.string().optional() }).strict();
const BURST = BURST_TRAITS.extend({ changes: z.array(z.unknown()) }).strict();

/** The delivery controls of every vendor with webhooks, under `/webhooks`. */
export function addDeliveryControls(router: Router, desk: WebhookDesk): void {
	router.get('/webhooks/attempts', (_request, response) => {
		response.json({ attempts: desk.attempts() });
	});
	router.delete('/webhooks/attempts', (_request, response) => {
		desk.forgetAttempts();
		response.json({ attempts: [] });
	});
	router.get('/webhooks/messages', (_request, response) => {
		response.json({ messages: desk.messages() });
	});
	router.post('/webhooks/flush', async (_request, response) => {
		await desk.flush();
		response.json({ attempts: desk.attempts() });
	});
	router.post('/webhooks/timeout', (_request, response) => {
		response.json({ timedOut: desk.timeOut() });
	});
	router.post('/webhooks/hold', (_request, response) => {
		desk.hold();
		response.json({ held: desk.held() });
	});
	router.post('/webhooks/release', async (request, response) => {
		response.json({ released: await desk.release(optionalControlBody(request)) });
	});
	router.post('/webhooks/redeliver', async (request, response) => {
		response.json({ attempts: await desk.redeliver(optionalControlBody(request)) });
	});
	router.post('/webhooks/forge', async (request, response) => {
		const { forgery, messageId } = readInput(FORGE, controlBody(request));
		response.json(await desk.forge(forgery, messageId));
	});
	router.post('/webhooks/burst', async (request, response) => {
		const { changes, ...traits } = readInput(BURST, controlBody(request));
		response.json(await desk.burst(changes, traits));
	});
}
